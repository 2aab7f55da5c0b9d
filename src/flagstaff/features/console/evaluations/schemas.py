"""Wire shapes of what a flag served over time."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.features.console.lists.schemas import VariationTrafficRep
from flagstaff.kernel.links import Links


class EvaluationsQuery(Struct, frozen=True):
    """How many hours, and how long ago they end; each at most 720."""

    hours: Annotated[int, Meta(description="How many hours, at most 720.")] = 24
    ago: Annotated[int, Meta(description="How many hours ago they end, at most 720: 168 is a week.")] = 0


class KindsTrafficRep(Struct, frozen=True, kw_only=True):
    """How often a flag was evaluated for contexts of these kinds together; none where the SDK told none."""

    kinds: tuple[str, ...]
    count: int


class AskingApplicationRep(Struct, frozen=True, rename="camel", kw_only=True):
    """An application that asked for a flag, and when it last did."""

    key: str
    name: str
    last_requested: int


class FlagEvaluationsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """What a flag served; points of a series begin at `begin` and are `step` milliseconds apart.

    `gaps` are the points in which no SDK of the environment told anything. Requests are those since the flag
    was made, whenever they were; the applications are those that asked last, at most 50.
    """

    begin: int
    step: int
    points: int
    count: int
    variations: tuple[VariationTrafficRep, ...]
    gaps: tuple[int, ...]
    context_kinds: tuple[KindsTrafficRep, ...]
    applications: tuple[AskingApplicationRep, ...]
    first_requested: int | UnsetType = UNSET
    last_requested: int | UnsetType = UNSET
    links: Links = field(name="_links")
