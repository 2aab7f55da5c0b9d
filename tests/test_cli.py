"""The commands of an operator: what they print, and errors in one line."""

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flagstaff.app import SYSTEM_IDS, system_clock
from flagstaff.cli import _print_first_login, main
from flagstaff.config import load_config
from flagstaff.features.accounts.factors.store import has_factor
from flagstaff.features.accounts.identities import identify
from flagstaff.features.accounts.passwords import verify_password
from flagstaff.features.accounts.store import find_password_hash, get_owner
from flagstaff.features.accounts.tokens.store import list_tokens
from flagstaff.http.identity import Identity
from flagstaff.serving import Started
from flagstaff.storage import audit
from flagstaff.storage.database import Database
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.sqlite import open_writer
from tests.support.client import OWNER
from tests.support.server import OWNER_EMAIL, SECRET_KEY


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    status: int
    output: str
    errors: str

    @property
    def lines(self) -> list[str]:
        return self.output.splitlines()


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process, on the installation in the test's folder."""
    for name in [name for name in os.environ if name.startswith("FLAGSTAFF_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def call(*words: str, **settings: str) -> Ran:
        for name, value in settings.items():
            monkeypatch.setenv(f"FLAGSTAFF_{name}", value)
        monkeypatch.setattr(sys, "argv", ["flagstaff", *words])
        try:
            main()
            status: Any = 0
        except SystemExit as ended:
            status = ended.code
        found = capsys.readouterr()
        return Ran(status, found.out, found.err)

    return call


@pytest.fixture
def database(template: Path, tmp_path: Path, run: Run) -> Iterator[Database]:
    """The database of an installation whose key lies in a file."""
    path, key = tmp_path / "flagstaff.db", SecretKey.parse(SECRET_KEY)
    shutil.copyfile(template, path)
    (tmp_path / "flagstaff.secret.key").write_text(key.text)
    with closing(Database(path, system_clock, SYSTEM_IDS, key.seal_key)) as opened:
        yield opened


def identity_of(database: Database, secret: str) -> Identity:
    found = database.read_now(lambda tx: identify(tx, secret))
    assert found is not None
    return found


def refused(ran: Ran) -> str:
    """The one line in which a command says why it failed."""
    assert ran.status == 1, ran
    assert ran.output == ""
    (line,) = ran.errors.splitlines()
    return line.removeprefix("flagstaff: ")


def test_without_a_command_all_are_listed(run: Run) -> None:
    listed = run()

    assert listed.status in {0, 2}
    for command in (
        "serve",
        "migrate",
        "backup",
        "restore",
        "version",
        "tokens",
        "members",
        "environments",
        "audit",
    ):
        assert command in listed.output + listed.errors


def test_the_version_is_printed(run: Run) -> None:
    assert run("version").output == "0.1.0\n"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (
            "postgresql://localhost/x",
            "FLAGSTAFF_DATABASE_URL: postgresql: only sqlite:///FILE is supported by this version",
        ),
        (
            "clickhouse://localhost",
            "FLAGSTAFF_DATABASE_URL: clickhouse: only sqlite:///FILE is supported by this version",
        ),
    ],
)
@pytest.mark.parametrize("command", [["serve"], ["migrate"], ["backup", "b"], ["tokens", "list"]])
def test_databases_of_later_versions_are_refused_in_one_line(
    run: Run, command: list[str], url: str, said: str
) -> None:
    assert refused(run(*command, DATABASE_URL=url)) == said


COMMANDS = [
    ["tokens", "create"],
    ["tokens", "list"],
    ["tokens", "delete", "x"],
    ["environments", "keys"],
    ["members", "reset-password", "a@b"],
    ["members", "remove-second-factor", "a@b"],
    ["audit", "verify"],
    ["secret-key", "replace"],
]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_on_an_installation_ask_for_one(run: Run, tmp_path: Path, command: list[str]) -> None:
    said = refused(run(*command, PASSWORD="correct horse"))

    assert said == "there is no database flagstaff.db; the first `flagstaff serve` makes it"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_they_leave_a_database_of_another_version_alone(
    run: Run, database: Database, command: list[str]
) -> None:
    database.write_now(lambda tx: tx.run("UPDATE alembic_version SET version_num = '0001'"))

    assert "has another schema than this version; see `flagstaff migrate`" in refused(
        run(*command, PASSWORD="correct horse")
    )


@pytest.mark.parametrize("command", [["serve"], ["migrate"]])
def test_a_database_of_a_newer_version_is_refused_in_one_line(
    run: Run, database: Database, command: list[str]
) -> None:
    database.write_now(lambda tx: tx.run("UPDATE alembic_version SET version_num = '9999'"))

    said = refused(run(*command, PORT="0"))

    assert said.startswith("flagstaff.db has schema 9999, which is newer than this version's ")


