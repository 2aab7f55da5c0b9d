"""Teams on the wire: what a caller sends and gets."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.access.checks import Checked
from flagstaff.features.accounts.represent import MemberSummaryRep
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.links import Links

MOST_MEMBERS = 10_000  # that one request names
MOST_ROLES = 100
Name = Annotated[str, Meta(min_length=1, max_length=256)]
Description = Annotated[str, Meta(max_length=4_096)]
MemberIds = Annotated[tuple[str, ...], Meta(max_length=MOST_MEMBERS)]
RoleKeys = Annotated[tuple[str, ...], Meta(max_length=MOST_ROLES)]
Actions = Annotated[tuple[str, ...], Meta(max_length=100)]
ActionSet = Literal["maintainTeam"]
AttributeName = Annotated[str, Meta(min_length=1, max_length=256)]
AttributeValues = Annotated[tuple[Annotated[str, Meta(max_length=256)], ...], Meta(max_length=100)]
RoleAttributes = Annotated[dict[AttributeName, AttributeValues], Meta(max_length=50)]


class ExpandQuery(Struct, frozen=True):
    """What to show beside the team: `members`, `roles`, `projects`, `maintainers`."""

    expand: Annotated[
        str, Meta(description="Any of `members`, `roles`, `projects`, `maintainers`, joined by commas.")
    ] = ""


class TeamListQuery(ExpandQuery, frozen=True):
    """How the list is narrowed and paged, and what it shows beside each team."""

    limit: int | None = None
    offset: int | None = None
    filter: str = ""


class PageQuery(Struct, frozen=True):
    """Which part of the list to answer."""

    limit: int | None = None
    offset: int | None = None


class GrantPost(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """What members may do with the team: either a set of actions or single ones."""

    action_set: ActionSet | None = None
    actions: Actions = ()
    member_ids: MemberIds = field(default=(), name="memberIDs")


class TeamPost(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """A new team."""

    key: str
    name: Name
    description: Description = ""
    custom_role_keys: RoleKeys = ()
    member_ids: MemberIds = field(default=(), name="memberIDs")
    permission_grants: Annotated[tuple[GrantPost, ...], Meta(max_length=100)] = ()
    role_attributes: RoleAttributes = {}


class CsvForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing stands in the form beside the file."""


class ProjectSummaryRep(Struct, frozen=True, kw_only=True):
    """A project in brief."""

    links: Links = field(name="_links")
    id: str = field(name="_id")
    key: str
    name: str


class TeamProjectsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The projects in which something may be changed."""

    total_count: int
    items: list[ProjectSummaryRep]


class TeamRoleRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A custom role that the team has."""

    key: str
    name: str
    projects: TeamProjectsRep
    applied_on: Millis


class TeamRolesRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A page of the custom roles of a team."""

    links: Links = field(name="_links")
    total_count: int
    items: list[TeamRoleRep]


class TeamMaintainersRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A page of the members who look after a team."""

    links: Links = field(name="_links")
    total_count: int
    items: list[MemberSummaryRep]


class TeamMembersRep(Struct, frozen=True, rename="camel"):
    """How many belong to a team."""

    total_count: int


class TeamRep(Checked, frozen=True, rename="camel", kw_only=True):
    """A team; what was not expanded is left out."""

    links: Links = field(name="_links")
    key: str
    name: str
    description: str
    version: int = field(name="_version")
    creation_date: Millis = field(name="_creationDate")
    last_modified: Millis = field(name="_lastModified")
    idp_synced: bool = field(name="_idpSynced", default=False)
    role_attributes: dict[str, tuple[str, ...]] | UnsetType = UNSET
    members: TeamMembersRep | UnsetType = UNSET
    roles: TeamRolesRep | UnsetType = UNSET
    projects: TeamProjectsRep | UnsetType = UNSET
    maintainers: TeamMaintainersRep | UnsetType = UNSET


class TeamsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A page of teams."""

    links: Links = field(name="_links")
    total_count: int
    items: list[TeamRep]


class ImportItemRep(Struct, frozen=True, kw_only=True):
    """One line of a file: `success` where it can be imported, else `error` and why not."""

    status: Literal["success", "error"]
    value: str
    message: str | UnsetType = UNSET


class TeamImportRep(Struct, frozen=True):
    """The lines of a file. Members were added only if none of them is an error."""

    items: list[ImportItemRep]


class TeamsPatchRep(Struct, frozen=True, kw_only=True):
    """Who was put into which teams, and why others were not changed."""

    member_ids: list[str] = field(name="memberIDs")
    team_keys: list[str] = field(name="teamKeys")
    errors: list[dict[str, str]]
