"""Wire shapes of explanations: the body that asks, and the tree of steps that answers."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.evaluation.traces import Listed, State
from flagstaff.features.flags.list_schemas import ReasonRep
from flagstaff.kernel.links import Links

StepState = Annotated[
    State,
    Meta(
        description="`notNeeded`: another part of the step had decided it. `notReached`: an earlier step had "
        "decided the evaluation. `failed`: malformed data ended it here."
    ),
]


class ExplainBody(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """A context, and how the flag is to be seen: with instructions of a semantic patch, or as it was."""

    context: dict[str, Any]
    instructions: Annotated[tuple[dict[str, Any], ...], Meta(max_length=2_000)] = ()
    version: Annotated[
        int | None, Meta(description="As it was when the flag had this version in the environment.")
    ] = None
    date: Annotated[int | None, Meta(description="As it was at this time, in milliseconds.")] = None


class TracedVariationRep(Struct, frozen=True, kw_only=True):
    """A variation, by its index; `name` is empty if it has none."""

    index: int
    name: str
    value: Any


class TracedShareRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A share of a rollout, from one place on the scale of 0 to 1 to before another."""

    begin: float
    end: float
    variation: TracedVariationRep | UnsetType = UNSET


class TracedSplitRep(Struct, frozen=True, rename="camel", kw_only=True):
    """Where the context falls: `bucket` from 0 to 1, the shares, and the index of the chosen one.

    The bucket comes from the value that the context of `contextKind` has in `attribute`. Without that kind
    there is no bucket; without a value that can be used it is 0.
    """

    context_kind: str
    attribute: str
    value: str | UnsetType = UNSET
    bucket: float | UnsetType = UNSET
    shares: tuple[TracedShareRep, ...]
    chosen: int | UnsetType = UNSET
    is_experiment: bool


class TracedClauseRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A clause, and what the context has there.

    Of the values of the clause the first are shown, and in any case `metValue`, which the context meets.
    """

    state: StepState
    context_kind: str
    attribute: str
    op: str
    negate: bool
    values: tuple[Any, ...]
    value_count: int
    has_value: bool
    value: Any = UNSET
    met_value: Any = UNSET
    segments: tuple["TracedSegmentRep", ...]
    problem: str | UnsetType = UNSET


class TracedSegmentRuleRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A rule of a segment; `split` is there if it lets in only a share of those who meet its clauses."""

    state: StepState
    id: str
    description: str
    clauses: tuple[TracedClauseRep, ...]
    split: TracedSplitRep | UnsetType = UNSET


class TracedSegmentRep(Struct, frozen=True, rename="camel", kw_only=True):
    """Whether the context is in a segment, and why.

    `unlisted` is said of big segments that cannot list the context: they are not set up, or of another kind.
    `storeStatus` is that of what answers for a big segment. One that is not `opened` stands open elsewhere.
    """

    key: str
    name: str
    exists: bool
    state: StepState
    listed: Listed
    store_status: str | UnsetType = UNSET
    opened: bool
    rules: tuple[TracedSegmentRuleRep, ...]


class TracedPrerequisiteRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A prerequisite: the variation that is wanted of a flag, and that flag's own tree if it was needed."""

    state: StepState
    key: str
    wanted: TracedVariationRep
    flag: "TracedFlagRep | UnsetType" = UNSET


class TracedTargetsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """Whether the context is an individual target, and by which kind and key."""

    state: StepState
    context_kind: str | UnsetType = UNSET
    key: str | UnsetType = UNSET
    variation: TracedVariationRep | UnsetType = UNSET


class TracedRuleRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A rule of the flag, with its split if it was met and serves by percentage."""

    state: StepState
    id: str
    description: str
    clauses: tuple[TracedClauseRep, ...]
    split: TracedSplitRep | UnsetType = UNSET


class TracedDefaultRep(Struct, frozen=True, rename="camel", kw_only=True):
    """What everybody else is served."""

    state: StepState
    split: TracedSplitRep | UnsetType = UNSET


class TracedFlagRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A flag, what it gives to the context, and every step in the order of evaluation.

    A flag that is archived or gone does not exist for SDKs. One that is not `opened` stands open elsewhere.
    """

    key: str
    name: str
    exists: bool
    on: bool
    opened: bool
    variation: TracedVariationRep | UnsetType = UNSET
    value: Any
    reason: ReasonRep
    prerequisites: tuple[TracedPrerequisiteRep, ...]
    targets: TracedTargetsRep
    rules: tuple[TracedRuleRep, ...]
    fallthrough: TracedDefaultRep


class ExplanationRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The evaluation of a flag for a context. `version` is that of the flag in the environment.

    `asOf` is there if the past is shown: when that version was made, or the time that was asked about.
    """

    links: Links = field(name="_links")
    version: int
    as_of: int | UnsetType = UNSET
    has_unsaved_changes: bool
    flag: TracedFlagRep
