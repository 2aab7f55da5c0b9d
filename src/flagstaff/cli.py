"""The commands of an operator: one per need."""

import json
import sys
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Annotated, NoReturn

import msgspec
import typer
from rich.console import Console

from flagstaff.access.policies import InvalidStatement, Statement, validate_statements
from flagstaff.app import SYSTEM_IDS, open_database, system_clock
from flagstaff.config import Config, InvalidSetting, load_config
from flagstaff.features.accounts import store as accounts
from flagstaff.features.accounts.passwords import hash_password
from flagstaff.features.projects import store as projects
from flagstaff.features.projects.environments import store as environments
from flagstaff.features.system.first_start import new_token
from flagstaff.kernel.errors import ApiError
from flagstaff.serving import Started, prepare, serve_forever
from flagstaff.storage import audit
from flagstaff.storage.backup import BackupError, make_backup, restore_backup
from flagstaff.storage.credentials import MOBILE, SDK, current_secret
from flagstaff.storage.database import Database
from flagstaff.storage.schema import NewerSchema, upgrade_schema
from flagstaff.storage.secrets import InvalidSecretKey, load_secret_key
from flagstaff.storage.transaction import Transaction

app = typer.Typer(
    help="Flagstaff: feature flags that speak LaunchDarkly's protocols.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
tokens = typer.Typer(help="Access tokens of the REST API.", no_args_is_help=True)
members = typer.Typer(help="Members of the account.", no_args_is_help=True)
shown = typer.Typer(help="Environments.", no_args_is_help=True)
log = typer.Typer(help="The audit log.", no_args_is_help=True)
for group, name in ((tokens, "tokens"), (members, "members"), (shown, "environments"), (log, "audit")):
    app.add_typer(group, name=name)
console = Console(soft_wrap=True, highlight=False)


@app.command()
def serve(
    demo: Annotated[bool, typer.Option(help="print a login, a token and the SDK keys")] = False,
) -> None:
    """Start the server; the first start makes the account and a project."""
    config = load_config()
    started = prepare(config)
    if demo:
        _print_demo(config, started)
    elif started.password or started.token:
        _print_first_login(config, started)
    serve_forever(config, started.database)


@app.command()
def migrate() -> None:
    """Bring the database to this version's schema, after copying it aside."""
    copy = upgrade_schema(load_config().database)
    console.print(f"Upgraded; the database as it was: {copy}" if copy else "The schema is up to date")


@app.command()
def backup(folder: Path) -> None:
    """Copy the database and the secret key of a running or stopped server into an empty folder."""
    config = load_config()
    make_backup(config.database, config.secret_key_file, folder, system_clock())
    console.print(f"Backed up to {folder}. It holds the secret key: keep it as safe as the server itself.")


@app.command()
def restore(folder: Path) -> None:
    """Make the installation that FLAGSTAFF_DATABASE_URL names out of a backup."""
    config = load_config()
    restore_backup(folder, config.database, config.secret_key_file, system_clock())
    console.print(f"Restored to {config.database}. Start the server with: flagstaff serve")


@app.command()
def version() -> None:
    """Print the version of this program."""
    console.print(package_version("flagstaff"))


@tokens.command("create")
def create_token(
    name: Annotated[str, typer.Option(help="what the token is for")] = "Made on the command line",
    role: Annotated[str, typer.Option(help="reader, writer or admin")] = "reader",
    policy: Annotated[str, typer.Option(help="a JSON array of policy statements instead of a role")] = "",
    service: Annotated[bool, typer.Option(help="not bound to the owner's own permissions")] = False,
) -> None:
    """Make an access token and print it; it is shown this once."""
    if role not in {"reader", "writer", "admin"}:
        _fail(f"--role must be reader, writer or admin, not {role!r}")
    statements = _read_policy(policy)
    secret = SYSTEM_IDS.secret("api")

    def unit(tx: Transaction) -> None:
        made = new_token(tx, accounts.get_owner(tx), name, secret, role)
        made = msgspec.structs.replace(made, inline_policy=statements, service=service)
        accounts.save_token(tx, made, secret)

    _open().write_now(unit)
    console.print(secret)


@shown.command("keys")
def environment_keys(project: str = "default") -> None:
    """Print the SDK key, mobile key and client-side ID of every environment of a project."""
    for line in _list_keys(load_config(), _open(), project):
        console.print(line)


@members.command("reset-password")
def reset_password(
    email: str,
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, envvar="FLAGSTAFF_PASSWORD")
    ],
) -> None:
    """Give a member a new password."""
    hashed = hash_password(password)
    _open().write_now(lambda tx: accounts.reset_password(tx, accounts.get_member_by_email(tx, email), hashed))
    console.print(f"{email} has a new password")


