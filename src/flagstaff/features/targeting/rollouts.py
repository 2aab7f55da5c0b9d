"""Percentage rollouts: checked weights that add up to the whole."""

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from flagstaff.features.contexts.kinds.model import check_context_kind
from flagstaff.features.targeting.model import WHOLE, Allocation, Rollout, Weight
from flagstaff.features.targeting.names import check_attribute
from flagstaff.kernel.errors import InvalidRequest

SEEDS = 2**53  # some SDKs read larger numbers only roughly, and take a seed of 0 for none


def check_weight(weight: int) -> int:
    """Return a weight, or raise InvalidRequest unless it is between nothing and everything."""
    if not 0 <= weight <= WHOLE:
        raise InvalidRequest(f"a weight must be between 0 and {WHOLE}, in thousandths of a percent")
    return weight


def build_rollout(
    weights: Iterable[Weight],
    *,
    bucket_by: str = "",
    context_kind: str = "",
    seed: int | None = None,
    allocation: Allocation | None = None,
) -> Rollout:
    """Build a rollout of its weights in bucketing order; raise InvalidRequest unless they add up to WHOLE.

    Weights of zero are left out: they take no part in bucketing.
    """
    weights = tuple(weights)
    total = sum(check_weight(weight.weight) for weight in weights)
    if total != WHOLE:
        raise InvalidRequest(f"the weights of a rollout must add up to {WHOLE}, not {total}")
    if seed is not None and not 1 <= seed < SEEDS:
        raise InvalidRequest(f"the seed of a rollout must be at least 1, and less than {SEEDS}")
    return Rollout(
        weights=tuple(weight for weight in weights if weight.weight),
        bucket_by=check_attribute(bucket_by) if bucket_by else "",
        context_kind=check_context_kind(context_kind or "user"),
        seed=seed,
        allocation=allocation,
    )


def drop_variations(rollout: Rollout, lost: Collection[str], heir_id: str) -> Rollout:
    """Take variations out of a rollout; their weight goes to the first that remains, else to `heir_id`."""
    kept = tuple(weight for weight in rollout.weights if weight.variation_id not in lost)
    freed = WHOLE - sum(weight.weight for weight in kept)
    first = kept[0] if kept else Weight(variation_id=heir_id, weight=0)
    first = replace(first, weight=first.weight + freed)
    allocation = rollout.allocation
    if allocation and allocation.variation_id in lost:
        allocation = replace(allocation, variation_id=heir_id)
    return replace(rollout, weights=(first, *kept[1:]), allocation=allocation)
