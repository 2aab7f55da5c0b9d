"""Instructions on the clauses of one rule and on the values of one clause."""

from msgspec.structs import replace

from flagstaff.features.flags.instructions.registry import targeting_kind
from flagstaff.features.flags.model import Rule, Targeting
from flagstaff.features.targeting import clauses as surgery
from flagstaff.features.targeting.model import Scalar
from flagstaff.features.targeting.names import IdClaims
from flagstaff.features.targeting.rules import clause_ids, exchange_rule, require_rule
from flagstaff.features.targeting.schemas import ClauseRep
from flagstaff.kernel.instructions import Edit


@targeting_kind("addClauses", action="updateRules")
def add_clauses(
    targeting: Targeting, edit: Edit, *, rule_id: str, clauses: tuple[ClauseRep, ...]
) -> Targeting:
    """Append clauses to a rule."""
    rule = require_rule(targeting.rules, rule_id)
    claims = IdClaims(edit.ids, clause_ids(targeting.rules))
    return _exchange(targeting, surgery.add_clauses(rule, clauses, claims))


@targeting_kind("removeClauses", action="updateRules")
def remove_clauses(targeting: Targeting, *, rule_id: str, clause_ids: list[str]) -> Targeting:
    """Remove clauses from a rule, which must keep at least one."""
    return _exchange(targeting, surgery.remove_clauses(require_rule(targeting.rules, rule_id), clause_ids))


@targeting_kind("updateClause", action="updateRules")
def update_clause(targeting: Targeting, *, rule_id: str, clause_id: str, clause: ClauseRep) -> Targeting:
    """Put another clause in the place of one."""
    rule = require_rule(targeting.rules, rule_id)
    return _exchange(targeting, surgery.update_clause(rule, clause_id, clause))


@targeting_kind("addValuesToClause", action="updateRules")
def add_values_to_clause(
    targeting: Targeting, *, rule_id: str, clause_id: str, values: tuple[Scalar, ...]
) -> Targeting:
    """Add values to a clause; those it has already are no error."""
    rule = require_rule(targeting.rules, rule_id)
    return _exchange(targeting, surgery.add_values(rule, clause_id, values))


@targeting_kind("removeValuesFromClause", action="updateRules")
def remove_values_from_clause(
    targeting: Targeting, *, rule_id: str, clause_id: str, values: tuple[Scalar, ...]
) -> Targeting:
    """Remove values from a clause; those it does not have are no error."""
    rule = require_rule(targeting.rules, rule_id)
    return _exchange(targeting, surgery.remove_values(rule, clause_id, values))


def _exchange(targeting: Targeting, rule: Rule) -> Targeting:
    return replace(targeting, rules=exchange_rule(targeting.rules, rule))
