"""The operator's settings of a provider of identities, checked."""

from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import urlsplit

from flagstaff.features.accounts.oidc.model import ASSIGNABLE, OidcSettings, Provisioning, parse_groups

PREFIX = "FLAGSTAFF_OIDC_"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
Value = TypeVar("Value")
PROVISIONING: dict[str, Provisioning] = {"invited": "invited", "anyone": "anyone"}


def read_settings(value: Mapping[str, str]) -> OidcSettings | None:
    """Those among all settings; None without an issuer. Raises ValueError naming a faulty one."""
    given = {name.removeprefix(PREFIX): text for name, text in value.items() if name.startswith(PREFIX)}
    if not given["ISSUER"]:
        if given["CLIENT_ID"] or given["CLIENT_SECRET"]:
            raise ValueError(f"{PREFIX}ISSUER must be set, too")
        return None
    if not given["CLIENT_ID"]:
        raise ValueError(f"{PREFIX}CLIENT_ID must be set, too")
    if "openid" not in given["SCOPES"].split():
        raise ValueError(f"{PREFIX}SCOPES must have openid among them")
    return OidcSettings(
        issuer=_issuer(given["ISSUER"]),
        client_id=given["CLIENT_ID"],
        client_secret=given["CLIENT_SECRET"],
        name=given["NAME"],
        scopes=given["SCOPES"],
        groups_claim=given["GROUPS_CLAIM"],
        groups=_groups(given["GROUPS"]),
        role=_one_of("ROLE", given["ROLE"], {role: role for role in ASSIGNABLE}),
        provisioning=_one_of("PROVISIONING", given["PROVISIONING"], PROVISIONING),
        trusts_email=_one_of("TRUST_EMAIL", given["TRUST_EMAIL"], {"no": False, "yes": True}),
    )


def _issuer(url: str) -> str:
    try:
        parts = urlsplit(url)
        fits = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        fits = fits and bool(parts.hostname) and not parts.query and not parts.fragment and not parts.username
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(f"{PREFIX}ISSUER must be like https://login.example.com, not {url!r}")
    return url


def _groups(text: str) -> Mapping[str, tuple[str, ...]]:
    try:
        return parse_groups(text)
    except ValueError as error:
        raise ValueError(f"{PREFIX}GROUPS: {error}") from None


def _one_of(name: str, text: str, values: Mapping[str, Value]) -> Value:
    if text not in values:
        raise ValueError(f"{PREFIX}{name} must be one of {', '.join(values)}, not {text!r}")
    return values[text]
