"""The settings of an installation, read once from the environment; `docs/operating.md` explains each."""

import os
import secrets
import sys
from collections.abc import Mapping
from difflib import get_close_matches
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace

from flagstaff.features.accounts.oidc.model import OidcSettings
from flagstaff.features.accounts.oidc.settings import read_settings
from flagstaff.http.mail import MailServer
from flagstaff.http.outgoing import AllowedNetworks
from flagstaff.http.site import Site
from flagstaff.storage.installation_key import InstallationFiles
from flagstaff.storage.secrets import InvalidSecretKey, SecretKey
from flagstaff.storage.sqlite import events_beside, path_of

PREFIX = "FLAGSTAFF_"
NOT_OF_THE_SERVER = {
    "FLAGSTAFF_PASSWORD",
    "FLAGSTAFF_CHROMIUM",
    "FLAGSTAFF_CONTRACT",
    "FLAGSTAFF_RELAY",
    "FLAGSTAFF_COMPILE",
}
ROLES = frozenset({"api", "sdk", "events", "worker"})
ADDRESS_LIMIT = 500  # calls from one address that fail to authenticate, in ten seconds
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
EVERY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound


class InvalidSetting(ValueError):
    """A setting has a value that cannot be used; the message names it."""


class Setting(msgspec.Struct, frozen=True):
    """One setting: its name in the environment, what it is when unset, and what it does."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting(
        "FLAGSTAFF_DATABASE_URL", "sqlite:///flagstaff.db", "where flags, projects and the audit log live"
    ),
    Setting(
        "FLAGSTAFF_EVENTS_URL", "", "where what SDKs tell lives; a second file beside the database when empty"
    ),
    Setting("FLAGSTAFF_AUDIT_DAYS", "0", "how many days the audit log keeps entries; 0 is for ever"),
    Setting("FLAGSTAFF_EVENTS_DAYS", "30", "how many days single events are kept"),
    Setting("FLAGSTAFF_EVENTS_GB", "10", "how large the event store may be before the oldest events go"),
    Setting("FLAGSTAFF_NEW_CONTEXTS", "100000", "contexts that an environment may bring in a day"),
    Setting("FLAGSTAFF_NEW_ATTRIBUTES", "1000", "names of attributes that an environment may bring in a day"),
    Setting("FLAGSTAFF_NEW_APPLICATIONS", "100", "applications that an environment may bring in a day"),
    Setting("FLAGSTAFF_NEW_KEYS", "10000", "keys of flags and events that an environment may bring in a day"),
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
    Setting("FLAGSTAFF_ALLOWED_NETWORKS", "", "private networks, and host:port pairs, that may be called"),
    Setting("FLAGSTAFF_PUBLIC_ADDRESSES", "", "networks that the IP list shows as the server's own"),
    Setting("FLAGSTAFF_OUTBOUND_ADDRESSES", "", "networks that the IP list shows for outgoing calls"),
    Setting("FLAGSTAFF_SMTP_URL", "", "the server that takes mails; without it, links are shown"),
    Setting("FLAGSTAFF_MAIL_FROM", "", "the address that mails come from"),
    Setting("FLAGSTAFF_METRICS_TOKEN", "", "lets callers other than loopback read /metrics"),
    Setting("FLAGSTAFF_LOG_FORMAT", "", "console or json; console on a terminal when empty"),
    Setting("FLAGSTAFF_ROLES", "all", "what this process does: any of api, sdk, events, worker"),
    Setting("FLAGSTAFF_OIDC_ISSUER", "", "the provider of identities (OpenID Connect) to sign in with"),
    Setting("FLAGSTAFF_OIDC_CLIENT_ID", "", "what the provider knows this installation as"),
    Setting("FLAGSTAFF_OIDC_CLIENT_SECRET", "", "its secret there; without one, PKCE alone proves it"),
    Setting("FLAGSTAFF_OIDC_NAME", "Single sign-on", "what the sign-in page calls the provider"),
    Setting("FLAGSTAFF_OIDC_SCOPES", "openid email profile", "what the provider is asked for"),
    Setting("FLAGSTAFF_OIDC_GROUPS_CLAIM", "groups", "the claim that names the groups of a person"),
    Setting("FLAGSTAFF_OIDC_GROUPS", "", "JSON: the roles and teams that each group gives"),
    Setting("FLAGSTAFF_OIDC_ROLE", "reader", "the role of new members, and of those in no mapped group"),
    Setting("FLAGSTAFF_OIDC_PROVISIONING", "invited", "who may sign in: those invited, or anyone it knows"),
    Setting("FLAGSTAFF_OIDC_TRUST_EMAIL", "no", "whether addresses it does not call verified are trusted"),
    Setting("FLAGSTAFF_ACCOUNT_LIMIT", "100000", "REST calls of the account in ten seconds"),
    Setting("FLAGSTAFF_ROUTE_LIMIT", "100000", "REST calls of one route in ten seconds"),
)


class Config(msgspec.Struct, frozen=True):
    """The settings, checked and typed."""

    database: Path
    events: Path
    audit_days: int
    events_days: int
    events_gb: int
    new_contexts: int
    new_attributes: int
    new_applications: int
    new_keys: int
    host: str
    port: int
    given_base_url: str
    trusted_proxies: tuple[str, ...]
    tls_certificate: str
    tls_key: str
    admin_email: str
    admin_password: str
    admin_token: str
    secret_key: str
    allowed_networks: AllowedNetworks
    public_addresses: tuple[str, ...]
    outbound_addresses: tuple[str, ...]
    mail_server: MailServer | None
    metrics_token: str
    log_format: str
    account_limit: int
    route_limit: int
    roles: frozenset[str]
    oidc: OidcSettings | None = None
    workers: int = 1  # equal processes that serve together

    @property
    def limits_of_process(self) -> tuple[int, int, int]:
        """The limits of calls by account, route and address that fail: each worker takes its part."""
        limits = (self.account_limit, self.route_limit, ADDRESS_LIMIT)
        return tuple(max(1, limit // self.workers) for limit in limits)  # type: ignore[return-value]

    @property
    def base_url(self) -> str:
        """Where the server is reached: as the operator says, else where it listens."""
        if self.given_base_url:
            return self.given_base_url
        name = "127.0.0.1" if self.host in EVERY_ADDRESS else self.host
        named = f"[{name}]" if ":" in name else name
        return f"{'https' if self.tls_certificate else 'http'}://{named}:{self.port}"

    @property
    def site(self) -> Site:
        """The installation as browsers know it."""
        return Site(
            self.base_url,
            by_any_name=not self.given_base_url and self.host in LOOPBACK,
            local_only=not self.given_base_url and self.host in EVERY_ADDRESS,
        )

    @property
    def secret_key_file(self) -> Path:
        """Beside the database; made at the first start unless the key itself is a setting."""
        return self.database.with_name(f"{self.database.stem}.secret.key")

    @property
    def files(self) -> InstallationFiles:
        """Where the installation lies."""
        return InstallationFiles(self.database, self.secret_key_file, self.secret_key, self.events)

    @property
    def first_login_file(self) -> Path:
        """Where generated secrets go when nobody is at a terminal to read them."""
        return self.database.with_name("first-login.txt")

    @property
    def generated_token(self) -> str:
        """A first access token, where the operator gives none."""
        return "" if self.admin_token else f"api-{secrets.token_hex(20)}"

    @property
    def generated_password(self) -> str:
        """A password for the owner, where the operator gives none."""
        return "" if self.admin_password else secrets.token_urlsafe(12)

    def at_port(self, port: int) -> "Config":
        """The same where port 0 has become a port that was free."""
        return replace(self, port=port)


def load_config(environ: Mapping[str, str] | None = None) -> Config:
    """Read and check every setting; raises InvalidSetting for the first that cannot be used."""
    given = os.environ if environ is None else environ
    value = {setting.name: given.get(setting.name) or setting.default for setting in SETTINGS}
    host = value["FLAGSTAFF_HOST"]
    certificate, key = value["FLAGSTAFF_TLS_CERTIFICATE"], value["FLAGSTAFF_TLS_KEY"]
    if bool(certificate) != bool(key):
        raise InvalidSetting("FLAGSTAFF_TLS_CERTIFICATE and FLAGSTAFF_TLS_KEY must be set together")
    listens = (str(ip_network(host)),) if _is_address(host) else ()
    database = _database("FLAGSTAFF_DATABASE_URL", value)
    return Config(
        database=database,
        events=_events(value, database),
        audit_days=_number("FLAGSTAFF_AUDIT_DAYS", value, 36_500),
        events_days=_number("FLAGSTAFF_EVENTS_DAYS", value, 36_500, lowest=1),
        events_gb=_number("FLAGSTAFF_EVENTS_GB", value, 1_000_000, lowest=1),
        new_contexts=_number("FLAGSTAFF_NEW_CONTEXTS", value),
        new_attributes=_number("FLAGSTAFF_NEW_ATTRIBUTES", value),
        new_applications=_number("FLAGSTAFF_NEW_APPLICATIONS", value),
        new_keys=_number("FLAGSTAFF_NEW_KEYS", value),
        host=host,
        port=_number("FLAGSTAFF_PORT", value, 65_535),
        given_base_url=_base_url(value["FLAGSTAFF_BASE_URL"]),
        trusted_proxies=_networks("FLAGSTAFF_TRUSTED_PROXIES", value),
        tls_certificate=certificate,
        tls_key=key,
        admin_email=_email(value["FLAGSTAFF_ADMIN_EMAIL"]),
        admin_password=value["FLAGSTAFF_ADMIN_PASSWORD"],
        admin_token=_token(value["FLAGSTAFF_ADMIN_TOKEN"]),
        secret_key=_secret_key(value["FLAGSTAFF_SECRET_KEY"]),
        allowed_networks=_allowed(value["FLAGSTAFF_ALLOWED_NETWORKS"]),
        public_addresses=_networks("FLAGSTAFF_PUBLIC_ADDRESSES", value) or listens,
        outbound_addresses=_networks("FLAGSTAFF_OUTBOUND_ADDRESSES", value) or listens,
        mail_server=_mail_server(value["FLAGSTAFF_SMTP_URL"], value["FLAGSTAFF_MAIL_FROM"]),
        metrics_token=value["FLAGSTAFF_METRICS_TOKEN"],
        log_format=_log_format(value["FLAGSTAFF_LOG_FORMAT"]),
        account_limit=_number("FLAGSTAFF_ACCOUNT_LIMIT", value, lowest=1),
        route_limit=_number("FLAGSTAFF_ROUTE_LIMIT", value, lowest=1),
        roles=_roles(value["FLAGSTAFF_ROLES"]),
        oidc=_oidc(value),
    )


def _oidc(value: Mapping[str, str]) -> OidcSettings | None:
    try:
        return read_settings(value)
    except ValueError as error:
        raise InvalidSetting(str(error)) from None


def list_warnings(config: Config, environ: Mapping[str, str] | None = None) -> list[str]:
    """What an operator should know about settings that can be used: one line each."""
    given = os.environ if environ is None else environ
    known = [setting.name for setting in SETTINGS]
    unknown = sorted(name for name in given if name.startswith(PREFIX) and name not in known)
    warnings = [_unknown(name, known) for name in unknown if name not in NOT_OF_THE_SERVER]
    if config.host in EVERY_ADDRESS and not config.given_base_url:
        warnings.append(
            f"FLAGSTAFF_HOST is {config.host} and FLAGSTAFF_BASE_URL is not set: "
            f"links and sessions are for {config.base_url} only"
        )
    if config.mail_server is not None and not config.given_base_url:
        warnings.append(f"FLAGSTAFF_BASE_URL is not set: links in mails lead to {config.base_url}")
    return warnings


def _unknown(name: str, known: list[str]) -> str:
    meant = get_close_matches(name, known, 1, 0.8)
    return f"{name} is no setting and is ignored" + (f"; is it {meant[0]}?" if meant else "")


def _database(name: str, value: Mapping[str, str]) -> Path:
    try:
        path = path_of(value[name])
    except ValueError as error:
        raise InvalidSetting(f"{name}: {error}") from None
    if path.name == ":memory:":
        raise InvalidSetting(f"{name} must name a file")
    return path


def _events(value: Mapping[str, str], database: Path) -> Path:
    if not value["FLAGSTAFF_EVENTS_URL"]:
        return events_beside(database)
    path = _database("FLAGSTAFF_EVENTS_URL", value)
    if path.resolve() == database.resolve():
        raise InvalidSetting("FLAGSTAFF_EVENTS_URL must name another file than FLAGSTAFF_DATABASE_URL")
    return path


def _base_url(url: str) -> str:
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        is_origin = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_origin = False
    if not is_origin or parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username:
        raise InvalidSetting(f"FLAGSTAFF_BASE_URL must be like https://flags.example.com, not {url!r}")
    return url.rstrip("/")


def _number(name: str, value: Mapping[str, str], highest: int = 10**12, *, lowest: int = 0) -> int:
    text = value[name]
    if not (text.isascii() and text.isdecimal() and lowest <= int(text) <= highest):
        raise InvalidSetting(f"{name} must be a number from {lowest} to {highest}, not {text!r}")
    return int(text)


def _email(address: str) -> str:
    name, at, host = address.strip().rpartition("@")
    if not (name and at and host) or len(address) > 254 or any(mark.isspace() for mark in address.strip()):
        raise InvalidSetting(f"FLAGSTAFF_ADMIN_EMAIL must be an e-mail address, not {address!r}")
    return address.strip()


def _token(token: str) -> str:
    if token and (len(token) < 32 or len(token) > 256):
        raise InvalidSetting("FLAGSTAFF_ADMIN_TOKEN needs at least 32 characters, and at most 256")
    if not token.isascii() or not all(mark.isprintable() and mark != " " for mark in token):
        raise InvalidSetting("FLAGSTAFF_ADMIN_TOKEN must be ASCII characters without blanks")
    return token


def _secret_key(text: str) -> str:
    try:
        return SecretKey.parse(text).value.hex() if text else ""
    except InvalidSecretKey:
        raise InvalidSetting("FLAGSTAFF_SECRET_KEY must be 64 hexadecimal digits") from None


def _allowed(text: str) -> AllowedNetworks:
    try:
        return AllowedNetworks.parse(text)
    except ValueError as error:
        raise InvalidSetting(f"FLAGSTAFF_ALLOWED_NETWORKS: {error}") from None


def _mail_server(url: str, sender: str) -> MailServer | None:
    if bool(url) != bool(sender):
        raise InvalidSetting("FLAGSTAFF_SMTP_URL and FLAGSTAFF_MAIL_FROM must be set together")
    try:
        return MailServer.parse(url, sender) if url else None
    except ValueError as error:
        raise InvalidSetting(str(error)) from None


def _log_format(name: str) -> str:
    if name not in {"", "console", "json"}:
        raise InvalidSetting(f"FLAGSTAFF_LOG_FORMAT must be console or json, not {name!r}")
    return name or ("console" if sys.stdout.isatty() else "json")


def _roles(text: str) -> frozenset[str]:
    words = frozenset(text.replace(",", " ").split())
    if words == {"all"}:
        return ROLES
    if not words or not words <= ROLES:
        raise InvalidSetting(
            f"FLAGSTAFF_ROLES must be all, or any of {', '.join(sorted(ROLES))}, not {text!r}"
        )
    return words


def _networks(name: str, value: Mapping[str, str]) -> tuple[str, ...]:
    try:
        return tuple(str(ip_network(word)) for word in value[name].replace(",", " ").split())
    except ValueError as error:
        raise InvalidSetting(f"{name}: {error}") from None


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
