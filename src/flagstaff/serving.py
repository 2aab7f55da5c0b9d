"""Running the server: the first start, uvicorn with our protocol, and an end within two seconds."""

import asyncio
import errno
import gc
import resource
import signal
import socket
import ssl
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import partial
from importlib import import_module
from pathlib import Path
from types import FrameType

import msgspec
import structlog
import uvicorn
from msgspec.structs import replace

from flagstaff.app import Server, build_server, open_database
from flagstaff.config import Config, InvalidSetting
from flagstaff.features.accounts.passwords import hash_password
from flagstaff.features.accounts.store import find_account, get_owner
from flagstaff.features.accounts.tokens.store import has_token, save_token
from flagstaff.features.system.first_start import Owner, create_installation, new_token
from flagstaff.http.log_output import written_apart
from flagstaff.http.logs import configure_logs
from flagstaff.http.work_pool import WorkPool, at_once
from flagstaff.http.work_process import WorkProcesses
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.storage.database import Database
from flagstaff.storage.installation_key import open_secret_key
from flagstaff.storage.schema import EVENT_MIGRATIONS, upgrade_schema
from flagstaff.storage.transaction import Transaction
from flagstaff.supervision import Post, Supervisor

PATIENCE = 0.8  # seconds that running requests get once streams are closed
GRACE = 1  # seconds after which uvicorn would end them, as if something had gone wrong
BACKLOG = 4096
COLLECTING = (10_000, 20, 20)  # objects that the collector waits for, where Python has (700, 10, 10)
log = structlog.get_logger()


class Started(msgspec.Struct, frozen=True):
    """An opened installation, and the secrets that this start may show: what it generated, and the demo's."""

    database: Database
    password: str = ""
    token: str = ""
    copy: Path | None = None  # of the database as it was before its schema was brought up to date


Announce = Callable[[Config, Started], None]


def serve(config: Config, announce: Announce, *, demo: bool = False) -> None:
    """Serve until SIGTERM or SIGINT; `announce` is called once connections are accepted.

    Raises InvalidSetting where the address cannot be listened on, and WorkerLost.
    """
    tls = load_tls(config)
    raise_file_limit()
    with ExitStack() as stack:
        listeners = [stack.enter_context(listener) for listener in open_listeners(config)]
        config = config.at_port(listeners[0].getsockname()[1])
        place = _Place(config, listeners, tls)
        if config.workers == 1:
            _serve_alone(place, announce, demo=demo)
        else:
            _serve_together(place, announce, demo=demo)


class _Place(msgspec.Struct, frozen=True):
    """Where to serve what."""

    config: Config
    listeners: list[socket.socket]
    tls: ssl.SSLContext | None

    def serve(self, database: Database, announce: Callable[[], None], supervisor: int | None = None) -> None:
        """Serve until a signal comes, or the supervisor is gone."""
        hashing = WorkPool(at_once(), perform=WorkProcesses().do)
        server = build_server(self.config, database, hashing)
        settings = configure_uvicorn(self.config, server, self.tls)
        _Uvicorn(settings, server, announce, supervisor).run(self.listeners)


def _serve_alone(place: _Place, announce: Announce, *, demo: bool) -> None:
    config = place.config
    with written_apart(sys.stdout) as output:
        started = prepare(config, demo=demo)
        with closing(started.database):
            configure_logs(config.log_format, output=output)
            _log_upgrade(started)
            place.serve(started.database, lambda: announce(config, started))
        log.info("stopped")


def _serve_together(place: _Place, announce: Announce, *, demo: bool) -> None:
    """In several processes, forked from this one, which has no thread and no open database then."""
    config = place.config
    started = prepare(config, demo=demo)
    started.database.close()
    configure_logs(config.log_format)
    structlog.configure(cache_logger_on_first_use=False)  # workers log in another way
    _log_upgrade(started)

    def announce_once() -> None:
        with closing(open_database(config)) as database:
            announce(config, replace(started, database=database))

    Supervisor(config.workers, partial(_work, place)).run(announce_once)
    log.info("stopped")


def _work(place: _Place, post: Post) -> None:
    """What a worker does."""
    with written_apart(sys.stdout) as output:
        configure_logs(place.config.log_format, output=output, worker=post.number)
        with closing(open_database(place.config)) as database:
            place.serve(database, post.tell_ready, post.supervisor)
        log.info("stopped")


def _log_upgrade(started: Started) -> None:
    if started.copy is not None:
        log.info("schema_upgraded", copy=str(started.copy))


