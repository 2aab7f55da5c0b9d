"""Instructions on the clauses of one rule and on the values of one clause."""

from flagstaff.features.segments.instructions.registry import KINDS
from flagstaff.features.segments.instructions.rules import RULES, exchange
from flagstaff.features.segments.model import Segment
from flagstaff.features.targeting import clauses as surgery
from flagstaff.features.targeting.model import Scalar
from flagstaff.features.targeting.names import IdClaims
from flagstaff.features.targeting.rules import clause_ids as ids_of
from flagstaff.features.targeting.rules import require_rule
from flagstaff.features.targeting.schemas import ClauseRep
from flagstaff.kernel.instructions import Edit


@KINDS.kind("addClauses", action=RULES)
def add_clauses(segment: Segment, edit: Edit, *, rule_id: str, clauses: tuple[ClauseRep, ...]) -> Segment:
    """Append clauses to a rule."""
    claims = IdClaims(edit.ids, ids_of(segment.rules))
    return exchange(segment, surgery.add_clauses(require_rule(segment.rules, rule_id), clauses, claims))


@KINDS.kind("removeClauses", action=RULES)
def remove_clauses(segment: Segment, _: Edit, *, rule_id: str, clause_ids: list[str]) -> Segment:
    """Remove clauses from a rule, which must keep at least one."""
    return exchange(segment, surgery.remove_clauses(require_rule(segment.rules, rule_id), clause_ids))


@KINDS.kind("updateClause", action=RULES)
def update_clause(segment: Segment, _: Edit, *, rule_id: str, clause_id: str, clause: ClauseRep) -> Segment:
    """Put another clause in the place of one."""
    return exchange(segment, surgery.update_clause(require_rule(segment.rules, rule_id), clause_id, clause))


@KINDS.kind("addValuesToClause", action=RULES)
def add_values_to_clause(
    segment: Segment, _: Edit, *, rule_id: str, clause_id: str, values: tuple[Scalar, ...]
) -> Segment:
    """Add values to a clause; those it has already are no error."""
    return exchange(segment, surgery.add_values(require_rule(segment.rules, rule_id), clause_id, values))


@KINDS.kind("removeValuesFromClause", action=RULES)
def remove_values_from_clause(
    segment: Segment, _: Edit, *, rule_id: str, clause_id: str, values: tuple[Scalar, ...]
) -> Segment:
    """Remove values from a clause; those it does not have are no error."""
    return exchange(segment, surgery.remove_values(require_rule(segment.rules, rule_id), clause_id, values))
