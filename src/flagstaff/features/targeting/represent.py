"""What flags and segments share, from model to wire."""

from collections.abc import Iterable

from flagstaff.features.targeting.model import Clause
from flagstaff.features.targeting.schemas import ClauseRep


def represent_clauses(clauses: Iterable[Clause]) -> tuple[ClauseRep, ...]:
    """The clauses of a rule, under their ids."""
    return tuple(
        ClauseRep(
            id=clause.id,
            context_kind=clause.context_kind,
            attribute=clause.attribute,
            op=clause.op,
            values=clause.values,
            negate=clause.negate,
        )
        for clause in clauses
    )