def prepare(config: Config, *, demo: bool = False) -> Started:
    """Open the database; at the first start make the account, its owner, token and project.

    With `demo` there is an access token that stays the same, since a start cannot show an older one again,
    and the first start also makes a small shop to look at.
    """
    copy = upgrade_schema(config.database)
    upgrade_schema(config.events, EVENT_MIGRATIONS)
    database = open_database(config)
    key = open_secret_key(config.files)
    token = key.derive_token("demo") if demo else config.generated_token
    if database.read_now(find_account) is not None:
        started = Started(database, copy=copy)
    else:
        password = config.generated_password
        owner = Owner(config.admin_email, _hash(config, password), config.admin_token or token)
        if demo:
            database.close()
            import_module("flagstaff.demo.filling").make_demo(config, owner)  # no other start needs it
            database = open_database(config)
        else:
            database.write_now(lambda tx: create_installation(tx, owner, key))
        started = Started(database, password, token, copy)
    if demo:
        database.write_now(lambda tx: _ensure_token(tx, token))
        started = replace(started, token=token)
    return started


def open_listeners(config: Config) -> list[socket.socket]:
    """A bound socket for each address of the host; with port 0 all share one that is free."""
    where = f"{config.host}:{config.port}"
    listeners: list[socket.socket] = []
    try:
        found = socket.getaddrinfo(config.host, config.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, _, _, _, address in dict.fromkeys(found):
            port = listeners[0].getsockname()[1] if listeners else config.port
            listeners += _bind(family, (address[0], port, *address[2:]))
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InvalidSetting(f"cannot listen on {where}: {reason}") from None
    if not listeners:
        raise InvalidSetting(f"cannot listen on {where}: this machine does not have that address")
    return listeners


def raise_file_limit() -> None:
    """Take all the open files that the system allows: every stream is one, and 1024 is a usual start."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def load_tls(config: Config) -> ssl.SSLContext | None:
    """TLS 1.2 or newer with the operator's certificate, or None; raises InvalidSetting."""
    if not config.tls_certificate:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(config.tls_certificate, config.tls_key, password=lambda: "")
    except (OSError, ValueError) as error:
        raise InvalidSetting(f"FLAGSTAFF_TLS_CERTIFICATE and FLAGSTAFF_TLS_KEY: {error}") from None
    return context


def calm_collector() -> None:
    """Spare what is there at the start, which stays, and look for circles seldom: requests make few."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTING)


class _Uvicorn(uvicorn.Server):
    """Closes our streams before uvicorn's own shutdown begins, which would wait for them."""

    def __init__(
        self,
        config: uvicorn.Config,
        server: Server,
        announce: Callable[[], None],
        supervisor: int | None = None,
    ) -> None:
        super().__init__(config)
        self._supervisor = supervisor
        self._server = server
        self._announce = announce
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        calm_collector()  # before anybody is let in, who would wait for it
        await super().startup(sockets)
        log.info("listening", address=self._server.config.base_url)
        if self._supervisor is not None:
            self._loop.add_reader(self._supervisor, self._end_alone, self._supervisor)
        self._announce()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - uvicorn's interface
        """End in order whatever the signal, and with exit status 0: uvicorn would raise it once more."""
        self.should_exit = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._end, self._loop)

    def _end_alone(self, supervisor: int) -> None:
        """The supervisor is gone, and with it whoever would start or end this process."""
        asyncio.get_running_loop().remove_reader(supervisor)
        self.handle_exit(signal.SIGTERM, None)

    def _end(self, loop: asyncio.AbstractEventLoop) -> None:
        self._closing = loop.create_task(self._server.delivery.close())
        loop.call_later(PATIENCE, self._end_requests)

    def _end_requests(self) -> None:
        """Each that is still running, such as one whose body never comes, answers that the server ends."""
        for task in list(self.server_state.tasks):
            task.cancel()


def _hash(config: Config, generated: str) -> str:
    try:
        return hash_password(generated or config.admin_password)
    except InvalidRequest as error:
        raise InvalidSetting(f"FLAGSTAFF_ADMIN_PASSWORD: {error.message}") from None


def _ensure_token(tx: Transaction, secret: str) -> None:
    if not has_token(tx, secret):
        save_token(tx, new_token(tx, get_owner(tx), "Demo", secret), secret)


def _bind(family: int, address: tuple[str | int, ...]) -> list[socket.socket]:
    """The socket; none where the machine lacks the family or the address, as containers lack ::1."""
    try:
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError:
        return []
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind(address)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRNOTAVAIL:
            return []
        raise
    return [listener]


def configure_uvicorn(config: Config, server: Server, tls: ssl.SSLContext | None) -> uvicorn.Config:
    return uvicorn.Config(
        server.asgi,
        loop="uvloop",
        http=server.delivery.http_protocol if "sdk" in config.roles else "httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(config.trusted_proxies),
        forwarded_allow_ips=list(config.trusted_proxies),
        ssl_context_factory=None if tls is None else lambda _, __: tls,
        timeout_graceful_shutdown=GRACE,
        backlog=BACKLOG,
    )
