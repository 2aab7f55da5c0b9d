"""Members on the wire: what a caller sends and gets."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.features.accounts.emails import Email
from flagstaff.features.accounts.represent import MemberSummaryRep
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.links import Links

MOST_INVITED = 50
MOST_ROLES = 100
MOST_TEAMS = 100
Name = Annotated[str, Meta(max_length=256)]
RoleNames = Annotated[tuple[str, ...], Meta(max_length=MOST_ROLES)]
TeamKeys = Annotated[tuple[str, ...], Meta(max_length=MOST_TEAMS)]
GivenRole = Literal["reader", "writer", "admin", "no_access"]
RoleAttributes = Annotated[
    dict[
        Annotated[str, Meta(min_length=1, max_length=256)], Annotated[tuple[Name, ...], Meta(max_length=100)]
    ],
    Meta(max_length=50),
]


class MemberListQuery(Struct, frozen=True):
    """How the list is narrowed, ordered and paged."""

    limit: int | None = None
    offset: int | None = None
    filter: str = ""
    sort: str = ""


class MemberPost(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """Somebody to invite. A `password` is passed over: each member sets an own one with the invitation."""

    email: Email
    password: str | None = None
    first_name: Name = ""
    last_name: Name = ""
    role: GivenRole | Literal["owner/admin"] | None = None
    custom_roles: RoleNames = ()
    team_keys: TeamKeys = ()
    role_attributes: RoleAttributes = {}


MemberPosts = Annotated[tuple[MemberPost, ...], Meta(min_length=1, max_length=MOST_INVITED)]


class MemberTeamsPost(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """The teams that a member shall belong to, beside others."""

    team_keys: Annotated[tuple[str, ...], Meta(min_length=1, max_length=MOST_TEAMS)]


class MemberFields(Struct, frozen=True, rename="camel", kw_only=True):
    """The members of a member that others may change."""

    role: GivenRole | Literal["owner"]
    custom_roles: RoleNames = ()
    role_attributes: RoleAttributes = {}


class OwnFields(MemberFields, frozen=True, rename="camel", kw_only=True):
    """What one may change of oneself while signed in: names and address, too."""

    first_name: Name = ""
    last_name: Name = ""
    email: Email


class LastSeenRep(Struct, frozen=True, rename="camel"):
    """How the member was last seen."""

    token_id: str | UnsetType = UNSET


class MemberTeamRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A team that the member belongs to."""

    links: Links = field(name="_links")
    custom_role_keys: tuple[str, ...]
    key: str
    name: str


class MemberGrantRep(Struct, frozen=True, rename="camel", kw_only=True):
    """What the member may do with a team beside what roles allow: a set of actions, or single ones."""

    action_set: str | UnsetType = UNSET
    actions: tuple[str, ...] | UnsetType = UNSET
    resource: str


class MemberRep(MemberSummaryRep, frozen=True, rename="camel", kw_only=True):
    """A member; `_lastSeen` is 0 for somebody who was never there."""

    pending_invite: bool = field(name="_pendingInvite")
    verified: bool = field(name="_verified")
    custom_roles: tuple[str, ...]
    role_attributes: dict[str, tuple[str, ...]] | UnsetType = UNSET
    mfa: str
    excluded_dashboards: tuple[str, ...] = ()
    last_seen: Millis = field(name="_lastSeen")
    last_seen_metadata: LastSeenRep | UnsetType = field(name="_lastSeenMetadata", default=UNSET)
    teams: tuple[MemberTeamRep, ...] | UnsetType = UNSET
    permission_grants: tuple[MemberGrantRep, ...] | UnsetType = UNSET
    creation_date: Millis
    oauth_providers: tuple[str, ...] = ()


class MembersRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A page of members."""

    links: Links = field(name="_links")
    items: list[MemberRep]
    total_count: int


class MembersPatchRep(Struct, frozen=True, kw_only=True):
    """The ids of the members to whom the instructions were applied, and why not to others."""

    members: list[str]
    errors: list[dict[str, str]]
