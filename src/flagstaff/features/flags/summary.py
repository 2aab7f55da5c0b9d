"""The targeting of one environment in numbers: what serves each variation, and how often."""

from collections import Counter
from collections.abc import Iterable

from msgspec import UNSET

from flagstaff.features.flags.model import Flag, Targeting, VariationOrRollout
from flagstaff.features.flags.schemas import SummaryRep, VariationSummaryRep
from flagstaff.features.targeting.model import Rollout


def summarise(flag: Flag, targeting: Targeting) -> SummaryRep:
    """Count for each variation the rules and targets that serve it; say where it is the default."""
    rules, null_rules, users, others = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for rule in targeting.rules:
        served = _served(rule.serve)
        rules.update(served)
        if not rule.clauses:
            null_rules.update(served)
    for target in targeting.targets:
        keys = users if target.context_kind == "user" else others
        keys[target.variation_id] += len(target.values)
    defaults = set(_served(targeting.fallthrough))
    rollout = targeting.fallthrough if isinstance(targeting.fallthrough, Rollout) else None
    shares = {weight.variation_id: weight.weight for weight in rollout.weights} if rollout else {}
    return SummaryRep(
        variations={
            str(index): VariationSummaryRep(
                rules=rules[variation_id],
                null_rules=null_rules[variation_id],
                targets=users[variation_id],
                context_targets=others[variation_id],
                is_fallthrough=variation_id in defaults or UNSET,
                is_off=variation_id == targeting.off_variation_id or UNSET,
                rollout=shares.get(variation_id, UNSET),
                bucket_by=rollout.bucket_by or UNSET if rollout and variation_id in shares else UNSET,
            )
            for variation_id, index in flag.indexes.items()
        },
        prerequisites=len(targeting.prerequisites),
    )


def _served(serve: VariationOrRollout) -> Iterable[str]:
    if isinstance(serve, str):
        return {serve}
    return {weight.variation_id for weight in serve.weights}