@pytest.mark.parametrize("command", [["serve"], *COMMANDS])
def test_a_missing_or_wrong_secret_key_is_told_in_one_line(
    run: Run, database: Database, tmp_path: Path, command: list[str]
) -> None:
    settings = {"PORT": "0", "PASSWORD": "correct horse"}
    if command[-1] == "replace":
        database.close()

    wrong = refused(run(*command, SECRET_KEY="ab" * 32, **settings))
    (tmp_path / "flagstaff.secret.key").unlink()
    missing = refused(run(*command, SECRET_KEY="", **settings))

    assert wrong == "the secret key in FLAGSTAFF_SECRET_KEY is not the one of flagstaff.db"
    assert missing.startswith("flagstaff.secret.key is missing: it holds the secret key of flagstaff.db")
    assert not (tmp_path / "flagstaff.secret.key").exists()


def test_a_file_that_is_no_database_is_told_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "flagstaff.db").write_text("no database " * 100)

    assert refused(run("serve", PORT="0")) == "the database cannot be used: file is not a database"


def test_a_folder_that_is_missing_is_told_in_one_line(run: Run, tmp_path: Path) -> None:
    said = refused(run("serve", PORT="0", DATABASE_URL=f"sqlite:///{tmp_path}/none/x.db"))

    assert said == f"No such file or directory: {tmp_path}/none/x.db"


def test_the_schema_is_brought_up_to_date(run: Run, tmp_path: Path) -> None:
    assert run("migrate").output == "The schema is up to date\n"
    assert (tmp_path / "flagstaff.db").exists()


def test_a_token_is_made_for_readers_unless_told_otherwise(run: Run, database: Database) -> None:
    (secret,) = run("tokens", "create").lines
    (writer,) = run("tokens", "create", "--role", "writer", "--name", "CI").lines

    assert [token.role for token in database.read_now(list_tokens)][-2:] == ["reader", "writer"]
    assert identity_of(database, secret).caller.kind == identity_of(database, writer).caller.kind == "token"


def test_a_token_has_the_policy_kind_and_version_that_it_is_given(run: Run, database: Database) -> None:
    policy = [{"effect": "allow", "resources": ["proj/web"], "actions": ["*"]}]
    words = ["tokens", "create", "--service", "--default-api-version", "20240415"]

    (secret,) = run(*words, "--policy", json.dumps(policy)).lines

    identity = identity_of(database, secret)
    assert (identity.caller.kind, identity.default_version) == ("service-token", 20240415)
    (statement,) = identity.caller.grants[0].statements
    assert (statement.resources, statement.actions) == (("proj/web",), ("*",))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--role", "owner"],
            "--role must be reader, writer or admin, and stand without --policy, not 'owner'",
        ),
        (["--role", "reader", "--policy", "[]"], "--role must be reader, writer or admin"),
        (["--policy", "[]"], "--policy: needs at least one statement"),
        (["--policy", "{"], "--policy: "),
        (["--policy", '[{"effect": "allow"}]'], "--policy: [0]"),
        (
            ["--policy", '[{"effect": "allow", "resources": ["x/y"], "actions": ["*"]}]'],
            "--policy: [0].resources[0]",
        ),
        (["--default-api-version", "20200101"], "--default-api-version must be one of 20160426, "),
    ],
)
def test_a_token_that_cannot_be_made_is_refused(
    run: Run, database: Database, words: list[str], said: str
) -> None:
    assert refused(run("tokens", "create", *words)).startswith(said)
    assert len(database.read_now(list_tokens)) == 3


def test_tokens_are_listed_by_their_ends_and_deleted_by_their_ids(run: Run, database: Database) -> None:
    (secret,) = run("tokens", "create", "--name", "CI [x]").lines
    first, *_, newest = run("tokens", "list").lines

    assert first.endswith(f" ...{OWNER[-4:]} admin First token")
    token_id, rest = newest.split(" ", 1)
    assert rest == f"...{secret[-4:]} reader CI [x]"
    assert run("tokens", "delete", token_id).output == f"{token_id} is deleted\n"
    assert database.read_now(lambda tx: identify(tx, secret)) is None
    assert refused(run("tokens", "delete", token_id)) == f"There is no access token '{token_id}'"


def test_the_keys_of_a_project_are_printed(run: Run, database: Database) -> None:
    production, test = run("environments", "keys").lines

    assert production.startswith("production: SDK key sdk-")
    assert ", mobile key mob-" in production
    assert ", client-side ID " in test
    assert refused(run("environments", "keys", "--project", "web")) == "Unknown project key web"


