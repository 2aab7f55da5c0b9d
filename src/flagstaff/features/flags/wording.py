"""How what a flag serves is worded: variations as people know them, shares of them, experiments."""

from flagstaff.features.flags.model import Flag, VariationOrRollout
from flagstaff.features.targeting.model import Rollout
from flagstaff.features.targeting.wording import percent
from flagstaff.kernel.markdown import quote


def name_variation(flag: Flag, variation_id: str | None) -> str:
    """Name a variation as people know it: by its name if no other has that, else by its value."""
    if variation_id is None:
        return ""
    variation = flag.variation(variation_id)
    alike = sum(other.name == variation.name for other in flag.variations)
    return quote(variation.name if variation.name and alike == 1 else variation.value)


def word_serve(flag: Flag, serve: VariationOrRollout) -> str:
    """Say what is served: a variation, or shares of several."""
    if isinstance(serve, str):
        return name_variation(flag, serve)
    shares = ", ".join(
        f"{percent(weight.weight)} {name_variation(flag, weight.variation_id)}"
        + (" (untracked)" if weight.untracked else "")
        for weight in serve.weights
    )
    bucketed = quote(f"{serve.context_kind} {serve.bucket_by or 'key'}")
    return f"{shares} by {bucketed}{_sampling(flag, serve)}"


def _sampling(flag: Flag, rollout: Rollout) -> str:
    seed = f", seed {rollout.seed}" if rollout.seed is not None else ""
    if rollout.allocation is None:
        return seed
    outside = name_variation(flag, rollout.allocation.variation_id)
    reshuffle = ", may be reshuffled" if rollout.allocation.can_reshuffle else ""
    return f"{seed}, as an experiment with {outside} outside of it{reshuffle}"
