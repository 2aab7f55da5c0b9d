"""Wire shapes of effects: instructions in, and how many contexts would be served something else."""

from typing import Annotated, Any

from msgspec import Meta, Struct, field

from flagstaff.features.flags.list_schemas import ReasonRep
from flagstaff.kernel.json_patch import Operations
from flagstaff.kernel.links import Links
from flagstaff.kernel.patches import MOST_INSTRUCTIONS


class EffectBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Instructions of a semantic patch in the environment of the path, or a JSON patch: one of the two."""

    instructions: Annotated[tuple[dict[str, Any], ...], Meta(max_length=MOST_INSTRUCTIONS)] = ()
    patch: Operations = ()


class MoveRep(Struct, frozen=True, rename="camel", kw_only=True):
    """Contexts that would go from one variation to another, by index (null: none), and through which steps.

    `before` is an index before the change, `after` one after it. `revalued` is true where both are the same
    variation, whose value is another. `count` is how many of the sample, `estimate` how many of all.
    """

    before: int | None
    after: int | None
    revalued: bool
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

    If these are fewer, they are those that were seen last, `total` is about right, and estimates are scaled
    up. `moreFlags` that depend on what is changed were not tried.
    """

    since: int
    total: int
    sampled: int
    flags: tuple[FlagEffectRep, ...]
    more_flags: int
    links: Links = field(name="_links")


class StepSharesQuery(Struct, frozen=True):
    """How far back those who are counted were seen last."""

    days: Annotated[int, Meta(ge=1, le=30, description="Of how many days the contexts are, at most 30.")] = 1


class StepShareRep(Struct, frozen=True, kw_only=True):
    """Contexts for whom one step decides: `count` of the sample, `estimate` of all."""

    reason: ReasonRep
    count: int
    estimate: int


class StepSharesRep(Struct, frozen=True, kw_only=True):
    """Which step of a flag, as it is now, decides for the contexts seen since a time; most frequent first.

    `total`, `sampled` and estimates are as those of an effect. A step that is not named decides for nobody.
    """

    since: int
    total: int
    sampled: int
    steps: tuple[StepShareRep, ...]
    links: Links = field(name="_links")
