"""The targeting of one environment in numbers: what serves each variation, and how often."""

from collections.abc import Iterable

from msgspec import UNSET, UnsetType

from flagstaff.features.flags.model import Flag, Rule, Target, Targeting, VariationOrRollout
from flagstaff.features.flags.schemas import SummaryRep, VariationSummaryRep
from flagstaff.features.targeting.model import Rollout

Counts = dict[str, int]  # by variation id; what is never served is missing
Shares = dict[str, int | UnsetType]  # the weight of each variation that is served, where it has one
NONE: Counts = {}


def summarise(flag: Flag, targeting: Targeting) -> SummaryRep:
    """Count for each variation the rules and targets that serve it; say where it is the default."""
    rules, null_rules = _count_rules(targeting.rules) if targeting.rules else (NONE, NONE)
    users, others = _count_keys(targeting.targets) if targeting.targets else (NONE, NONE)
    fallthrough, off = targeting.fallthrough, targeting.off_variation_id
    defaults = _served(fallthrough)
    bucket_by = (fallthrough.bucket_by if isinstance(fallthrough, Rollout) else "") or UNSET
    variations = {}
    for variation_id, index in flag.indexes.items():
        is_default = variation_id in defaults
        variations[str(index)] = VariationSummaryRep(
            rules=rules.get(variation_id, 0),
            null_rules=null_rules.get(variation_id, 0),
            targets=users.get(variation_id, 0),
            context_targets=others.get(variation_id, 0),
            is_fallthrough=is_default or UNSET,
            is_off=variation_id == off or UNSET,
            rollout=defaults[variation_id] if is_default else UNSET,
            bucket_by=bucket_by if is_default else UNSET,
        )
    return SummaryRep(variations=variations, prerequisites=len(targeting.prerequisites))


def _count_rules(rules: Iterable[Rule]) -> tuple[Counts, Counts]:
    """All rules, and those without clauses."""
    counts: Counts = {}
    empty: Counts = {}
    for rule in rules:
        for variation_id in _served(rule.serve):
            counts[variation_id] = counts.get(variation_id, 0) + 1
            if not rule.clauses:
                empty[variation_id] = empty.get(variation_id, 0) + 1
    return counts, empty


def _count_keys(targets: Iterable[Target]) -> tuple[Counts, Counts]:
    users: Counts = {}
    others: Counts = {}
    for target in targets:
        counts = users if target.context_kind == "user" else others
        counts[target.variation_id] = counts.get(target.variation_id, 0) + len(target.values)
    return users, others


def _served(serve: VariationOrRollout) -> Shares:
    if isinstance(serve, str):
        return {serve: UNSET}
    return {weight.variation_id: weight.weight for weight in serve.weights}