@log.command("verify")
def verify_audit_log(
    since: Annotated[str, typer.Option(help="a head noted earlier, which must be in the log")] = "",
) -> None:
    """Check that nobody has changed the audit log, and print its head."""
    known = bytes.fromhex(since) if since else None
    try:
        found, head = _open().read_now(lambda tx: (audit.verify(tx, known), audit.head(tx)))
    except LookupError as error:
        _fail(str(error))
    if found is not None:
        _fail(f"the audit log does not hold from entry {found.entry_id} (number {found.position}) on")
    console.print(f"The audit log holds. Head: {head.hex()}")


def main() -> None:
    """The entry point: errors that an operator can act on are one line, not a traceback."""
    try:
        app()
    except (ApiError, BackupError, InvalidSetting, InvalidSecretKey, NewerSchema) as error:
        _fail(str(error))


def _open() -> Database:
    config = load_config()
    if not config.database.exists():
        _fail(f"there is no database {config.database}; the first `flagstaff serve` makes it")
    return open_database(config)


def _read_policy(policy: str) -> tuple[Statement, ...]:
    if not policy:
        return ()
    try:
        statements = msgspec.json.decode(policy, type=tuple[Statement, ...])
        validate_statements(statements)
    except (msgspec.DecodeError, InvalidStatement) as error:
        _fail(f"--policy: {error}")
    return statements


def _list_keys(config: Config, database: Database, project_key: str) -> list[str]:
    key = load_secret_key(config.secret_key_file, config.secret_key)

    def unit(tx: Transaction) -> list[str]:
        project = projects.get_project(tx, project_key)
        return [
            f"{environment.key}: SDK key {current_secret(tx, environment.id, SDK, key)}, "
            f"mobile key {current_secret(tx, environment.id, MOBILE, key)}, client-side ID {environment.id}"
            for environment in environments.list_environments(tx, project)
        ]

    return database.read_now(unit)


def _print_demo(config: Config, started: Started) -> None:
    token = started.token or _demo_token(started.database)
    console.print(f"Flagstaff {package_version('flagstaff')} on {config.base_url}")
    console.print(f"  first login   {config.admin_email}")
    console.print(f"  password      {started.password or 'as printed at the first start'}")
    console.print(f"  access token  {token}")
    for line in _list_keys(config, started.database, "default"):
        console.print(f"  {line}")
    sys.stdout.flush()


def _demo_token(database: Database) -> str:
    secret = SYSTEM_IDS.secret("api")

    def unit(tx: Transaction) -> None:
        accounts.save_token(tx, new_token(tx, accounts.get_owner(tx), "Demo", secret), secret)

    database.write_now(unit)
    return secret


def _print_first_login(config: Config, started: Started) -> None:
    """A terminal shows generated secrets; without one they go into a file that only the operator reads."""
    text = json.dumps({"email": config.admin_email, "password": started.password, "token": started.token})
    if sys.stdout.isatty():
        console.print(f"First login: {text}")
        return
    file = config.first_login_file
    file.touch(mode=0o600)
    file.write_text(text + "\n")
    console.print(f"The first login is in {file}")


def _fail(message: str) -> NoReturn:
    Console(stderr=True, soft_wrap=True, highlight=False).print(f"flagstaff: {message}")
    raise SystemExit(1)
