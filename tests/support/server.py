"""A whole installation in the test's own process, on a copy of a database that is migrated once.

Requests go through the ASGI application; the clock is moved by the test, and ids count up.
"""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

import structlog

from flagstaff.access.policies import Statement
from flagstaff.app import Server, build_server
from flagstaff.config import load_config
from flagstaff.features.accounts.model import Token
from flagstaff.features.accounts.passwords import Verdict, hash_password, judge_password
from flagstaff.features.accounts.sessions.model import LIFETIME, Session
from flagstaff.features.accounts.sessions.store import add_session
from flagstaff.features.accounts.store import get_owner
from flagstaff.features.accounts.tokens.store import save_token
from flagstaff.features.projects.environments.store import get_environment
from flagstaff.features.projects.store import get_project
from flagstaff.features.system.first_start import Owner, create_installation
from flagstaff.http.operations import Endpoint, Operation
from flagstaff.http.router import Router
from flagstaff.http.work_pool import WorkPool
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import ApiError
from flagstaff.storage.credentials import MOBILE, SDK, current_secret
from flagstaff.storage.database import Database
from flagstaff.storage.schema import EVENT_MIGRATIONS, upgrade_schema
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.sqlite import events_beside, open_writer
from flagstaff.storage.transaction import Transaction
from tests.support.client import OWNER, READER, SESSION, WRITER, Client
from tests.support.ids import counting_ids
from tests.support.lifespan import Lifespan

Result = TypeVar("Result")
START: Millis = 1_700_000_000_000
SECRET_KEY = "5ec2e7" + "0" * 58
OWNER_EMAIL = "owner@example.com"
OWNER_PASSWORD = "correct horse battery"

# As in a server, but each line goes to where the running test captures it.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(),
    ]
)


@dataclass
class MovableClock:
    """Stands still until a test moves it."""

    now: Millis = START

    def __call__(self) -> Millis:
        return self.now

    def advance(self, *, seconds: float) -> None:
        self.now += int(seconds * 1000)


def make_template(path: Path) -> Path:
    """An installation after its first start, with one token of each built-in role; no server has it open."""
    upgrade_schema(path)
    upgrade_schema(events_beside(path), EVENT_MIGRATIONS)
    key = SecretKey.parse(SECRET_KEY)
    database = Database(path, MovableClock(), counting_ids(1), key.seal_key)

    def unit(tx: Transaction) -> None:
        create_installation(tx, Owner(OWNER_EMAIL, hash_password(OWNER_PASSWORD), OWNER), key)
        _add_token(tx, WRITER, role="writer")
        _add_token(tx, READER, role="reader")
        _add_session(tx, SESSION)

    database.write_now(unit)
    database.close()
    return path


def perform(work: Callable[[], Any]) -> Any:
    """Do it, but compare a password with a stored hash only once: the verdict is always the same."""
    if isinstance(work, partial) and work.func is judge_password:
        return _judge(*work.args)
    return work()


@cache
def _judge(stored: str, password: str) -> Verdict:
    return judge_password(stored, password)


class TestServer(Client):
    """A running installation: a client of it, and a way into its database.

    New ids count from `first_id`, time from `clock`; `settings` are those of the environment, under
    their names.
    Passwords are compared in `hashing`, else each with each hash only once in a process.
    """

    __test__ = False

    def __init__(
        self,
        template: Path,
        folder: Path,
        *,
        first_id: int = 1_000_000,
        clock: MovableClock | None = None,
        hashing: WorkPool | None = None,
        **settings: str,
    ) -> None:
        path = folder / "flagstaff.db"
        if not path.exists():  # or another process of the installation has it open
            shutil.copyfile(template, path)
            shutil.copyfile(events_beside(template), events_beside(path))
        config = load_config(
            {
                "FLAGSTAFF_DATABASE_URL": f"sqlite:///{path}",
                "FLAGSTAFF_SECRET_KEY": SECRET_KEY,
                "FLAGSTAFF_LOG_FORMAT": "json",
                **settings,
            }
        )
        self.clock = clock or MovableClock()
        self.secret_key = SecretKey.parse(SECRET_KEY)
        seal_key = self.secret_key.seal_key
        self.database = Database(config.database, self.clock, counting_ids(first_id), seal_key)
        self.wired: Server = build_server(config, self.database, hashing or WorkPool(perform=perform))
        self._runner = asyncio.Runner()
        self._lifespan = Lifespan(self.wired.asgi)
        super().__init__(self.wired.asgi, self._find_operation, self.run)

    def start(self) -> "TestServer":
        self.run(self._lifespan.start())
        return self

    def stop(self) -> None:
        self.run(self._lifespan.stop())
        self._runner.close()

    def serve(self, *rows: Operation | Endpoint) -> None:
        """Serve these rows in place of those of the API."""
        self.wired.dispatcher.router = Router(rows)

    def run(self, awaitable: Awaitable[Result]) -> Result:
        """Let the event loop run until this is done."""

        async def wait() -> Result:
            return await awaitable

        return self._runner.run(wait())

    def read(self, unit: Callable[[Transaction], Result]) -> Result:
        return self.run(self.database.read(unit))

    def write(self, unit: Callable[[Transaction], Result]) -> Result:
        return self.run(self.database.write(unit))

    def rows(self, sql: str, **values: Any) -> list[Any]:
        return self.read(lambda tx: tx.all(sql, **values))

    def event_rows(self, sql: str, **values: Any) -> list[Any]:
        """What a question to the event store gives."""
        return self.read(lambda tx: tx.events.all(sql, **values))

    def add_event_rows(self, table: str, *rows: Mapping[str, Any]) -> None:
        """Put rows into a table of the event store, past intake."""
        with closing(open_writer(events_beside(self.database.path))) as connection:
            for row in rows:
                names = ", ".join(row)
                values = ", ".join(f":{name}" for name in row)
                connection.execute(f"INSERT INTO {table} ({names}) VALUES ({values})", dict(row))

    def count(self, table: str) -> int:
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])

    def add_token(self, *statements: Statement, **members: Any) -> str:
        """A new token with an inline policy of these statements, or with the members given; its secret."""
        secret = self.database.ids.secret("api")
        self.write(lambda tx: _add_token(tx, secret, inline_policy=statements, **members))
        return secret

    def sdk_key(self, environment: str = "production", project: str = "default") -> str:
        return self._key(SDK, environment, project)

    def mobile_key(self, environment: str = "production", project: str = "default") -> str:
        return self._key(MOBILE, environment, project)

    def _find_operation(self, method: str, path: str) -> Operation | Endpoint | None:
        try:
            return self.wired.dispatcher.router.find(method, path.encode())[0]
        except ApiError:
            return None

    def _key(self, kind: str, environment_key: str, project_key: str) -> str:
        def unit(tx: Transaction) -> str:
            environment = get_environment(tx, get_project(tx, project_key), environment_key)
            return current_secret(tx, environment.id, kind, self.secret_key)

        return self.read(unit)


def _add_session(tx: Transaction, secret: str) -> None:
    session = Session(
        id=tx.ids.object_id(),
        member_id=get_owner(tx).id,
        created=tx.now,
        expires=tx.now + LIFETIME,
        address="127.0.0.1",
        user_agent="A browser",
    )
    add_session(tx, session, secret)


def _add_token(tx: Transaction, secret: str, **members: Any) -> None:
    members = {"member_id": get_owner(tx).id, "name": f"Token of {members.get('role', 'a policy')}"} | members
    token = Token(id=tx.ids.object_id(), ending=secret[-4:], created=tx.now, **members)
    save_token(tx, token, secret)
