"""Wire shapes of lists for reading: flags without their rules and values, and the traffic of some of them."""

from msgspec import UNSET, Struct, UnsetType, field

from flagstaff.features.accounts.represent import MemberSummaryRep
from flagstaff.kernel.links import Links


class RowsQuery(Struct, frozen=True):
    """How the list is narrowed, ordered and paged. Filters about an environment mean that of the path."""

    limit: int | None = None
    offset: int | None = None
    filter: str = ""
    sort: str = ""


class RowVariationRep(Struct, frozen=True, kw_only=True):
    """A variation; `label` is its name, else the beginning of its value as JSON."""

    name: str
    label: str


class ShareRep(Struct, frozen=True, kw_only=True):
    """A variation by its index, and its share in thousandths of a percent."""

    variation: int
    weight: int


class RowTargetingRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The targeting of a flag in an environment, counted.

    `serves` is what is served to whom no target and no rule catches, or to everybody while it is off.
    `servable` says how many variations it can serve while it is on: with 1, everybody gets the same.
    """

    on: bool
    version: int
    last_modified: int
    serves: tuple[ShareRep, ...]
    servable: int
    rules: int
    targets: int
    prerequisites: int


class FlagRowRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A flag in one line; `status` is that of the environment of the list.

    `switchable` tells whether the caller may turn it on and off there; an archived one is for nobody.
    """

    key: str
    name: str
    switchable: bool
    kind: str
    purpose: str | UnsetType = UNSET
    tags: tuple[str, ...]
    temporary: bool
    archived: bool
    deprecated: bool
    creation_date: int
    maintainer: MemberSummaryRep | UnsetType = UNSET
    maintainer_team_key: str | UnsetType = UNSET
    variations: tuple[RowVariationRep, ...]
    status: str
    last_requested: int | UnsetType = UNSET
    environments: dict[str, RowTargetingRep]
    links: Links = field(name="_links")


class FlagRowsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A page of flags in brief."""

    items: tuple[FlagRowRep, ...]
    total_count: int
    links: Links = field(name="_links")


class TrafficQuery(Struct, frozen=True):
    """Which flags, at most 100; and how many hours back, at most 168."""

    key: list[str] = field(default_factory=list)
    hours: int = 24


class VariationTrafficRep(Struct, frozen=True, kw_only=True):
    """How often a variation was served, in all and in each hour; null is the fallback value of code."""

    variation: int | None
    count: int
    series: tuple[int, ...]


class FlagTrafficRep(Struct, frozen=True, kw_only=True):
    """What was served of a flag; a flag that was not evaluated has no variations here."""

    key: str
    count: int
    variations: tuple[VariationTrafficRep, ...]


class TrafficRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The traffic of flags; points of a series begin at `begin` and are `step` milliseconds apart."""

    begin: int
    step: int
    points: int
    items: tuple[FlagTrafficRep, ...]
    links: Links = field(name="_links")
