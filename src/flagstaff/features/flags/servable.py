"""Which variations a flag can serve in an environment while it is on."""

from flagstaff.features.flags.model import Targeting, VariationOrRollout


def count_servable(targeting: Targeting) -> int:
    """How many variations targets, rules, rollouts and the fallthrough lead to.

    Where there are prerequisites the off variation, or none at all, counts as one of them.
    """
    serves = [targeting.fallthrough, *(rule.serve for rule in targeting.rules)]
    found: set[str | None] = {variation for serve in serves for variation in _variations(serve)}
    found.update(target.variation_id for target in targeting.targets)
    if targeting.prerequisites:
        found.add(targeting.off_variation_id)
    return len(found)


def _variations(serve: VariationOrRollout) -> set[str]:
    if isinstance(serve, str):
        return {serve}
    allocated = {serve.allocation.variation_id} if serve.allocation else set()
    return {weight.variation_id for weight in serve.weights} | allocated
