"""Instructions on the rules of a segment: their order, their share, what they are called."""

from msgspec.structs import replace

from flagstaff.features.contexts.kinds.model import check_context_kind
from flagstaff.features.segments.instructions.registry import KINDS
from flagstaff.features.segments.model import Segment, SegmentRule
from flagstaff.features.segments.rules import build_rule, build_rules
from flagstaff.features.segments.schemas import SegmentRuleRep
from flagstaff.features.targeting import rules as surgery
from flagstaff.features.targeting.rollouts import check_weight
from flagstaff.features.targeting.schemas import ClauseRep
from flagstaff.kernel.instructions import Edit

RULES = "updateRules"


@KINDS.kind("addRule", action=RULES)
def add_rule(
    segment: Segment,
    edit: Edit,
    *,
    clauses: tuple[ClauseRep, ...],
    description: str = "",
    weight: int | None = None,
    bucket_by: str = "",
    rollout_context_kind: str = "",
    before_rule_id: str = "",
) -> Segment:
    """Add a rule before another one, or at the end; its weight lets in that share of whom it matches."""
    sent = SegmentRuleRep(
        clauses=clauses,
        description=description,
        weight=weight,
        bucket_by=bucket_by,
        rollout_context_kind=rollout_context_kind,
    )
    rule = build_rule(sent, segment.rules, edit.ids)
    return replace(segment, rules=surgery.insert_rule(segment.rules, rule, before_rule_id))


@KINDS.kind("removeRule", action=RULES)
def remove_rule(segment: Segment, _: Edit, *, rule_id: str) -> Segment:
    """Remove a rule; one that is not there is no error."""
    return replace(segment, rules=surgery.remove_rule(segment.rules, rule_id))


@KINDS.kind("reorderRules", action=RULES)
def reorder_rules(segment: Segment, _: Edit, *, rule_ids: list[str]) -> Segment:
    """Bring the rules into this order, which must name each of them once."""
    return replace(segment, rules=surgery.reorder_rules(segment.rules, rule_ids))


@KINDS.kind("setRules", action=RULES, internal=True)
def set_rules(segment: Segment, edit: Edit, *, rules: tuple[SegmentRuleRep, ...]) -> Segment:
    """Have exactly these rules."""
    return replace(segment, rules=build_rules(rules, segment.rules, edit.ids))


@KINDS.kind("updateRuleDescription", action=RULES)
def update_rule_description(segment: Segment, _: Edit, *, rule_id: str, description: str) -> Segment:
    """Describe a rule for people."""
    rule = surgery.require_rule(segment.rules, rule_id)
    return exchange(segment, replace(rule, description=description))


@KINDS.kind("updateRuleRolloutAndContextKind", action=RULES)
def update_rule_rollout_and_context_kind(
    segment: Segment, _: Edit, *, rule_id: str, weight: int, context_kind: str = ""
) -> Segment:
    """Change which share of whom it matches a rule lets in, and the kind of context that is counted."""
    rule = surgery.require_rule(segment.rules, rule_id)
    kind = check_context_kind(context_kind) if context_kind else rule.rollout_context_kind
    return exchange(segment, replace(rule, weight=check_weight(weight), rollout_context_kind=kind))


def exchange(segment: Segment, rule: SegmentRule) -> Segment:
    """Put a changed rule in the place of the one that has its id."""
    return replace(segment, rules=surgery.exchange_rule(segment.rules, rule))
