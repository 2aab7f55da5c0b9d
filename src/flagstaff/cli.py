"""The commands of an operator: one per need."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Annotated, NoReturn

import msgspec
import typer
from msgspec.structs import replace

from flagstaff.access.policies import InvalidStatement, Statement, validate_statements
from flagstaff.app import SYSTEM_IDS, open_database, system_clock
from flagstaff.config import Config, InvalidSetting, list_warnings, load_config
from flagstaff.features.accounts import store as accounts
from flagstaff.features.accounts.passwords import hash_password
from flagstaff.features.accounts.profile.recovery import take_factor_away
from flagstaff.features.accounts.tokens import store as token_store
from flagstaff.features.projects import store as projects
from flagstaff.features.projects.environments import store as environments
from flagstaff.features.system.first_start import new_token
from flagstaff.features.system.new_keys import replace_lost_key, replace_secret_key
from flagstaff.kernel.errors import ApiError
from flagstaff.kernel.versions import DATED
from flagstaff.serving import Started
from flagstaff.serving import serve as serve_forever
from flagstaff.storage import audit
from flagstaff.storage.audit_files import BrokenFile, export_lines, verify_lines
from flagstaff.storage.backup import BackupError, make_backup, restore_backup
from flagstaff.storage.credentials import MOBILE, SDK, current_secret
from flagstaff.storage.database import Database
from flagstaff.storage.installation_key import open_secret_key
from flagstaff.storage.private_files import create_private_file, write_private
from flagstaff.storage.rekeying import InUse
from flagstaff.storage.schema import (
    EVENT_MIGRATIONS,
    NewerSchema,
    newest_revision,
    read_revision,
    upgrade_schema,
)
from flagstaff.storage.secrets import InvalidSecretKey, load_secret_key
from flagstaff.storage.sqlite import DatabaseError
from flagstaff.storage.transaction import Transaction
from flagstaff.supervision import WorkerLost

ROLES = ("reader", "writer", "admin")
VERSIONS = tuple(version.date for version in DATED)

app = typer.Typer(
    help="Flagstaff: feature flags that speak LaunchDarkly's protocols.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
tokens = typer.Typer(help="Access tokens of the REST API.", no_args_is_help=True)
members = typer.Typer(help="Members of the account.", no_args_is_help=True)
shown = typer.Typer(help="Environments.", no_args_is_help=True)
log = typer.Typer(help="The audit log.", no_args_is_help=True)
secret_key = typer.Typer(help="The key that encrypts secrets and seals the audit log.", no_args_is_help=True)
app.add_typer(tokens, name="tokens")
app.add_typer(members, name="members")
app.add_typer(shown, name="environments")
app.add_typer(log, name="audit")
app.add_typer(secret_key, name="secret-key")


@app.command()
def serve(
    demo: Annotated[bool, typer.Option(help="print a login, a token and the SDK keys")] = False,
    workers: Annotated[int, typer.Option(min=1, max=64, help="equal processes that serve together")] = 1,
) -> None:
    """Start the server; the first start makes the account and a project."""
    config = replace(load_config(), workers=workers)
    for warning in list_warnings(config):
        _complain(f"warning: {warning}")
    serve_forever(config, _print_demo if demo else _print_first_login, demo=demo)


@app.command()
def migrate() -> None:
    """Bring the database to this version's schema, after copying it aside."""
    config = load_config()
    copy = upgrade_schema(config.database)
    upgrade_schema(config.events, EVENT_MIGRATIONS)
    typer.echo(f"Upgraded; the database as it was: {copy}" if copy else "The schema is up to date")


@app.command()
def backup(folder: Path) -> None:
    """Copy the database and the secret key of a running or stopped server into an empty folder."""
    config = load_config()
    about = make_backup(config.files, folder, system_clock())
    typer.echo(f"Backed up to {folder}, with an audit log up to the head {about.audit_head}")
    if config.secret_key:
        typer.echo("The secret key is a setting and not in it: keep FLAGSTAFF_SECRET_KEY elsewhere.")
    else:
        typer.echo("It holds the secret key: keep it as safe as the server itself.")


@app.command()
def restore(folder: Path) -> None:
    """Make the installation that FLAGSTAFF_DATABASE_URL names out of a backup."""
    config = load_config()
    about = restore_backup(folder, config.files, system_clock())
    made = datetime.fromtimestamp(about.made / 1000, UTC).isoformat(timespec="seconds")
    typer.echo(f"Restored to {config.database} as it was at {made}. Start the server with: flagstaff serve")