def test_a_password_is_set_anew(run: Run, database: Database) -> None:
    ran = run("members", "reset-password", OWNER_EMAIL.upper(), PASSWORD="correct horse")

    stored = database.read_now(lambda tx: find_password_hash(tx, get_owner(tx)))
    assert ran.output == f"{OWNER_EMAIL.upper()} has a new password\n"
    assert stored is not None
    assert verify_password(stored, "correct horse")


def test_a_lost_second_factor_is_removed(run: Run, database: Database) -> None:
    add = "INSERT INTO second_factors SELECT id, 1, 0, 0 FROM members"
    database.write_now(lambda tx: tx.run(add))

    ran = run("members", "remove-second-factor", OWNER_EMAIL)

    assert ran.output == f"{OWNER_EMAIL} signs in with the password alone\n"
    assert not database.read_now(lambda tx: has_factor(tx, get_owner(tx).id))
    assert refused(run("members", "remove-second-factor", OWNER_EMAIL)) == "There is no second factor"


@pytest.mark.parametrize(
    ("email", "password", "said"),
    [
        (
            "nobody@example.com",
            "correct horse",
            "There is no member with the e-mail address 'nobody@example.com'",
        ),
        (OWNER_EMAIL, "short", "A password needs 8 to 256 characters"),
    ],
)
def test_a_password_that_cannot_be_set_is_refused(
    run: Run, database: Database, email: str, password: str, said: str
) -> None:
    assert refused(run("members", "reset-password", email, PASSWORD=password)) == said


def test_the_audit_log_is_verified_against_a_head_of_before(run: Run, database: Database) -> None:
    (first,) = run("audit", "verify").lines
    head = first.removeprefix("The audit log holds. Head: ")
    run("tokens", "create")
    (second,) = run("audit", "verify", "--since", head).lines

    assert head == first[-64:] != second[-64:]
    assert second[-64:] == database.read_now(audit.head).hex()
    assert refused(run("audit", "verify", "--since", "ab" * 32)) == "the given head is not in the audit log"
    assert refused(run("audit", "verify", "--since", "abc")).startswith(
        "--since must be 64 hexadecimal digits"
    )


def test_an_entry_that_was_changed_is_named(run: Run, database: Database) -> None:
    database.write_now(lambda tx: tx.run("UPDATE audit_log SET name = 'x' WHERE position = 3"))

    said = refused(run("audit", "verify"))

    assert said.startswith("the audit log does not hold from entry ")
    assert said.endswith(" (number 3) on")


def test_a_backup_becomes_an_installation_elsewhere(run: Run, database: Database, tmp_path: Path) -> None:
    said = run("backup", "copy")

    assert f"with an audit log up to the head {database.read_now(audit.head).hex()}" in said.lines[0]
    assert said.lines[1] == "It holds the secret key: keep it as safe as the server itself."
    restored = run("restore", "copy", DATABASE_URL=f"sqlite:///{tmp_path}/new/main.db")
    assert restored.output.startswith(f"Restored to {tmp_path}/new/main.db as it was at 20")
    assert run("environments", "keys").output.startswith("production: SDK key sdk-")
    assert refused(run("restore", "copy")) == f"{tmp_path}/new/main.db exists; restore does not overwrite"


def test_a_backup_without_the_secret_key_says_so(run: Run, database: Database, tmp_path: Path) -> None:
    key = (tmp_path / "flagstaff.secret.key").read_text().strip()

    said = run("backup", "copy", SECRET_KEY=key)

    assert said.lines[1] == "The secret key is a setting and not in it: keep FLAGSTAFF_SECRET_KEY elsewhere."


def test_a_secret_key_is_replaced_while_no_server_runs(run: Run, database: Database) -> None:
    keys = run("environments", "keys").output
    database.read_now(audit.head)  # as a server does when it starts
    assert refused(run("secret-key", "replace")) == "flagstaff.db is in use: stop the server first"
    database.close()

    assert "The new key is in flagstaff.secret.key" in run("secret-key", "replace").output
    assert run("environments", "keys").output == keys
    assert "The new key is in flagstaff.secret.key" in run("secret-key", "replace", "--lost").output
    assert run("environments", "keys").output != keys


