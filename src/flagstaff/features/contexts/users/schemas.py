"""Users on the wire."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.kernel.links import Links


class UsersQuery(Struct, frozen=True, rename="camel"):
    """Which part of the users to list; `searchAfter` is the sort value of the last one before it."""

    limit: int | None = None
    search_after: str = ""


class UserSearchQuery(Struct, frozen=True, rename="camel"):
    """How users are searched for, ordered and paged."""

    q: str = ""
    limit: int | None = None
    offset: int | None = None
    after: Annotated[int | None, Meta(description="Only users last seen at this time or before it.")] = None
    sort: str = ""
    search_after: str = ""
    filter: str = ""


class UserJson(Struct, frozen=True, rename="camel", kw_only=True):
    """A user, with attributes of one's own in `custom`."""

    key: str
    secondary: str | UnsetType = UNSET
    ip: str | UnsetType = UNSET
    country: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    first_name: str | UnsetType = UNSET
    last_name: str | UnsetType = UNSET
    avatar: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    anonymous: bool | UnsetType = UNSET
    custom: dict[str, Any] | UnsetType = UNSET
    private_attrs: list[str] | UnsetType = UNSET


class UserRecordRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A user as they were last seen."""

    last_ping: str
    environment_id: str
    owner_id: str
    user: UserJson
    sort_value: str | int | UnsetType = UNSET
    links: Links = field(name="_links")


class UsersRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A part of the users that were found."""

    links: Links = field(name="_links")
    total_count: int
    items: list[UserRecordRep]


class UserAttributesRep(Struct, frozen=True):
    """The attributes that users have had: those kept private, those of one's own, and those of every SDK."""

    private: list[str]
    custom: list[str]
    standard: list[str]
