"""What an explanation of an evaluation consists of: a tree of the steps that were, or were not, taken."""

from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

State: TypeAlias = Literal["met", "notMet", "notNeeded", "notReached", "failed"]
Listed: TypeAlias = Literal["included", "excluded", "unlisted", ""]

MET: Final = "met"
NOT_MET: Final = "notMet"
NOT_NEEDED: Final = "notNeeded"  # another part of the same step had decided it
NOT_REACHED: Final = "notReached"  # an earlier step had decided the evaluation
FAILED: Final = "failed"  # malformed data ended the evaluation here


@dataclass(frozen=True, slots=True)
class SplitTrace:
    """Where a context falls on the scale of a rollout: `bucket` is None if it lacks the kind.

    `ends` are the ends of the shares on that scale, `variations` what each serves; `chosen` is the index of
    the share. A weighted rule of a segment has one share, which serves nothing, and perhaps nobody in it.
    """

    kind: str
    path: tuple[str, ...]
    value: str | None
    bucket: float | None
    ends: tuple[float, ...]
    variations: tuple[int | None, ...]
    chosen: int | None
    is_experiment: bool


@dataclass(frozen=True, slots=True)
class ClauseTrace:
    """A clause: what the context has there, if it has it; or the segments that were asked, in their order."""

    state: State
    has_value: bool
    value: Any
    segments: tuple["SegmentTrace", ...]
    problem: str


@dataclass(frozen=True, slots=True)
class SegmentRuleTrace:
    state: State
    clauses: tuple[ClauseTrace, ...]
    split: SplitTrace | None


@dataclass(frozen=True, slots=True)
class SegmentTrace:
    """Whether a context is in a segment. `listed` is empty if no list has it,
    and "unlisted" if a big segment is not set up or of another kind.

    `status` is that of the store if it is a big one. One that was opened elsewhere in the tree has no rules.
    """

    key: str
    exists: bool
    state: State
    listed: Listed
    status: str
    opened: bool
    rules: tuple[SegmentRuleTrace, ...]


@dataclass(frozen=True, slots=True)
class PrerequisiteTrace:
    state: State
    key: str
    wanted: int
    flag: "FlagTrace | None"  # None where it was not needed


@dataclass(frozen=True, slots=True)
class TargetTrace:
    """The target that lists the context, by its kind and key."""

    kind: str
    key: str
    variation: int | None


@dataclass(frozen=True, slots=True)
class RuleTrace:
    state: State
    clauses: tuple[ClauseTrace, ...]
    split: SplitTrace | None


@dataclass(frozen=True, slots=True)
class FlagTrace:
    """All steps of a flag in their order, and what they came to.

    `targets` is the state of individual targets, `fallthrough` that of what everybody else is served. A flag
    that was opened elsewhere in the tree, or lies too deep in it, is not `opened`: it has its result alone.
    """

    key: str
    exists: bool
    is_on: bool
    opened: bool
    value: Any
    variation: int | None
    reason: dict[str, Any]
    prerequisites: tuple[PrerequisiteTrace, ...]
    targets: State
    target: TargetTrace | None
    rules: tuple[RuleTrace, ...]
    fallthrough: State
    split: SplitTrace | None