def start(folder: Path, *words: str, **settings: str) -> tuple[str, str]:
    """What a server prints, ended as soon as it listens."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FLAGSTAFF_")}
    environ |= {"FLAGSTAFF_PORT": "0"} | {f"FLAGSTAFF_{name}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "flagstaff", "serve", *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, env=environ, stdout=pipe, stderr=pipe, text=True) as server:
        assert server.stdout is not None
        lines = []
        while not lines or "audit_head" not in lines[-1]:
            lines.append(server.stdout.readline())
            assert lines[-1], server.stderr.read() if server.stderr else ""
        server.terminate()
        rest, errors = server.communicate(timeout=20)
        assert server.returncode == 0
        return "".join(lines) + rest, errors


def test_the_demo_prints_all_that_a_first_try_needs(tmp_path: Path) -> None:
    output, errors = start(tmp_path, "--demo")

    assert errors == ""
    lines = [line for line in output.splitlines() if not line.startswith("{")]
    assert lines[0].startswith("Flagstaff 0.1.0 on http://127.0.0.1:")
    assert lines[1] == "  first login   admin@localhost"
    assert len(lines[2].removeprefix("  password      ")) == 16
    assert lines[3].startswith("  access token  api-")
    assert lines[4].startswith("  production: SDK key sdk-")
    assert lines[5].startswith("  test: SDK key sdk-")
    assert not (tmp_path / "first-login.txt").exists()


def test_without_a_terminal_the_first_login_goes_into_a_file_for_the_operator(tmp_path: Path) -> None:
    output, errors = start(tmp_path, HOTS="x")
    file = tmp_path / "first-login.txt"
    written = file.read_text()

    assert errors.splitlines() == [
        "flagstaff: warning: FLAGSTAFF_HOTS is no setting and is ignored; is it FLAGSTAFF_HOST?",
        "flagstaff: the first login is in first-login.txt",
    ]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    login, password, token = [line.rsplit(" ", 1)[1] for line in written.splitlines()]
    assert login == "admin@localhost"
    assert password not in output
    assert token not in output


@pytest.mark.parametrize(
    ("secrets", "shown"),
    [
        ({}, None),
        ({"password": "p"}, "login admin@localhost\npassword p\n"),
        ({"token": "t"}, "login admin@localhost\naccess token t\n"),
    ],
)
def test_what_was_not_generated_is_written_nowhere(
    database: Database, tmp_path: Path, secrets: dict[str, str], shown: str | None
) -> None:
    config = load_config({"FLAGSTAFF_DATABASE_URL": f"sqlite:///{tmp_path}/flagstaff.db"})

    _print_first_login(config, Started(database, **secrets))

    file = tmp_path / "first-login.txt"
    assert (file.read_text() if file.exists() else None) == shown


def test_a_busy_writer_is_waited_for_and_then_told_in_one_line(
    run: Run, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flagstaff.storage.sqlite.BUSY", 0.01)
    with closing(open_writer(tmp_path / "flagstaff.db")) as other:
        other.execute("BEGIN IMMEDIATE")

        said = refused(run("tokens", "create"))

    assert said == "The change could not be stored and was not made; try again"


def test_a_terminal_shows_the_first_login(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    config = load_config({"FLAGSTAFF_DATABASE_URL": f"sqlite:///{tmp_path}/flagstaff.db"})

    _print_first_login(config, Started(database, password="p", token="t"))

    assert (
        capsys.readouterr().out == "First login:\n  login admin@localhost\n  password p\n  access token t\n"
    )
    assert not (tmp_path / "first-login.txt").exists()


def test_an_exported_log_is_checked_without_the_database(
    run: Run, database: Database, tmp_path: Path
) -> None:
    exported = run("audit", "export", "log.jsonl")
    head = database.read_now(audit.head).hex()
    assert exported.output.endswith(f" entries to log.jsonl. Head: {head}\n")
    assert stat.S_IMODE((tmp_path / "log.jsonl").stat().st_mode) == 0o600
    (tmp_path / "flagstaff.db").unlink()

    assert run("audit", "verify", "--file", "log.jsonl").output.startswith("log.jsonl holds, with ")


def test_an_altered_export_is_refused(run: Run, database: Database, tmp_path: Path) -> None:
    assert database.path.exists()
    run("audit", "export", "log.jsonl")
    file = tmp_path / "log.jsonl"
    file.write_text(file.read_text().replace("owner@example.com", "nobody@example.com").replace("Token", "T"))

    assert "log.jsonl does not hold: line " in refused(run("audit", "verify", "--file", "log.jsonl"))


def test_an_export_overwrites_nothing(run: Run, database: Database, tmp_path: Path) -> None:
    assert database.path.exists()
    (tmp_path / "log.jsonl").write_text("mine")

    assert refused(run("audit", "export", "log.jsonl")) == "File exists: log.jsonl"


def test_without_a_key_no_file_is_checked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_text("")

    assert "there is no secret key" in refused(run("audit", "verify", "--file", "log.jsonl"))
