"""Signing in with a provider of identities (OpenID Connect): its settings, and what it says of a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from flagstaff.kernel.clock import Millis

ROLE, TEAM = "role:", "team:"  # before the key of a custom role or a team in the mapping of groups
ASSIGNABLE = ("no_access", "reader", "writer", "admin")  # from the least to the most
ATTEMPT_LASTS: Millis = 10 * 60_000
CALLBACK = "/auth/oidc/callback"
Groups = Mapping[str, tuple[str, ...]]
Provisioning = Literal["invited", "anyone"]
Reason = Literal[  # each has its words on the page that signs in
    "sign_in_expired",
    "not_configured",
    "not_invited",
    "email_not_verified",
    "identity_in_use",
    "provider_refused",
    "provider_unavailable",
    "token_invalid",
]


@dataclass(frozen=True)
class OidcSettings:
    """What the operator says of the provider. `groups` maps its groups to built-in roles and custom ones."""

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    name: str = "Single sign-on"
    scopes: str = "openid email profile"
    groups_claim: str = "groups"
    groups: Groups = field(default_factory=dict)
    role: str = "reader"
    provisioning: Provisioning = "invited"
    trusts_email: bool = False


class Attempt(msgspec.Struct, frozen=True):
    """A sign-in that goes on at the provider; the browser keeps it, encrypted, until it comes back."""

    state: str
    nonce: str
    verifier: str
    following: str  # the page to go on to
    started: Millis


class Person(msgspec.Struct, frozen=True):
    """Whom the provider has recognised; `subject` is what it will always call this person."""

    issuer: str
    subject: str
    email: str = ""
    email_verified: bool = False
    first_name: str = ""
    last_name: str = ""
    groups: frozenset[str] = frozenset()


class IdentityRefused(Exception):
    """Signing in failed; `reason` is what the sign-in page is told, `message` what the log says."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message


def parse_groups(text: str) -> Groups:
    """Read the mapping of groups, a JSON object; raises ValueError saying what is wrong."""
    if not text:
        return {}
    try:
        mapping: dict[str, list[str]] = msgspec.json.decode(text, type=dict[str, list[str]])
    except msgspec.MsgspecError:
        raise ValueError('must be like {"developers": ["writer", "role:on-call", "team:web"]}') from None
    for group, gives in mapping.items():
        for given in gives:
            named = given.removeprefix(ROLE).removeprefix(TEAM) if ":" in given else given
            if not named or (named == given and given not in ASSIGNABLE):
                raise ValueError(
                    f"{given!r} of the group {group!r} is none of {', '.join(ASSIGNABLE)}, role:KEY, team:KEY"
                )
    return {group: tuple(gives) for group, gives in mapping.items()}


def read_person(claims: Mapping[str, Any], settings: OidcSettings) -> Person:
    """The person in the claims of a token; raises IdentityRefused for one without a proper subject."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise IdentityRefused("token_invalid", "The provider does not say who it is")
    return Person(
        issuer=settings.issuer,
        subject=subject,
        email=_text(claims, "email").strip().lower(),
        email_verified=settings.trusts_email or claims.get("email_verified") is True,
        first_name=_text(claims, "given_name"),
        last_name=_text(claims, "family_name"),
        groups=_groups(find_claim(claims, settings.groups_claim)),
    )


def find_claim(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its name, or by a path with dots, such as `realm_access.roles`; None where there is none."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def role_given(settings: OidcSettings, groups: frozenset[str]) -> str:
    """The highest built-in role that these groups give, else the default one; empty where none is mapped."""
    if not any(one in ASSIGNABLE for gives in settings.groups.values() for one in gives):
        return ""
    given = [ASSIGNABLE.index(one) for one in _given(settings, groups) if one in ASSIGNABLE]
    return ASSIGNABLE[max(given)] if given else settings.role


def keys_given(settings: OidcSettings, groups: frozenset[str], prefix: str) -> frozenset[str]:
    """The keys of the custom roles, or teams, that these groups give."""
    return _keys(_given(settings, groups), prefix)


def mapped_keys(settings: OidcSettings, prefix: str) -> frozenset[str]:
    """The keys of every custom role, or team, that the mapping names: no other is given or taken."""
    return _keys(_given(settings, frozenset(settings.groups)), prefix)


def is_local_path(path: str) -> bool:
    """Whether this is a page of the installation, and nothing that leads elsewhere."""
    return (
        path.startswith("/")
        and not path.startswith(("//", "/\\"))
        and path.isprintable()
        and "\\" not in path
    )


def _given(settings: OidcSettings, groups: frozenset[str]) -> frozenset[str]:
    return frozenset(one for group in groups for one in settings.groups.get(group, ()))


def _keys(given: frozenset[str], prefix: str) -> frozenset[str]:
    return frozenset(one.removeprefix(prefix) for one in given if one.startswith(prefix))


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value[:256] if isinstance(value, str) else ""


def _groups(value: Any) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset({value})
    return frozenset(one for one in value if isinstance(one, str)) if isinstance(value, list) else frozenset()
