"""Context kinds on the wire."""

from msgspec import UNSET, Struct, UnsetType, field

from flagstaff.kernel.links import Link


class ContextKindPut(Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """What to say about a kind; what is left out stays. `hideInTargeting` is another name of `archived`."""

    name: str
    description: str | UnsetType = UNSET
    hide_in_targeting: bool | UnsetType = UNSET
    archived: bool | UnsetType = UNSET
    version: int | UnsetType = UNSET


class PutContextKindRep(Struct, frozen=True):
    """That the kind is as the call wants it."""

    status: str
    links: dict[str, Link] = field(name="_links")


class ContextKindRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A kind of context."""

    key: str
    name: str
    description: str
    version: int
    creation_date: int
    last_modified: int
    last_seen: int | UnsetType = UNSET
    created_from: str
    hide_in_targeting: bool
    archived: bool
    links: dict[str, Link] = field(name="_links")


class ContextKindsRep(Struct, frozen=True):
    """Every kind of a project."""

    items: list[ContextKindRep]
    links: dict[str, Link] = field(name="_links")
