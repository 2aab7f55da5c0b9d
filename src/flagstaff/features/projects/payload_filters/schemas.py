"""Payload filters on the wire."""

from msgspec import Struct, field

from flagstaff.features.projects.schemas import Name
from flagstaff.kernel.links import Link


class PayloadFilterPut(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """What a filter takes in: flags with one of the tags, and flags with one of the keys."""

    name: Name
    flag_tags: tuple[str, ...] = ()
    flag_keys: tuple[str, ...] = ()


class PayloadFilterRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A payload filter. SDKs ask for it by its key."""

    key: str
    name: str
    flag_tags: tuple[str, ...]
    flag_keys: tuple[str, ...]
    version: int = field(name="_version")
    links: dict[str, Link] = field(name="_links")


class PayloadFiltersRep(Struct, frozen=True, rename="camel", kw_only=True):
    """Every payload filter of a project, by key."""

    items: list[PayloadFilterRep]
    total_count: int
    links: dict[str, Link] = field(name="_links")
