"""The targeting of one environment in numbers: what serves each variation, and how often."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from msgspec import UNSET

from flagstaff.features.flags.model import Flag, Rule, Target, Targeting, VariationOrRollout
from flagstaff.features.flags.schemas import SummaryRep, VariationSummaryRep
from flagstaff.features.targeting.model import Rollout

Counts = dict[str, int]  # by variation id; what is never served is missing


def summarise(flag: Flag, targeting: Targeting) -> SummaryRep:
    """Count for each variation the rules and targets that serve it; say where it is the default."""
    rules = _count_rules(targeting.rules)
    null_rules = _count_rules(rule for rule in targeting.rules if not rule.clauses)
    users, others = _count_keys(targeting.targets)
    defaults = _served(targeting.fallthrough)
    rollout = targeting.fallthrough if isinstance(targeting.fallthrough, Rollout) else None
    shares = {weight.variation_id: weight.weight for weight in rollout.weights} if rollout else {}
    return SummaryRep(
        variations={
            str(index): VariationSummaryRep(
                rules=rules.get(variation_id, 0),
                null_rules=null_rules.get(variation_id, 0),
                targets=users.get(variation_id, 0),
                context_targets=others.get(variation_id, 0),
                is_fallthrough=variation_id in defaults or UNSET,
                is_off=variation_id == targeting.off_variation_id or UNSET,
                rollout=shares.get(variation_id, UNSET),
                bucket_by=rollout.bucket_by or UNSET if rollout and variation_id in shares else UNSET,
            )
            for variation_id, index in flag.indexes.items()
        },
        prerequisites=len(targeting.prerequisites),
    )


def _count_rules(rules: Iterable[Rule]) -> Counts:
    counts: Counts = {}
    for rule in rules:
        for variation_id in _served(rule.serve):
            counts[variation_id] = counts.get(variation_id, 0) + 1
    return counts


def _count_keys(targets: Iterable[Target]) -> tuple[Counts, Counts]:
    users: Counts = {}
    others: Counts = {}
    for target in targets:
        counts = users if target.context_kind == "user" else others
        counts[target.variation_id] = counts.get(target.variation_id, 0) + len(target.values)
    return users, others


def _served(serve: VariationOrRollout) -> AbstractSet[str]:
    if isinstance(serve, str):
        return {serve}
    return {weight.variation_id for weight in serve.weights}
