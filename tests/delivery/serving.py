"""A real server in a thread, for tests that talk to it through sockets, each in an environment of its own."""

import asyncio
import os
import shutil
import socket
import ssl
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import falcon.asgi
import httpx
import uvicorn
import uvloop

from flagstaff.app import _bound as _bind
from flagstaff.app import _Everything, admit_events
from flagstaff.delivery.delivery import Delivery
from flagstaff.delivery.polls_at_once import PollsAtOnce
from flagstaff.delivery.routes import AT_ONCE, ROUTES
from flagstaff.features.projects.environments.model import Environment as StoredEnvironment
from flagstaff.features.projects.environments.store import ENVIRONMENTS
from flagstaff.http.call import Installation
from flagstaff.http.dispatcher import Dispatcher
from flagstaff.http.metrics import RequestMetrics
from flagstaff.http.operations import Edge, Endpoint
from flagstaff.http.rate_limits import RateLimits
from flagstaff.http.router import Router
from flagstaff.http.throttle import Throttle
from flagstaff.intake import posts
from flagstaff.intake.intake import Intake
from flagstaff.kernel.ids import Ids
from flagstaff.storage.credentials import MOBILE, SDK, forget_credentials, replace_credential
from flagstaff.storage.database import Database
from flagstaff.storage.documents import Write, apply_write
from flagstaff.storage.publishing import forget_environment
from flagstaff.storage.schema import EVENT_MIGRATIONS, upgrade_schema
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.sqlite import events_beside
from flagstaff.storage.transaction import CredentialChange, Item, Transaction
from tests.delivery.wire import Wire
from tests.support import calls

SECRET = SecretKey(bytes(32))
IDS = Ids(os.urandom)


