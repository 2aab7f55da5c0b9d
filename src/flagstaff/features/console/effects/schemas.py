"""Wire shapes of effects: instructions in, and how many contexts would be served something else."""

from typing import Annotated, Any

from msgspec import Meta, Struct, field

from flagstaff.features.flags.list_schemas import ReasonRep
from flagstaff.kernel.links import Links


class EffectBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The instructions of a semantic patch in the environment of the path."""

    instructions: Annotated[tuple[dict[str, Any], ...], Meta(min_length=1, max_length=2_000)]


class MoveRep(Struct, frozen=True, rename="camel", kw_only=True):
    """Contexts that would go from one variation to another, by index (null: none), and through which steps.

    `count` is how many of the sample, `estimate` how many of all.
    """

    before: int | None
    after: int | None
    reason_before: ReasonRep
    reason_after: ReasonRep
    count: int
    estimate: int


class FlagEffectRep(Struct, frozen=True, kw_only=True):
    """What a change would do to one flag; most frequent moves first."""

    key: str
    moved: int
    estimate: int
    moves: tuple[MoveRep, ...]


class EffectRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The effect of a change on the contexts seen since a time: `total`, of which `sampled` were tried.

    If these are fewer, they are those that were seen last, and estimates are scaled up. `moreFlags` that
    depend on what is changed were not tried.
    """

    since: int
    total: int
    sampled: int
    flags: tuple[FlagEffectRep, ...]
    more_flags: int
    links: Links = field(name="_links")
