"""Signing in and sessions on the wire."""

from typing import Annotated

from msgspec import Meta, Struct, field

from flagstaff.features.accounts.represent import MemberSummaryRep
from flagstaff.kernel.clock import Millis

Email = Annotated[str, Meta(max_length=254)]
Password = Annotated[str, Meta(max_length=1_024)]
Code = Annotated[str, Meta(max_length=64)]


class SignInPost(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`code` is needed where the member has a second factor: six digits, or a recovery code."""

    email: Email
    password: Password
    code: Code = ""


class SessionRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The session of the caller; `expiresAt` is when it ends at the latest."""

    id: str = field(name="_id")
    member: MemberSummaryRep
    created_at: Millis
    expires_at: Millis
    second_factor: Annotated[bool, Meta(description="Whether the member has a second factor.")]
    unseen: Annotated[
        tuple[str, ...],
        Meta(description="Which of `team`, `role`, `relay-proxy-config`, `webhook` no role shows any of."),
    ]
    position: Annotated[
        int,
        Meta(description="Of the newest change: what is read later has all up to it."),
    ]


class OpenSessionRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A session of the caller, in this browser (`current`) or in another one."""

    id: str = field(name="_id")
    created_at: Millis
    expires_at: Millis
    last_seen: Millis
    address: str
    user_agent: str
    current: bool


class OpenSessionsRep(Struct, frozen=True):
    """Every session of the caller, the one that was used last first."""

    items: list[OpenSessionRep]


class ProviderRep(Struct, frozen=True):
    """A provider of identities, as a button names it."""

    name: str


class MethodsRep(Struct, frozen=True):
    """How one can sign in here, and whether the server can send mail."""

    password: bool
    oidc: ProviderRep | None
    mail: bool
