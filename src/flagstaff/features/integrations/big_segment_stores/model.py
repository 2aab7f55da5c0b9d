"""Persistent stores of big segments: where server-side SDKs of an environment look memberships up."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from flagstaff.access.specifiers import Resource, top_resource
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import InvalidRequest, NotFound

REDIS, DYNAMODB = "redis", "dynamodb"
VARIABLES = ("host", "port", "username", "password", "tlsEnabled", "prefix")
PORT = 6379
FRESH: Millis = 120_000  # after a synchronisation; SDKs take an older one for stale
MASK = "********"
SHOWN = 4  # last characters of a password that is long enough to show any
LONGEST = 1_000


class RedisConfig(Struct, frozen=True, kw_only=True):
    """How Redis is reached. `prefix` begins every key, and is what SDKs must be told."""

    host: str
    port: int = PORT
    username: str = ""
    password_mask: str = ""  # what is shown of it; empty without one
    tls: bool = False
    prefix: str


class BigSegmentStore(Struct, frozen=True, kw_only=True):
    """A store of one environment, written to while it is `on`."""

    id: str
    project_id: str
    environment_id: str
    name: str
    on: bool = False
    tags: tuple[str, ...] = ()
    config: RedisConfig
    created: Millis
    version: int = 1

    @property
    def resource(self) -> Resource:
        """What policies call it."""
        return top_resource("integration", REDIS)

    @property
    def secret(self) -> str:
        """The owner under which its password is kept."""
        return f"big-segment-store/{self.id}"

    @property
    def job(self) -> str:
        """The key of the job that writes to it."""
        return f"push/{self.id}"


def check_integration(key: str) -> None:
    """Raise InvalidRequest for a kind of store that cannot be written to yet, NotFound for no such kind."""
    if key == DYNAMODB:
        raise InvalidRequest("DynamoDB is not available as a persistent store yet; use redis")
    if key != REDIS:
        raise NotFound(f"{key[:80]!r} is no persistent store; use redis")


def read_config(given: Mapping[str, Any], environment_id: str) -> tuple[RedisConfig, str]:
    """The configuration and the password, which may be the mask of one that is kept.

    Raises InvalidRequest naming the variable.
    """
    for name in given:
        if name not in VARIABLES:
            raise InvalidRequest(
                f"config variable {name[:80]} not valid for integration type {REDIS} - at `$.config`"
            )
    password = _text(given, "password")
    config = RedisConfig(
        host=_host(given),
        port=_port(given.get("port", PORT)),
        username=_text(given, "username"),
        password_mask=mask(password),
        tls=_flag(given.get("tlsEnabled", False)),
        prefix=_text(given, "prefix") or environment_id,
    )
    return config, password


def mask(password: str) -> str:
    """What is shown of a password; the mask of a mask is that mask."""
    if not password or password.startswith(MASK):
        return password
    return MASK + (password[-SHOWN:] if len(password) > 2 * SHOWN else "")


def show_config(config: RedisConfig) -> dict[str, Any]:
    """The configuration as it is shown, and can be sent back."""
    shown = {"host": config.host, "port": config.port, "tlsEnabled": config.tls, "prefix": config.prefix}
    if config.username:
        shown["username"] = config.username
    if config.password_mask:
        shown["password"] = config.password_mask
    return shown


def _host(given: Mapping[str, Any]) -> str:
    host = _text(given, "host").strip()
    if not host or any(mark.isspace() or mark in "/@" for mark in host):
        raise InvalidRequest("config variable host must be a host name or an address - at `$.config.host`")
    return host


def _port(port: Any) -> int:
    if isinstance(port, str) and port.isascii() and port.isdecimal():
        port = int(port[:6])
    if not isinstance(port, int) or isinstance(port, bool) or not 0 < port < 65_536:
        raise InvalidRequest("config variable port must be from 1 to 65535 - at `$.config.port`")
    return port


def _flag(given: Any) -> bool:
    if isinstance(given, str) and given in {"true", "false"}:
        return bool(given == "true")
    if not isinstance(given, bool):
        raise InvalidRequest("config variable tlsEnabled must be true or false - at `$.config.tlsEnabled`")
    return given


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name) or ""
    if not isinstance(value, str) or len(value) > LONGEST:
        raise InvalidRequest(f"config variable {name} must be text - at `$.config.{name}`")
    return value
