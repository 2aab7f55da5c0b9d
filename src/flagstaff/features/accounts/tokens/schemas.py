"""Access tokens on the wire: what a caller sends and gets."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.access.policies import Statement
from flagstaff.features.accounts.policies import Statements
from flagstaff.features.accounts.represent import MemberSummaryRep
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.links import Links

MOST_ROLES = 100
Name = Annotated[str, Meta(max_length=256)]
Description = Annotated[str, Meta(max_length=4_096)]
TokenRole = Literal["reader", "writer", "admin"]
RoleNames = Annotated[tuple[str, ...], Meta(max_length=MOST_ROLES)]


class TokenListQuery(Struct, frozen=True, rename="camel"):
    """With `showAll=true` the tokens of other members are listed, too, for those who may see them."""

    show_all: Annotated[bool, Meta(description="Whether to list the tokens of other members, too.")] = False
    limit: int | None = None
    offset: int | None = None


class TokenExpiryQuery(Struct, frozen=True):
    """When the secret that is replaced stops working; without it, at once."""

    expiry: Annotated[int, Meta(description="When, in milliseconds since 1970.")] = 0


class TokenPost(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """A new token. Exactly one of `role`, `customRoleIds` and `inlineRole` says what it may do."""

    name: Name = ""
    description: Description = ""
    role: TokenRole | None = None
    custom_role_ids: RoleNames = ()
    inline_role: Statements = ()
    service_token: bool = False
    default_api_version: int | None = None


class TokenFields(Struct, frozen=True, rename="camel", kw_only=True):
    """The members of a token that a patch may change."""

    name: Name = ""
    description: Description = ""
    role: TokenRole | None = None
    custom_role_ids: RoleNames = ()
    inline_role: Statements = ()


class TokenRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A token; `token` is the whole secret where it was made or reset, and its last digits ever after."""

    links: Links = field(name="_links")
    id: str = field(name="_id")
    owner_id: str
    member_id: str
    member: MemberSummaryRep | UnsetType = field(default=UNSET, name="_member")
    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    creation_date: Millis
    last_modified: Millis
    custom_role_ids: tuple[str, ...] | UnsetType = UNSET
    inline_role: tuple[Statement, ...] | UnsetType = UNSET
    role: str | UnsetType = UNSET
    token: str
    service_token: bool
    default_api_version: int
    last_used: Millis | UnsetType = UNSET


class TokensRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A page of tokens."""

    links: Links = field(name="_links")
    items: list[TokenRep]
    total_count: int
