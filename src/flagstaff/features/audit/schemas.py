"""The audit log on the wire."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.kernel.links import Links

Act = Literal["created", "changed", "toggled", "archived", "deleted", "refused"]


class AuditQuery(Struct, frozen=True):
    """`before` and `after` are exclusive, in milliseconds; `cursor` is what links to the next page carry.

    `spec` takes one resource specifier or several, joined by commas: what any of them names is selected.
    `within` takes one, too, and selects what it names with all that stands in it. `who` is the id of the
    member or token that acted. `act` selects what was `created`, `changed` (and neither created nor deleted),
    `toggled` (turned on or off), `archived` (or restored), `deleted`, or `refused`.
    """

    before: int | None = None
    after: int | None = None
    q: str = ""
    limit: int | None = None
    spec: str = ""
    within: str = ""
    who: str = ""
    act: Act | None = None
    cursor: int | None = None


class AccessRep(Struct, frozen=True):
    """An action, and the resource that it was done to; or not, where it says `deny`."""

    action: str
    resource: str
    access: Annotated[
        Literal["deny"] | UnsetType, Meta(description="`deny` where the action was not allowed.")
    ] = UNSET


class SubjectRep(Struct, frozen=True, kw_only=True):
    """Whoever acted."""

    links: Links = field(name="_links")
    name: str
    avatar_url: str = field(name="avatarUrl", default="")


class MemberDataRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The member who acted."""

    links: Links = field(name="_links")
    id: str = field(name="_id")
    email: str
    first_name: str
    last_name: str


class TokenDataRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The access token that was used."""

    links: Links = field(name="_links")
    id: str = field(name="_id")
    name: str
    ending: str
    service_token: bool


class ApplicationDataRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The program that acted for the member."""

    links: Links = field(name="_links")
    id: str = field(name="_id")
    is_scim: bool = False
    name: str


class ChangedResourceRep(Struct, frozen=True, kw_only=True):
    """The resource that was changed."""

    links: Links = field(name="_links")
    name: str
    resources: tuple[str, ...]


class ParentRep(Struct, frozen=True, kw_only=True):
    """What the resource stands in."""

    links: Links = field(name="_links")
    name: str
    resource: str


class ChangedVersionRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The version of a flag or segment before and after; of a flag in one environment, if one is named."""

    environment_key: str | UnsetType = UNSET
    before: int | UnsetType = UNSET
    after: int | UnsetType = UNSET


class AuditEntryRep(Struct, frozen=True, rename="camel", kw_only=True):
    """One change, as lists show it."""

    links: Links = field(name="_links")
    id: str = field(name="_id")
    account_id: str = field(name="_accountId")
    date: int
    accesses: tuple[AccessRep, ...]
    kind: str
    name: str
    description: str
    short_description: str = ""
    comment: str | UnsetType = UNSET
    subject: SubjectRep
    member: MemberDataRep | UnsetType = UNSET
    token: TokenDataRep | UnsetType = UNSET
    app: ApplicationDataRep | UnsetType = UNSET
    title_verb: str
    title: str
    target: ChangedResourceRep
    parent: ParentRep | UnsetType = UNSET
    versions: tuple[ChangedVersionRep, ...] | UnsetType = UNSET


class AuditDetailRep(AuditEntryRep, frozen=True, rename="camel", kw_only=True):
    """The same with the resource before and after, as far as it was there, and the patch that was sent."""

    delta: Annotated[
        list[dict[str, Any]] | UnsetType, Meta(description="The operations of the JSON patch that was sent.")
    ] = UNSET
    merge: Annotated[dict[str, Any] | UnsetType, Meta(description="The JSON merge patch that was sent.")] = (
        UNSET
    )
    previous_version: Any = UNSET
    current_version: Any = UNSET


class AuditEntriesRep(Struct, frozen=True, kw_only=True):
    """A page of the audit log, newest first."""

    links: Links = field(name="_links")
    items: list[AuditEntryRep]
