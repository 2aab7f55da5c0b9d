"""Prepares what a rule or the fallthrough serves: a variation, or a rollout over several."""

from collections.abc import Callable
from typing import Any, TypeAlias

from flagstaff.evaluation.bucketing import START, find_ends
from flagstaff.evaluation.model import Outcome, Rollout, Serve, Share
from flagstaff.evaluation.preparation.reading import (
    read_bool,
    read_int,
    read_object,
    read_objects,
    read_optional_int,
    read_string,
)
from flagstaff.evaluation.preparation.sources import prepare_source
from flagstaff.evaluation.references import InvalidReference

# Makes the outcome for a variation, in an experiment or not.
MakeOutcome: TypeAlias = Callable[[int, bool], Outcome]


def prepare_serve(data: dict[str, Any], key: str, salt: str, make: MakeOutcome, malformed: Outcome) -> Serve:
    """Prepare a variation or rollout; a variation wins if there are both, having neither is malformed."""
    variation = read_optional_int(data, "variation")
    rollout = data.get("rollout")
    prepared = None if rollout is None else _prepare_rollout(read_object(rollout), key, salt, make)
    return Serve(malformed, prepared) if variation is None else Serve(make(variation, False), None)


def _prepare_rollout(data: dict[str, Any], key: str, salt: str, make: MakeOutcome) -> Rollout | None:
    """Prepare a rollout; None if it has no shares or buckets by an invalid reference."""
    is_experiment = read_string(data, "kind") == "experiment"
    seed = read_optional_int(data, "seed")
    shares = [_read_share(share) for share in read_objects(data, "variations")]
    try:
        # Experiments bucket by key, whatever the data says.
        source = prepare_source(data, key, salt, read_string(data, "contextKind"), seed, by_key=is_experiment)
    except InvalidReference:
        return None
    if not shares:
        return None
    ends = find_ends([weight for _, weight, _ in shares])
    return Rollout(
        source,
        tuple(
            Share(end, make(variation, is_experiment and not untracked))
            for end, (variation, _, untracked) in zip(ends, shares, strict=True)
        ),
        make(_find_first(ends, shares), False),
    )


def _find_first(ends: list[bytes], shares: list[tuple[int, int, bool]]) -> int:
    """Find the variation for contexts that lack the kind: they are at the start of the scale."""
    return next((share[0] for end, share in zip(ends, shares, strict=True) if end > START), shares[-1][0])


def _read_share(data: dict[str, Any]) -> tuple[int, int, bool]:
    """Read variation, weight and whether an experiment leaves this share out."""
    return read_int(data, "variation"), read_int(data, "weight"), read_bool(data, "untracked")