@app.command()
def version() -> None:
    """Print the version of this program."""
    typer.echo(package_version("flagstaff"))


@tokens.command("create")
def create_token(
    name: Annotated[str, typer.Option(help="what the token is for")] = "Made on the command line",
    role: Annotated[str, typer.Option(help="reader, writer or admin; reader when nothing is said")] = "",
    policy: Annotated[str, typer.Option(help="a JSON array of policy statements instead of a role")] = "",
    service: Annotated[bool, typer.Option(help="not bound to the owner's own permissions")] = False,
    default_api_version: Annotated[int, typer.Option(help="for calls that name none; 0: 20220603")] = 0,
) -> None:
    """Make an access token and print it; it is shown this once."""
    if role and (policy or role not in ROLES):
        _fail(f"--role must be reader, writer or admin, and stand without --policy, not {role!r}")
    if default_api_version not in {0, *VERSIONS}:
        _fail(f"--default-api-version must be one of {', '.join(map(str, VERSIONS))}")
    statements = _read_policy(policy)
    secret = SYSTEM_IDS.secret("api")

    def unit(tx: Transaction) -> None:
        made = new_token(tx, accounts.get_owner(tx), name, secret, role or ("" if policy else "reader"))
        made = msgspec.structs.replace(
            made, inline_policy=statements, service=service, default_api_version=default_api_version
        )
        token_store.save_token(tx, made, secret)

    with _opened() as database:
        database.write_now(unit)
    typer.echo(secret)


@tokens.command("list")
def list_tokens() -> None:
    """Print the id, the last four characters, the role and the name of every access token."""
    with _opened() as database:
        for token in database.read_now(token_store.list_tokens):
            typer.echo(f"{token.id} ...{token.ending} {token.role or 'policy'} {token.name}")


@tokens.command("delete")
def delete_token(token_id: Annotated[str, typer.Argument(help="as `tokens list` prints it")]) -> None:
    """End an access token at once."""
    with _opened() as database:
        database.write_now(lambda tx: token_store.delete_token(tx, token_store.get_token(tx, token_id)))
    typer.echo(f"{token_id} is deleted")


@shown.command("keys")
def environment_keys(project: str = "default") -> None:
    """Print the SDK key, mobile key and client-side ID of every environment of a project."""
    with _opened() as database:
        for line in _list_keys(load_config(), database, project):
            typer.echo(line)


@members.command("reset-password")
def reset_password(
    email: str,
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, envvar="FLAGSTAFF_PASSWORD")
    ],
) -> None:
    """Give a member a new password."""
    hashed = hash_password(password)
    with _opened() as database:
        database.write_now(
            lambda tx: accounts.reset_password(tx, accounts.get_member_by_email(tx, email), hashed)
        )
    typer.echo(f"{email} has a new password")


@members.command("remove-second-factor")
def remove_second_factor(email: str) -> None:
    """Let a member sign in without a code, who has lost the app and the recovery codes."""
    with _opened() as database:
        database.write_now(lambda tx: take_factor_away(tx, accounts.get_member_by_email(tx, email)))
    typer.echo(f"{email} signs in with the password alone")


@log.command("verify")
def verify_audit_log(
    since: Annotated[str, typer.Option(help="a head noted earlier, which must be in the log")] = "",
    file: Annotated[
        Path | None, typer.Option(help="an exported log, checked instead of the database")
    ] = None,
) -> None:
    """Check that nobody has changed the audit log, and print its head."""
    if file is not None:
        _verify_file(file)
        return
    known = _read_head(since) if since else None
    try:
        with _opened() as database:
            found, head = database.read_now(lambda tx: (audit.verify(tx, known), audit.head(tx)))
    except LookupError as error:
        _fail(str(error))
    if found is not None:
        _fail(f"the audit log does not hold from entry {found.entry_id} (number {found.position}) on")
    typer.echo(f"The audit log holds. Head: {head.hex()}")


@log.command("export")
def export_audit_log(file: Path) -> None:
    """Write the audit log into a new file of JSON lines, which `audit verify --file` checks."""
    with _opened() as database, create_private_file(file) as opened:
        database.read_now(lambda tx: opened.writelines(export_lines(tx)))
    with file.open("rb") as lines:
        head = verify_lines(lines, _seal_key())
    typer.echo(f"Exported {head.entries} entries to {file}. Head: {head.head}")


