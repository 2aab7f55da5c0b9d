"""Running the server: the first start, uvicorn with our protocol, and an end within two seconds."""

import asyncio
import signal
import socket
from dataclasses import dataclass
from types import FrameType

import uvicorn

from flagstaff.app import Server, build_server, open_database
from flagstaff.config import Config
from flagstaff.features.accounts.passwords import hash_password
from flagstaff.features.accounts.store import find_account
from flagstaff.features.system.first_start import Owner, create_installation
from flagstaff.http.logs import configure_logs
from flagstaff.storage.database import Database
from flagstaff.storage.secrets import load_secret_key

GRACE = 1  # seconds that running requests get once streams are closed


@dataclass(frozen=True)
class Started:
    """An opened installation, with the secrets that this start generated: none but at the first."""

    database: Database
    password: str = ""
    token: str = ""


def prepare(config: Config) -> Started:
    """Open the database; at the first start make the account, its owner, token and project."""
    database = open_database(config)
    if database.read_now(find_account) is not None:
        return Started(database)
    password, token = config.generated_password, config.generated_token
    owner = Owner(config.admin_email, hash_password(password), token)
    key = load_secret_key(config.secret_key_file, config.secret_key)
    database.write_now(lambda tx: create_installation(tx, owner, key))
    return Started(database, password, token)


def serve_forever(config: Config, database: Database) -> None:
    """Serve until SIGTERM or SIGINT."""
    configure_logs(config.log_format)
    server = build_server(config, database)
    _Uvicorn(_uvicorn_config(config, server), server).run()


class _Uvicorn(uvicorn.Server):
    """Closes our streams before uvicorn's own shutdown begins, which would wait for them."""

    def __init__(self, config: uvicorn.Config, server: Server) -> None:
        super().__init__(config)
        self._server = server

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        loop = self._loop
        loop.call_soon_threadsafe(lambda: loop.create_task(self._server.delivery.close()))
        super().handle_exit(signal.SIGTERM if sig == signal.SIGINT else sig, frame)


def _uvicorn_config(config: Config, server: Server) -> uvicorn.Config:
    return uvicorn.Config(
        server.asgi,
        host=config.host,
        port=config.port,
        loop="uvloop",
        http=server.delivery.http_protocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(config.trusted_proxies),
        forwarded_allow_ips=list(config.trusted_proxies),
        ssl_certfile=config.tls_certificate or None,
        ssl_keyfile=config.tls_key or None,
        timeout_graceful_shutdown=GRACE,
        backlog=4096,
    )
