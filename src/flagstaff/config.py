"""The settings of an installation, read once from the environment; `docs/operating.md` explains each."""

import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path

from flagstaff.storage.sqlite import path_of

Network = IPv4Network | IPv6Network


class InvalidSetting(ValueError):
    """A setting has a value that cannot be used; the message names it."""


@dataclass(frozen=True)
class Setting:
    """One setting: its name in the environment, what it is when unset, and what it does."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting(
        "FLAGSTAFF_DATABASE_URL", "sqlite:///flagstaff.db", "where flags, projects and the audit log live"
    ),
    Setting("FLAGSTAFF_HOST", "127.0.0.1", "the address to listen on"),
    Setting("FLAGSTAFF_PORT", "8080", "the port to listen on; REST and SDKs share it"),
    Setting("FLAGSTAFF_BASE_URL", "", "the address under which people and SDKs reach the server"),
    Setting("FLAGSTAFF_TRUSTED_PROXIES", "", "addresses whose X-Forwarded-For and -Proto are believed"),
    Setting("FLAGSTAFF_TLS_CERTIFICATE", "", "certificate file, to serve TLS in the process"),
    Setting("FLAGSTAFF_TLS_KEY", "", "private key file of the certificate"),
    Setting("FLAGSTAFF_ADMIN_EMAIL", "admin@localhost", "first start only: the owner's address"),
    Setting("FLAGSTAFF_ADMIN_PASSWORD", "", "first start only: the owner's password; generated when empty"),
    Setting("FLAGSTAFF_ADMIN_TOKEN", "", "first start only: the first access token, 32 characters or more"),
    Setting("FLAGSTAFF_SECRET_KEY", "", "64 hexadecimal digits; else kept in a file beside the database"),
    Setting("FLAGSTAFF_PUBLIC_ADDRESSES", "", "networks that the IP list shows as the server's own"),
    Setting("FLAGSTAFF_OUTBOUND_ADDRESSES", "", "networks that the IP list shows for outgoing calls"),
    Setting("FLAGSTAFF_METRICS_TOKEN", "", "lets callers other than loopback read /metrics"),
    Setting("FLAGSTAFF_LOG_FORMAT", "", "console or json; console on a terminal when empty"),
    Setting("FLAGSTAFF_ACCOUNT_LIMIT", "100000", "REST calls of the account in ten seconds"),
    Setting("FLAGSTAFF_ROUTE_LIMIT", "100000", "REST calls of one route in ten seconds"),
)


@dataclass(frozen=True)
class Config:
    """The settings, checked and typed."""

    database: Path
    host: str
    port: int
    base_url: str
    trusted_proxies: tuple[str, ...]
    tls_certificate: str
    tls_key: str
    admin_email: str
    admin_password: str
    admin_token: str
    secret_key: str
    public_addresses: tuple[str, ...]
    outbound_addresses: tuple[str, ...]
    metrics_token: str
    log_format: str
    account_limit: int
    route_limit: int

    @property
    def secret_key_file(self) -> Path:
        """Beside the database; made at the first start unless the key itself is a setting."""
        return self.database.with_name(f"{self.database.stem}.secret.key")

    @property
    def first_login_file(self) -> Path:
        """Where a generated password goes when nobody is at a terminal to read it."""
        return self.database.with_name("first-login.txt")

    @property
    def generated_token(self) -> str:
        """The first access token: the operator's, or a new one."""
        return self.admin_token or f"api-{secrets.token_hex(20)}"

    @property
    def generated_password(self) -> str:
        """The owner's password: the operator's, or a new one."""
        return self.admin_password or secrets.token_urlsafe(12)


def load_config(environ: Mapping[str, str] | None = None) -> Config:
    """Read and check every setting; raises InvalidSetting for the first that cannot be used."""
    given = os.environ if environ is None else environ
    value = {setting.name: given.get(setting.name) or setting.default for setting in SETTINGS}
    host, port = value["FLAGSTAFF_HOST"], _number("FLAGSTAFF_PORT", value, 65_535)
    certificate, key = value["FLAGSTAFF_TLS_CERTIFICATE"], value["FLAGSTAFF_TLS_KEY"]
    if bool(certificate) != bool(key):
        raise InvalidSetting("FLAGSTAFF_TLS_CERTIFICATE and FLAGSTAFF_TLS_KEY must be set together")
    listens = (str(ip_network(host)),) if _is_address(host) else ()
    return Config(
        database=_database(value["FLAGSTAFF_DATABASE_URL"]),
        host=host,
        port=port,
        base_url=_base_url(value["FLAGSTAFF_BASE_URL"], host, port, tls=bool(certificate)),
        trusted_proxies=_words(value["FLAGSTAFF_TRUSTED_PROXIES"]),
        tls_certificate=certificate,
        tls_key=key,
        admin_email=value["FLAGSTAFF_ADMIN_EMAIL"],
        admin_password=value["FLAGSTAFF_ADMIN_PASSWORD"],
        admin_token=_token(value["FLAGSTAFF_ADMIN_TOKEN"]),
        secret_key=value["FLAGSTAFF_SECRET_KEY"],
        public_addresses=_networks("FLAGSTAFF_PUBLIC_ADDRESSES", value) or listens,
        outbound_addresses=_networks("FLAGSTAFF_OUTBOUND_ADDRESSES", value) or listens,
        metrics_token=value["FLAGSTAFF_METRICS_TOKEN"],
        log_format=_log_format(value["FLAGSTAFF_LOG_FORMAT"]),
        account_limit=_number("FLAGSTAFF_ACCOUNT_LIMIT", value),
        route_limit=_number("FLAGSTAFF_ROUTE_LIMIT", value),
    )


def _database(url: str) -> Path:
    try:
        return path_of(url)
    except ValueError as error:
        raise InvalidSetting(f"FLAGSTAFF_DATABASE_URL: {error}") from None


def _base_url(url: str, host: str, port: int, *, tls: bool) -> str:
    if url:
        if not url.startswith(("http://", "https://")):
            raise InvalidSetting("FLAGSTAFF_BASE_URL must begin with http:// or https://")
        return url.rstrip("/")
    name = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    named = f"[{name}]" if ":" in name else name
    return f"{'https' if tls else 'http'}://{named}:{port}"


def _number(name: str, value: Mapping[str, str], highest: int = 10**12) -> int:
    text = value[name]
    if not text.isdecimal() or int(text) > highest:
        raise InvalidSetting(f"{name} must be a number from 0 to {highest}, not {text!r}")
    return int(text)


def _token(token: str) -> str:
    if token and len(token) < 32:
        raise InvalidSetting("FLAGSTAFF_ADMIN_TOKEN needs at least 32 characters")
    return token


def _log_format(name: str) -> str:
    if name not in {"", "console", "json"}:
        raise InvalidSetting(f"FLAGSTAFF_LOG_FORMAT must be console or json, not {name!r}")
    return name or ("console" if sys.stdout.isatty() else "json")


def _networks(name: str, value: Mapping[str, str]) -> tuple[str, ...]:
    try:
        return tuple(str(ip_network(word)) for word in _words(value[name]))
    except ValueError as error:
        raise InvalidSetting(f"{name}: {error}") from None


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
