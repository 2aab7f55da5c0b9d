"""What a client was told: arguments first, then the environment."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from launch_darkly_python_sdk.addresses import check_host
from launch_darkly_python_sdk.retries import Retries

HOST = "http://127.0.0.1:8080"
HOST_VARIABLE = "LAUNCHDARKLY_HOST"
KEY_VARIABLE = "LAUNCHDARKLY_ACCESS_TOKEN"
HEADER_NAME = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)
OWN_HEADERS = frozenset({"authorization", "ld-api-version", "content-type", "content-length", "host"})


class Settings(NamedTuple):
    """Everything a connection needs; the key is not part of what is printed.

    `timeout`, `proxy`, `verify`, `cert`, `transport` and `async_transport` are handed on to httpx.
    """

    host: str
    api_key: str | None = None
    api_version: str | None = None
    timeout: Any = 30.0
    retries: Retries = Retries()
    proxy: Any = None
    trust_env: bool = True
    verify: Any = True
    cert: Any = None
    headers: Mapping[str, str] = MappingProxyType({})
    transport: Any = None
    async_transport: Any = None

    def __repr__(self) -> str:
        return f"Settings(host={self.host!r})"


def read_settings(environment: Mapping[str, str], **given: Any) -> Settings:
    """Settings from arguments, where None is not given, and from the environment.

    Raises ValueError for an address, key, version, header, time-out or number of retries that cannot be used,
    TypeError for those of another type; never with the key in it.
    """
    told = {name: value for name, value in given.items() if value is not None}
    host = told.pop("host", None) or environment.get(HOST_VARIABLE) or HOST
    key = told.pop("api_key", None) or environment.get(KEY_VARIABLE) or None
    version = told.pop("api_version", None)
    headers = told.pop("headers", {})
    _check_key(key)
    _check_version(version)
    _check_headers(headers)
    _check_timeout(told.get("timeout"))
    told["retries"] = _read_retries(told.pop("retries", Retries()))
    return Settings(
        host=check_host(host),
        api_key=key,
        api_version=None if version is None else str(version),
        headers=dict(headers),
        **told,
    )


def _check_key(key: str | None) -> None:
    if key is not None and (
        not isinstance(key, str) or not key.isascii() or not key.isprintable() or " " in key
    ):
        raise ValueError("api_key holds characters that an access token cannot have")


def _check_version(version: str | int | None) -> None:
    text = str(version)
    if not text.isascii() or not text.isalnum():
        raise ValueError(f"api_version is a date such as 20220603, or beta, not {text!r}")


def _check_timeout(timeout: Any) -> None:
    """None leaves the usual one; what is no number is an httpx.Timeout, which has checked itself."""
    if isinstance(timeout, bool | str):
        raise TypeError(f"timeout takes seconds or an httpx.Timeout, not {type(timeout).__name__}")
    if isinstance(timeout, int | float) and not timeout > 0:
        raise ValueError(f"timeout has to be more than no seconds, not {timeout}")


def _read_retries(retries: Any) -> Retries:
    if isinstance(retries, Retries):
        return retries
    if isinstance(retries, bool) or not isinstance(retries, int):
        raise TypeError(f"retries takes a number or a Retries, not {type(retries).__name__}")
    if retries < 0:
        raise ValueError(f"retries cannot be {retries}")
    return Retries(retries)


def _check_headers(headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        if not isinstance(value, str):
            raise TypeError(f"headers: {name} takes a text, not {type(value).__name__}")
        if not HEADER_NAME.fullmatch(name) or not value.isascii() or not value.isprintable():
            raise ValueError(f"headers: {name!r} has a name or a value that cannot be sent")
    if taken := sorted(name for name in headers if name.lower() in OWN_HEADERS):
        raise ValueError(f"headers cannot hold {', '.join(taken)}, which the client sets itself")
