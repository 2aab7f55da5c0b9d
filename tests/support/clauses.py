"""Builders of clauses and rules for tests of flags and segments."""

from typing import Any

from flagstaff.features.targeting.model import Clause
from flagstaff.features.targeting.schemas import ClauseRep


def a_clause(clause_id: str = "clause-1", **changes: Any) -> Clause:
    members = {"attribute": "country", "op": "in", "values": ("SE", "NO")} | changes
    return Clause(id=clause_id, **members)


def a_sent_clause(clause_id: str = "", **changes: Any) -> ClauseRep:
    members = {"attribute": "country", "op": "in", "values": ("SE", "NO")} | changes
    return ClauseRep(id=clause_id, **members)