@secret_key.command("replace")
def replace_key(
    lost: Annotated[
        bool, typer.Option(help="the old key is gone: every environment gets new keys, too")
    ] = False,
) -> None:
    """Put a new secret key in place of the old one, while no server runs."""
    config = load_config()
    _check_database(config)
    make = replace_lost_key if lost else replace_secret_key
    typer.echo(make(config.files, SYSTEM_IDS, system_clock()))


def main() -> None:
    """The entry point: errors that an operator can act on are one line, not a traceback."""
    try:
        app()
    except (ApiError, BackupError, InUse, InvalidSetting, InvalidSecretKey, NewerSchema, WorkerLost) as error:
        _fail(str(error))
    except DatabaseError as error:
        _fail(f"the database cannot be used: {error}")
    except OSError as error:
        _fail(f"{error.strerror}: {error.filename}" if error.filename else str(error))


@contextmanager
def _opened() -> Iterator[Database]:
    """The database of an installation that has had its first start."""
    config = load_config()
    _check_database(config)
    with closing(open_database(config)) as database:
        yield database


def _check_database(config: Config) -> None:
    if not config.database.exists():
        _fail(f"there is no database {config.database}; the first `flagstaff serve` makes it")
    if read_revision(config.database) != newest_revision():
        _fail(f"{config.database} has another schema than this version; see `flagstaff migrate`")


def _read_policy(policy: str) -> tuple[Statement, ...]:
    if not policy:
        return ()
    try:
        statements = msgspec.json.decode(policy, type=tuple[Statement, ...])
        validate_statements(statements)
    except (msgspec.DecodeError, InvalidStatement) as error:
        _fail(f"--policy: {error}")
    if not statements:
        _fail("--policy: needs at least one statement")
    return statements


def _read_head(text: str) -> bytes:
    try:
        head = bytes.fromhex(text)
    except ValueError:
        head = b""
    if len(head) != 32:
        _fail("--since must be 64 hexadecimal digits, as `audit verify` prints them")
    return head


def _seal_key() -> bytes:
    """The key that a file was sealed with: of the installation here, or given where there is none."""
    files = load_config().files
    if files.database.exists():
        return open_secret_key(files).seal_key
    if not files.given_key and not files.key_file.exists():
        _fail(f"there is no secret key: neither FLAGSTAFF_SECRET_KEY nor {files.key_file}")
    return load_secret_key(files.key_file, files.given_key).seal_key


def _verify_file(file: Path) -> None:
    key = _seal_key()
    try:
        with file.open("rb") as lines:
            head = verify_lines(lines, key)
    except BrokenFile as error:
        _fail(f"{file} does not hold: {error}")
    typer.echo(f"{file} holds, with {head.entries} entries. Head: {head.head}")


def _list_keys(config: Config, database: Database, project_key: str) -> list[str]:
    key = open_secret_key(config.files)

    def unit(tx: Transaction) -> list[str]:
        project = projects.get_project(tx, project_key)
        return [
            f"{environment.key}: SDK key {current_secret(tx, environment.id, SDK, key)}, "
            f"mobile key {current_secret(tx, environment.id, MOBILE, key)}, client-side ID {environment.id}"
            for environment in environments.list_environments(tx, project)
        ]

    return database.read_now(unit)


def _print_demo(config: Config, started: Started) -> None:
    owner = started.database.read_now(accounts.get_owner)
    typer.echo(f"Flagstaff {package_version('flagstaff')} on {config.base_url}")
    typer.echo(f"  first login   {owner.email}")
    typer.echo(f"  password      {started.password or 'the one you gave, or were shown at the first start'}")
    typer.echo(f"  access token  {started.token}")
    first, *_ = started.database.read_now(projects.list_projects)
    for line in _list_keys(config, started.database, first.key):
        typer.echo(f"  {line}")
    sys.stdout.flush()


def _print_first_login(config: Config, started: Started) -> None:
    """A terminal shows generated secrets; without one they go into a file that only the operator reads."""
    if not started.password and not started.token:
        return
    lines = [f"login {config.admin_email}"]
    lines += [f"password {started.password}"] if started.password else []
    lines += [f"access token {started.token}"] if started.token else []
    if sys.stdout.isatty():
        typer.echo("First login:\n  " + "\n  ".join(lines))
        return
    write_private(config.first_login_file, "\n".join(lines) + "\n")
    _complain(f"the first login is in {config.first_login_file}")


def _complain(message: str) -> None:
    typer.echo(f"flagstaff: {message}", err=True)


def _fail(message: str) -> NoReturn:
    _complain(message)
    raise SystemExit(1)
