"""Segments as SDKs read them: no null anywhere, users apart from the other context kinds."""

from typing import Any

from flagstaff.features.segments.model import USER, Segment, SegmentRule, SegmentTarget
from flagstaff.features.segments.targets import keys_of
from flagstaff.features.targeting.payload import sdk_clauses


def sdk_segment(segment: Segment) -> dict[str, Any]:
    """The whole segment but its `version`, which is the data version of the environment."""
    return {
        **_big(segment),
        "key": segment.key,
        "included": list(keys_of(segment.included, USER)),
        "excluded": list(keys_of(segment.excluded, USER)),
        "includedContexts": _contexts(segment.included),
        "excludedContexts": _contexts(segment.excluded),
        "salt": segment.salt,
        "rules": [_rule(rule) for rule in segment.rules],
    }


def _big(segment: Segment) -> dict[str, Any]:
    """Without the generation, SDKs take a big segment for one that nobody has set up."""
    if not segment.unbounded:
        return {}
    kind = segment.unbounded_context_kind
    return {"unbounded": True, "unboundedContextKind": kind, "generation": segment.generation}


def _contexts(listed: tuple[SegmentTarget, ...]) -> list[dict[str, Any]]:
    # Some SDKs do not look here for a lone user.
    return [
        {"contextKind": target.context_kind, "values": list(target.values)}
        for target in listed
        if target.context_kind != USER
    ]


def _rule(rule: SegmentRule) -> dict[str, Any]:
    wire: dict[str, Any] = {"id": rule.id, "clauses": sdk_clauses(rule.clauses)}
    if rule.weight is not None:
        wire["weight"] = rule.weight
        # Without a kind, SDKs would read `bucketBy` as a plain name, even if it is a path.
        wire["rolloutContextKind"] = rule.rollout_context_kind or USER
        if rule.bucket_by:
            wire["bucketBy"] = rule.bucket_by
    return wire
