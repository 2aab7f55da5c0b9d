"""Clauses as SDKs read them."""

from collections.abc import Iterable
from typing import Any

from flagstaff.features.targeting.model import Clause


def sdk_clauses(clauses: Iterable[Clause]) -> list[dict[str, Any]]:
    """The clauses of a rule; SDKs ask for every member, also where it means nothing."""
    return [
        {
            "contextKind": clause.context_kind,
            "attribute": "" if clause.op == "segmentMatch" else clause.attribute,
            "op": clause.op,
            "values": list(clause.values),
            "negate": clause.negate,
        }
        for clause in clauses
    ]
