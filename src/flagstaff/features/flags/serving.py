"""What a rule, or the fallthrough, serves: one variation or a percentage rollout over them."""

from collections.abc import Mapping

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from flagstaff.features.flags.model import Flag, VariationOrRollout
from flagstaff.features.targeting.model import Rollout, Weight
from flagstaff.features.targeting.rollouts import build_rollout
from flagstaff.kernel.errors import InvalidRequest


def check_serve(flag: Flag, serve: VariationOrRollout) -> VariationOrRollout:
    """Return what a rule serves, or raise InvalidRequest unless the flag has it and may serve it so."""
    if isinstance(serve, str):
        if flag.is_migration:
            raise InvalidRequest("a migration flag serves percentage rollouts, not a single variation")
        flag.variation(serve)
        return serve
    for weight in serve.weights:
        flag.variation(weight.variation_id)
    if serve.allocation:
        flag.variation(serve.allocation.variation_id)
    return serve


def build_serve(
    flag: Flag,
    variation_id: str,
    weights: Mapping[str, int] | UnsetType,
    bucket_by: str = "",
    context_kind: str = "",
) -> VariationOrRollout:
    """Build what an instruction says: a variation, or weights by variation id, where absent means 0.

    Raises InvalidRequest for both or neither, for an unknown variation, and for weights that do not fit.
    """
    if bool(variation_id) == (weights is not UNSET):
        raise InvalidRequest("exactly one of variationId and rolloutWeights is required")
    if variation_id or weights is UNSET:
        return check_serve(flag, variation_id)
    for named in weights:
        flag.variation(named)
    ordered = (Weight(variation_id=own, weight=weights.get(own, 0)) for own in flag.indexes)
    return build_rollout(ordered, bucket_by=bucket_by, context_kind=context_kind or flag.rollout_context_kind)


def keep_seed(before: VariationOrRollout, after: VariationOrRollout) -> VariationOrRollout:
    """Let new weights bucket the same contexts as the old ones, as long as they bucket by the same thing."""
    if not isinstance(before, Rollout) or not isinstance(after, Rollout) or before.seed is None:
        return after
    same_bucket = (before.bucket_by or "key", before.context_kind) == (
        after.bucket_by or "key",
        after.context_kind,
    )
    return replace(after, seed=before.seed) if same_bucket else after


def check_check_ratio(flag: Flag, ratio: int | None) -> int | None:
    """Return how many reads of a migration are compared, one in `ratio`; raise InvalidRequest elsewhere."""
    if ratio is not None and not (flag.is_migration and 0 <= ratio < 2**31):
        raise InvalidRequest("checkRatio is for migration flags, and a whole number from 0")
    return ratio