@dataclass
class ForwardClock:
    """The system's clock, which a test can put forward."""

    ahead: int = 0
    stopped: int = 0

    def __call__(self) -> int:
        return (self.stopped or time.time_ns() // 1_000_000) + self.ahead

    def stop(self) -> None:
        """Let only the test put it forward."""
        self.stopped = time.time_ns() // 1_000_000


def make_database(path: Path, clock: Callable[[], int]) -> Database:
    return Database(path, clock, IDS, SECRET.seal_key)


def make_template(folder: Path) -> Path:
    """An empty database file with the schema, to be copied."""
    path = folder / "template.db"
    upgrade_schema(path)
    upgrade_schema(events_beside(path), EVENT_MIGRATIONS)
    return path


def a_flag(key: str, **members: Any) -> dict[str, Any]:
    return {
        "key": key,
        "on": False,
        "salt": "salt",
        "offVariation": 1,
        "fallthrough": {"variation": 0},
        "variations": [True, False],
        "targets": [],
        "contextTargets": [],
        "rules": [],
        "prerequisites": [],
        "trackEvents": False,
        "trackEventsFallthrough": False,
        "debugEventsUntilDate": None,
        "clientSide": False,
        "clientSideAvailability": {"usingMobileKey": False, "usingEnvironmentId": False},
        "deleted": False,
        **members,
    }


def a_segment(key: str, **members: Any) -> dict[str, Any]:
    lists = {"included": [], "excluded": [], "includedContexts": [], "excludedContexts": []}
    return {"key": key, "salt": "salt", **lists, "rules": [], "deleted": False, **members}


class _Uvicorn(uvicorn.Server):
    """Tells when it listens, and closes streams as the application does."""

    def __init__(self, config: uvicorn.Config, delivery: Delivery) -> None:
        super().__init__(config)
        self.delivery = delivery
        self.listening = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self.delivery.close()
        await super().shutdown(sockets)


@dataclass
class SdkServer:
    """Serves the SDK plane of a database file until `stop`."""

    path: Path
    clock: ForwardClock = field(default_factory=ForwardClock)
    heartbeat: float = 3600.0  # none comes between two events, unless a test asks for them
    room: int = 8 * 1024 * 1024
    tls: tuple[str, str] | None = None
    port: int = 0
    keep_alive: float = 5.0

    def start(self) -> "SdkServer":
        self.database = make_database(self.path, self.clock)
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", self.port))
        self.port = self._socket.getsockname()[1]
        self.url = f"http{'s' if self.tls else ''}://127.0.0.1:{self.port}"
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: uvloop.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(10)
        assert self._uvicorn.listening.wait(10)
        return self

    async def _serve(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.delivery = Delivery(self.database, self.clock, SECRET, heartbeat=self.heartbeat, room=self.room)
        self.intake = Intake(
            events_beside(self.path),
            self.clock,
            admit_events(self.delivery),
            self.delivery.metrics.registry,
        )
        self.database.advance, self.database.announce = self.delivery.advance, self.delivery.announce
        certificate, key = self.tls or (None, None)
        config = uvicorn.Config(
            make_application(self.database, self.delivery, self.intake),
            http=self.delivery.http_protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
            timeout_keep_alive=self.keep_alive,  # type: ignore[arg-type]
            ssl_certfile=certificate,
            ssl_keyfile=key,
        )
        self._uvicorn = _Uvicorn(config, self.delivery)
        self.database.start()
        self.intake.start()
        self._ready.set()
        await self._uvicorn.serve(sockets=[self._socket])
        await self.intake.stop()
        await self.database.stop()

    def stop(self) -> None:
        self._uvicorn.should_exit = True
        self._thread.join(10)
        assert not self._thread.is_alive()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run a coroutine on the server's loop and give its result."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def call(self, function: Callable[[], Any]) -> Any:
        """Call a function on the server's loop."""

        async def work() -> Any:
            return function()

        return self.run(work())

    def write(self, unit: Callable[[Transaction], Any]) -> Any:
        return self.run(self.database.write(unit))

    def environment(self) -> "Environment":
        """A new environment with an SDK key and a mobile key."""
        environment = Environment(self, IDS.object_id(), IDS.secret("sdk"), IDS.secret("mob"))
        environment.reset_key(environment.key)
        environment.reset_key(environment.mobile_key, kind=MOBILE)
        environment.save()
        return environment

    def connect(self) -> Wire:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        if self.tls:
            context = ssl.create_default_context(cafile=self.tls[0])
            connection = context.wrap_socket(connection, server_hostname="127.0.0.1")
        return Wire(connection)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return calls.get(self.url + path, headers=headers)

    def connections(self) -> int:
        """How many connections uvicorn knows."""
        return self.call(lambda: len(self._uvicorn.server_state.connections))

    def list_protocols(self) -> list[Any]:
        """Those of the connections that uvicorn knows; for use on the loop."""
        return list(self._uvicorn.server_state.connections)

    def abort_connections(self) -> None:
        """Cut off what uvicorn knows; to be called on the server's loop."""
        for connection in list(self._uvicorn.server_state.connections):
            connection.transport.abort()

    def waits_for(self, requests: int) -> bool:
        """Wait until so many requests are being answered."""
        return self._reaches(lambda: len(self._uvicorn.server_state.tasks), requests)

    def counted(self, name: str) -> float:
        return self.call(lambda: self.delivery.metrics.registry.get_sample_value(name)) or 0.0

    def reaches(self, name: str, value: float) -> bool:
        """Wait until a metric has that value."""
        return self._reaches(lambda: self.delivery.metrics.registry.get_sample_value(name), value)

    def _reaches(self, look: Callable[[], Any], value: float) -> bool:
        deadline = time.monotonic() + 10
        while (found := self.call(look)) != value and time.monotonic() < deadline:
            pass
        return bool(found == value)


@dataclass
class Environment:
    """What a test publishes in, and the key that SDKs show for it."""

    server: SdkServer
    id: str
    key: str
    mobile_key: str

    def save(self, *, secure_mode: bool = False) -> None:
        """Store what is known of it beside its keys."""

        def unit(tx: Transaction) -> None:
            before = ENVIRONMENTS.find(tx, "id = :id", id=self.id)
            after = StoredEnvironment(
                id=self.id,
                project_id=self.id,
                key="test",
                name="Test",
                color="000000",
                secure_mode=secure_mode,
                created=1,
                version=before.version + 1 if before else 1,
            )
            apply_write(tx, Write(ENVIRONMENTS, before, after))
            tx.effects.append(CredentialChange(self.id))

        self.server.write(unit)

    def publish(self, *changes: tuple[str, str, dict[str, Any] | None]) -> None:
        """Change objects in one unit."""
        self.server.write(lambda tx: tx.items.extend(Item(self.id, *change) for change in changes))

    def publish_flag(self, key: str, **members: Any) -> None:
        self.publish(("flags", key, a_flag(key, **members)))

    def publish_segment(self, key: str, **members: Any) -> None:
        self.publish(("segments", key, a_segment(key, **members)))

    def remove(self, kind: str, key: str) -> None:
        self.publish((kind, key, None))

    def reset_key(self, key: str, *, kind: str = SDK, expires: int = 0) -> None:
        self.server.write(lambda tx: replace_credential(tx, self.id, kind, key, SECRET, expires=expires))

    def delete(self) -> None:
        def unit(tx: Transaction) -> None:
            tx.run("DELETE FROM environments WHERE id = :id", id=self.id)
            forget_credentials(tx, self.id)
            forget_environment(tx, self.id)

        self.server.write(unit)

    @contextmanager
    def stream(self, path: str = "/all", **headers: str) -> Iterator[Wire]:
        """An open stream, of which nothing but the head has been read."""
        with self.server.connect() as wire:
            wire.request("GET", path, {"Authorization": self.key, **headers})
            wire.read_head()
            yield wire

    def poll(self, path: str = "/sdk/latest-all", **headers: str) -> httpx.Response:
        return self.server.get(path, Authorization=self.key, **headers)


async def read_nothing() -> list[Any]:
    return []


def make_application(database: Database, delivery: Delivery, intake: Intake) -> falcon.asgi.App:
    """The routes of the SDK plane and nothing else, behind the dispatcher as in a server."""
    rows = [Endpoint(method, path, _bind(respond, delivery)) for method, path, respond in ROUTES]
    metrics = RequestMetrics(delivery.metrics.registry)
    at_once = [row for row in rows if (row.method, row.path) in AT_ONCE]
    delivery.polls = PollsAtOnce(at_once, delivery.turns, metrics.count)
    rows += [Endpoint(method, path, _bind(respond, intake)) for method, path, respond in posts.ROUTES]
    dispatcher = Dispatcher(
        router=Router(rows),
        edge=Edge(database, delivery.load_dataset, read_nothing, Throttle(database.clock)),
        identify=lambda *_: None,
        limits=RateLimits(database.clock, 0, 0),
        installation=Installation(secret_key=SECRET),
        metrics=metrics,
    )
    return falcon.asgi.App(router=_Everything(dispatcher))


@contextmanager
def serving(template: Path, folder: Path, **settings: Any) -> Iterator[SdkServer]:
    """A server on a copy of an empty database."""
    path = folder / "flagstaff.db"
    shutil.copy(template, path)
    shutil.copy(events_beside(template), events_beside(path))
    server = SdkServer(path, **settings).start()
    try:
        yield server
    finally:
        server.stop()
