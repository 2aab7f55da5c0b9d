"""Instructions on the rules of an environment: their order, what they serve, what they are called."""

from collections.abc import Iterable

from msgspec import UNSET, Struct, UnsetType, field
from msgspec.structs import replace

from flagstaff.features.flags.instructions.registry import targeting_kind
from flagstaff.features.flags.model import Flag, Rule, Targeting
from flagstaff.features.flags.serving import build_serve, check_serve, keep_seed
from flagstaff.features.targeting import rules as surgery
from flagstaff.features.targeting.clauses import build_clauses
from flagstaff.features.targeting.names import IdClaims
from flagstaff.features.targeting.schemas import ClauseRep
from flagstaff.kernel.instructions import Edit


class RuleBody(Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """One element of `replaceRules`; an `_id` may be given for a rule that keeps its identity."""

    id: str = field(default="", name="_id")
    clauses: tuple[ClauseRep, ...]
    variation_id: str = ""
    rollout_weights: dict[str, int] | UnsetType = UNSET
    rollout_bucket_by: str = ""
    rollout_context_kind: str = ""
    description: str = ""
    ref: str = ""
    track_events: bool = False


@targeting_kind("addRule", action="updateRules")
def add_rule(
    targeting: Targeting,
    flag: Flag,
    edit: Edit,
    *,
    clauses: tuple[ClauseRep, ...],
    variation_id: str = "",
    rollout_weights: dict[str, int] | UnsetType = UNSET,
    rollout_bucket_by: str = "",
    rollout_context_kind: str = "",
    before_rule_id: str = "",
    description: str = "",
    ref: str = "",
    track_events: bool = False,
) -> Targeting:
    """Add a rule before another one, or at the end; it serves a variation or a rollout."""
    body = RuleBody(
        clauses=clauses,
        variation_id=variation_id,
        rollout_weights=rollout_weights,
        rollout_bucket_by=rollout_bucket_by,
        rollout_context_kind=rollout_context_kind,
        description=description,
        ref=ref,
        track_events=track_events,
    )
    claims = IdClaims(edit.ids, surgery.clause_ids(targeting.rules))
    (rule,) = _build([body], flag, IdClaims(edit.ids), claims)
    return replace(targeting, rules=surgery.insert_rule(targeting.rules, rule, before_rule_id))


@targeting_kind("removeRule", action="updateRules")
def remove_rule(targeting: Targeting, *, rule_id: str) -> Targeting:
    """Remove a rule; one that is not there is no error."""
    return replace(targeting, rules=surgery.remove_rule(targeting.rules, rule_id))


@targeting_kind("reorderRules", action="updateRules")
def reorder_rules(targeting: Targeting, *, rule_ids: list[str]) -> Targeting:
    """Bring the rules into this order, which must name each of them once."""
    return replace(targeting, rules=surgery.reorder_rules(targeting.rules, rule_ids))


@targeting_kind("replaceRules", action="updateRules")
def replace_rules(targeting: Targeting, flag: Flag, edit: Edit, *, rules: list[RuleBody]) -> Targeting:
    """Have exactly these rules."""
    claims = IdClaims(edit.ids, known={rule.id for rule in targeting.rules})
    clause_claims = IdClaims(edit.ids, known=surgery.clause_ids(targeting.rules))
    built = tuple(_build(rules, flag, claims, clause_claims))
    return replace(targeting, rules=surgery.check_rule_count(built))


@targeting_kind("setRules", action="updateRules", internal=True)
def set_rules(targeting: Targeting, flag: Flag, *, rules: tuple[Rule, ...]) -> Targeting:
    """With what the documented kind cannot say: the order of weights, seeds, experiments."""
    for rule in rules:
        check_serve(flag, rule.serve)
    return replace(targeting, rules=surgery.check_rule_count(rules))


@targeting_kind("updateRuleVariationOrRollout", action="updateRules")
def update_rule_variation_or_rollout(
    targeting: Targeting,
    flag: Flag,
    *,
    rule_id: str,
    variation_id: str = "",
    rollout_weights: dict[str, int] | UnsetType = UNSET,
    rollout_bucket_by: str = "",
    rollout_context_kind: str = "",
) -> Targeting:
    """Change what a rule serves."""
    rule = surgery.require_rule(targeting.rules, rule_id)
    serve = build_serve(flag, variation_id, rollout_weights, rollout_bucket_by, rollout_context_kind)
    return _exchange(targeting, replace(rule, serve=keep_seed(rule.serve, serve)))


@targeting_kind("updateRuleDescription", action="updateFlagRuleDescription")
def update_rule_description(targeting: Targeting, *, rule_id: str, description: str) -> Targeting:
    """Describe a rule for people."""
    return _exchange(
        targeting, replace(surgery.require_rule(targeting.rules, rule_id), description=description)
    )


@targeting_kind("updateRuleTrackEvents", action="updateTrackEvents")
def update_rule_track_events(targeting: Targeting, *, rule_id: str, track_events: bool) -> Targeting:
    """Track, or stop tracking, the events of a rule in detail."""
    return _exchange(
        targeting, replace(surgery.require_rule(targeting.rules, rule_id), track_events=track_events)
    )


def _build(sent: Iterable[RuleBody], flag: Flag, claims: IdClaims, clause_claims: IdClaims) -> Iterable[Rule]:
    for body in sent:
        yield Rule(
            id=claims.claim(body.id),
            clauses=build_clauses(body.clauses, clause_claims),
            serve=build_serve(
                flag,
                body.variation_id,
                body.rollout_weights,
                body.rollout_bucket_by,
                body.rollout_context_kind,
            ),
            description=body.description,
            ref=body.ref,
            track_events=body.track_events,
        )


def _exchange(targeting: Targeting, rule: Rule) -> Targeting:
    return replace(targeting, rules=surgery.exchange_rule(targeting.rules, rule))
