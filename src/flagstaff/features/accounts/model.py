"""Accounts, their members and their access tokens: frozen state, and who a token's caller is."""

import msgspec

from flagstaff.access.decision import Caller
from flagstaff.access.policies import Policy, Statement
from flagstaff.access.roles import BUILT_IN
from flagstaff.kernel.clock import Millis

OWNER = "owner"


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """The one account of an installation."""

    id: str
    name: str
    owner_id: str
    created: Millis
    version: int = 1


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A person. `role` is one of the built-in roles."""

    id: str
    email: str
    role: str
    first_name: str = ""
    last_name: str = ""
    created: Millis
    version: int = 1


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """An access token: personal unless `service`. Either a built-in role or an inline policy bounds it."""

    id: str
    member_id: str
    name: str
    ending: str  # the last four characters of the secret
    role: str = ""
    inline_policy: tuple[Statement, ...] = ()
    service: bool = False
    default_api_version: int = 0
    created: Millis
    version: int = 1

    def policy(self) -> Policy:
        """What the token itself permits."""
        if self.inline_policy:
            return Policy(statements=self.inline_policy, base="reader", role_name="inline policy")
        return BUILT_IN[self.role]


def caller_of(token: Token, member: Member) -> Caller:
    """Who calls with a token: a service token is itself, a personal one its member within the token's cap."""
    if token.service:
        return Caller(
            kind="service-token", member_id=None, token_id=token.id, name=token.name, grants=(token.policy(),)
        )
    return Caller(
        kind="token",
        member_id=member.id,
        token_id=token.id,
        name=member.email,
        grants=(BUILT_IN[member.role],),
        cap=(token.policy(),),
    )
