"""How changes of targeting are worded: Markdown, what is gone struck through, values in back-ticks."""

from collections.abc import Iterable, Sequence
from typing import Any

from flagstaff.features.targeting.model import WHOLE, Clause
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


def word_clauses(clauses: Iterable[Clause]) -> str:
    """Say whom a rule is about."""
    return " **and** ".join(word_clause(clause) for clause in clauses) or "**anyone**"


def word_clause(clause: Clause) -> str:
    """Say one condition."""
    operator = OPERATORS[clause.op][clause.negate]
    if clause.op == "segmentMatch":
        return f"context **{operator}** {listing(clause.values)}"
    return f"{clause.context_kind} {quote(clause.attribute)} **{operator}** {listing(clause.values)}"


def percent(weight: int) -> str:
    """Say a weight, as percentages are read."""
    return f"{weight * 100 / WHOLE:g}%"
