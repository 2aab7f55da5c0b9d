"""How changes are worded in the audit log: Markdown, what is gone struck through, values in back-ticks."""

from collections.abc import Iterable, Sequence
from typing import Any

from flagstaff.features.flags.model import Flag, VariationOrRollout
from flagstaff.features.targeting.model import WHOLE, Clause, Rollout
from flagstaff.kernel.markdown import quote, strike

MOST = 100  # elements of one list
OPERATORS = {
    "in": ("is one of", "is not one of"),
    "startsWith": ("starts with", "does not start with"),
    "endsWith": ("ends with", "does not end with"),
    "matches": ("matches", "does not match"),
    "contains": ("contains", "does not contain"),
    "lessThan": ("<", "is not <"),
    "lessThanOrEqual": ("<=", "is not <="),
    "greaterThan": (">", "is not >"),
    "greaterThanOrEqual": (">=", "is not >="),
    "before": ("is before", "is not before"),
    "after": ("is after", "is not after"),
    "segmentMatch": ("is in", "is not in"),
    "semVerEqual": ("is version", "is not version"),
    "semVerLessThan": ("is older than version", "is not older than version"),
    "semVerGreaterThan": ("is newer than version", "is not newer than version"),
}


def change(before: str, after: str) -> str:
    """Say what became what; either may be empty."""
    if not before:
        return f"to {after}"
    return f"from {strike(before)} to {after}" if after else f"from {strike(before)} to none"


def listing(values: Sequence[Any]) -> str:
    """List values; of very many the first ones, and how many more there are."""
    shown = ", ".join(quote(value) for value in values[:MOST])
    return f"{shown} and {len(values) - MOST} more" if len(values) > MOST else shown


def name_variation(flag: Flag, variation_id: str | None) -> str:
    """Name a variation as people know it: by its name if no other has that, else by its value."""
    if variation_id is None:
        return ""
    variation = flag.variation(variation_id)
    alike = sum(other.name == variation.name for other in flag.variations)
    return quote(variation.name if variation.name and alike == 1 else variation.value)


def word_serve(flag: Flag, serve: VariationOrRollout) -> str:
    """Say what is served: a variation, or shares of several."""
    if isinstance(serve, str):
        return name_variation(flag, serve)
    shares = ", ".join(
        f"{_percent(weight.weight)} {name_variation(flag, weight.variation_id)}"
        + (" (untracked)" if weight.untracked else "")
        for weight in serve.weights
    )
    bucketed = quote(f"{serve.context_kind} {serve.bucket_by or 'key'}")
    return f"{shares} by {bucketed}{_sampling(flag, serve)}"


def word_clauses(clauses: Iterable[Clause]) -> str:
    """Say whom a rule is about."""
    return " **and** ".join(word_clause(clause) for clause in clauses) or "**anyone**"


def word_clause(clause: Clause) -> str:
    """Say one condition."""
    operator = OPERATORS[clause.op][clause.negate]
    if clause.op == "segmentMatch":
        return f"context **{operator}** {listing(clause.values)}"
    return f"{clause.context_kind} {quote(clause.attribute)} **{operator}** {listing(clause.values)}"


def _percent(weight: int) -> str:
    return f"{weight * 100 / WHOLE:g}%"


def _sampling(flag: Flag, rollout: Rollout) -> str:
    seed = f", seed {rollout.seed}" if rollout.seed is not None else ""
    if rollout.allocation is None:
        return seed
    outside = name_variation(flag, rollout.allocation.variation_id)
    reshuffle = ", may be reshuffled" if rollout.allocation.can_reshuffle else ""
    return f"{seed}, as an experiment with {outside} outside of it{reshuffle}"
