"""Accounts, their members and their access tokens: frozen state, and who a token's caller is."""

from collections.abc import Sequence

import msgspec

from flagstaff.access.decision import Caller
from flagstaff.access.policies import Policy, Statement
from flagstaff.access.roles import BUILT_IN
from flagstaff.access.specifiers import Resource, top_resource
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
    """A person. `role` is one of the built-in roles, which the custom ones replace where there are any.

    Who is `invited` has not yet accepted; an address is `verified` once a link that was sent there was used.
    """

    id: str
    email: str
    role: str
    custom_roles: tuple[str, ...] = ()  # their ids
    role_attributes: dict[str, tuple[str, ...]] = {}
    first_name: str = ""
    last_name: str = ""
    invited: bool = False
    verified: bool = True
    created: Millis
    version: int = 1

    @property
    def resource(self) -> Resource:
        """What policies call it."""
        return member_resource(self.id)

    @property
    def may_be_mailed(self) -> bool:
        """Whether links may go to the address: one that a session alone has set opens no account."""
        return self.verified or self.invited

    @property
    def display_name(self) -> str:
        """First and last name, or the address of someone without."""
        return f"{self.first_name} {self.last_name}".strip() or self.email


def fold_email(email: str) -> str:
    """An address in the one form that it is stored and looked up in."""
    return email.strip().lower()


def member_resource(member_id: str) -> Resource:
    return top_resource("member", member_id)


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """An access token: personal unless `service`; bound by a built-in role, custom roles or a policy."""

    id: str
    member_id: str  # who made it, and acts through it if it is personal
    name: str
    description: str = ""
    ending: str  # the last four characters of the secret
    role: str = ""
    custom_roles: tuple[str, ...] = ()  # their ids
    inline_policy: tuple[Statement, ...] = ()
    service: bool = False
    default_api_version: int = 0
    created: Millis
    modified: Millis = 0  # 0: never since
    version: int = 1

    @property
    def resource(self) -> Resource:
        """What policies call it."""
        if self.service:
            return top_resource("service-token", self.id)
        return member_resource(self.member_id).child("token", self.id)

    def policies(self, roles: Sequence[Policy] = ()) -> tuple[Policy, ...]:
        """What the token itself permits; `roles` are the policies of its custom roles, if it has any."""
        if self.inline_policy:
            return (Policy(statements=self.inline_policy, base="reader", role_name="inline policy"),)
        return (BUILT_IN[self.role],) if self.role else tuple(roles)


def policies_of(member: Member, roles: Sequence[Policy] = ()) -> tuple[Policy, ...]:
    """What a member may do by roles; `roles` are the policies of the custom ones, own and of teams."""
    return tuple(roles) or (BUILT_IN[member.role],)


def session_caller(member: Member, grants: Sequence[Policy] = ()) -> Caller:
    """A member in person, as no token bounds them; `grants` are all policies of the member."""
    return Caller(
        kind="member",
        member_id=member.id,
        token_id=None,
        name=member.email,
        grants=policies_of(member, grants),
        role_attributes=member.role_attributes,
    )


def caller_of(
    token: Token, member: Member | None, grants: Sequence[Policy] = (), caps: Sequence[Policy] = ()
) -> Caller:
    """Who calls with a token: a service token is itself, a personal one its member within the token's cap.

    `grants` are all policies of the member, `caps` those of the token's custom roles.
    """
    if token.service or member is None:
        return Caller(
            kind="service-token",
            member_id=None,
            token_id=token.id,
            name=token.name,
            grants=token.policies(caps),
        )
    return Caller(
        kind="token",
        member_id=member.id,
        token_id=token.id,
        name=member.email,
        grants=policies_of(member, grants),
        cap=token.policies(caps),
        role_attributes=member.role_attributes,
    )
