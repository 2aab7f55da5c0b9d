"""Contexts on the wire: how they are searched for, and pages of what was found."""

from typing import Any

from msgspec import UNSET, Struct, UnsetType, field

from flagstaff.kernel.links import Link, Links


class PartQuery(Struct, frozen=True, rename="camel"):
    """How a list of contexts is narrowed, ordered and paged."""

    limit: int | None = None
    continuation_token: str = ""
    sort: str = ""
    filter: str = ""
    include_total_count: bool = True


class SearchBody(Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """The same in a body, for filters that are too long for an address."""

    filter: str | UnsetType = UNSET
    sort: str | UnsetType = UNSET
    limit: int | UnsetType = UNSET
    continuation_token: str | UnsetType = UNSET


class ContextRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A context as it was last seen in one application."""

    last_seen: str
    application_id: str | UnsetType = UNSET
    context: Any
    associated_contexts: int
    links: Links = field(name="_links")


class ContextsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A part of the contexts that were found."""

    links: dict[str, Link] = field(name="_links")
    total_count: int | UnsetType = UNSET
    environment_id: str = field(name="_environmentId")
    continuation_token: str | UnsetType = UNSET
    items: list[ContextRep]


class InstanceRep(Struct, frozen=True, rename="camel", kw_only=True):
    """Contexts that were evaluated together, as they were last seen in one application."""

    last_seen: str
    id: str
    application_id: str | UnsetType = UNSET
    anonymous_kinds: tuple[str, ...] | UnsetType = UNSET
    context: Any
    links: Links = field(name="_links")


class InstancesRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A part of the instances that were found."""

    links: dict[str, Link] = field(name="_links")
    total_count: int | UnsetType = UNSET
    environment_id: str = field(name="_environmentId")
    continuation_token: str | UnsetType = UNSET
    items: list[InstanceRep]


class AttributeNameRep(Struct, frozen=True):
    """An attribute, and about how many contexts have it."""

    name: str
    weight: int
    redacted: bool


class AttributeNamesOfKindRep(Struct, frozen=True):
    """The attributes that contexts of one kind have."""

    kind: str
    names: list[AttributeNameRep]


class AttributeNamesRep(Struct, frozen=True):
    """The attributes of contexts, by kind."""

    items: list[AttributeNamesOfKindRep]


class AttributeValueRep(Struct, frozen=True):
    """A value of an attribute, and about how many contexts have it."""

    name: Any
    weight: int


class AttributeValuesOfKindRep(Struct, frozen=True):
    """The values that an attribute has in contexts of one kind."""

    kind: str
    values: list[AttributeValueRep]


class AttributeValuesRep(Struct, frozen=True):
    """The values of an attribute, by kind."""

    items: list[AttributeValuesOfKindRep]
