"""The rules of a segment: how one is checked and built."""

from collections.abc import Iterable, Sequence

from flagstaff.features.contexts.kinds.model import check_context_kind
from flagstaff.features.segments.model import SegmentRule
from flagstaff.features.segments.schemas import SegmentRuleRep
from flagstaff.features.targeting.clauses import build_clauses
from flagstaff.features.targeting.names import IdClaims, check_attribute
from flagstaff.features.targeting.rollouts import check_weight
from flagstaff.features.targeting.rules import check_rule_count, clause_ids
from flagstaff.kernel.ids import Ids


def build_rules(
    sent: Iterable[SegmentRuleRep], present: Sequence[SegmentRule], ids: Ids
) -> tuple[SegmentRule, ...]:
    """Build all rules of a segment; those that name the id of a `present` one, or a UUID, keep it.

    Raises InvalidRequest for a rule that could not be evaluated.
    """
    claims = IdClaims(ids, known={rule.id for rule in present})
    clause_claims = IdClaims(ids, known=clause_ids(present))
    return check_rule_count(tuple(_build(rule, claims.claim(rule.id), clause_claims) for rule in sent))


def build_rule(sent: SegmentRuleRep, present: Sequence[SegmentRule], ids: Ids) -> SegmentRule:
    """Build a rule that comes to the `present` ones, under a new id."""
    return _build(sent, ids.uuid(), IdClaims(ids, clause_ids(present)))


def _build(sent: SegmentRuleRep, rule_id: str, clause_claims: IdClaims) -> SegmentRule:
    return SegmentRule(
        id=rule_id,
        clauses=build_clauses(sent.clauses, clause_claims),
        description=sent.description or "",
        weight=None if sent.weight is None else check_weight(sent.weight),
        bucket_by=check_attribute(sent.bucket_by) if sent.bucket_by else "",
        rollout_context_kind=check_context_kind(sent.rollout_context_kind)
        if sent.rollout_context_kind
        else "",
    )
