"""What the rules of flags and of segments are made of: clauses and percentage rollouts, and their bounds."""

import msgspec

Scalar = str | bool | int | float  # what a clause may compare an attribute with

OPERATORS = (
    "in",
    "startsWith",
    "endsWith",
    "matches",
    "contains",
    "lessThan",
    "lessThanOrEqual",
    "greaterThan",
    "greaterThanOrEqual",
    "before",
    "after",
    "segmentMatch",
    "semVerEqual",
    "semVerLessThan",
    "semVerGreaterThan",
)
WHOLE = 100_000  # weights are thousandths of a percent

MAX_RULES = 1_000  # of one flag or segment in one environment
MAX_CLAUSES = 100  # of one rule
MAX_VALUES = 10_000  # of one clause
MAX_TARGETS = 50_000  # individual targets of one flag in one environment


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """One condition on the context of `context_kind`: an attribute, an operator, values to compare with."""

    id: str
    attribute: str
    op: str
    values: tuple[Scalar, ...]
    context_kind: str = "user"
    negate: bool = False


class ClauseRule(msgspec.Struct, frozen=True, kw_only=True):
    """What every rule has: an id, clauses that must all hold, a description for people."""

    id: str
    clauses: tuple[Clause, ...] = ()
    description: str = ""


class Weight(msgspec.Struct, frozen=True, kw_only=True):
    """The share of one variation in a rollout; `untracked` contexts take no part in an experiment."""

    variation_id: str
    weight: int
    untracked: bool = False


class Allocation(msgspec.Struct, frozen=True, kw_only=True):
    """What makes a rollout an experiment: who is outside of it gets `variation_id`."""

    variation_id: str
    can_reshuffle: bool = False


class Rollout(msgspec.Struct, frozen=True, kw_only=True):
    """A percentage rollout. It holds the weights above zero, in bucketing order; they add up to WHOLE."""

    weights: tuple[Weight, ...]
    bucket_by: str = ""  # as it was given; by key if it was not
    context_kind: str = "user"
    seed: int | None = None
    allocation: Allocation | None = None
