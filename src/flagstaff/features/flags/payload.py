"""What server-side SDKs are sent of a flag in one environment; its data version is added elsewhere."""

from collections.abc import Iterable, Mapping
from typing import Any

from flagstaff.features.flags.model import Flag, Prerequisite, Rule, Target, Targeting, VariationOrRollout
from flagstaff.features.targeting.model import Rollout
from flagstaff.features.targeting.payload import sdk_clauses

Indexes = Mapping[str, int]
Payload = dict[str, Any]


def sdk_flag(flag: Flag, targeting: Targeting) -> Payload | None:
    """Return the flag as SDKs read it, without `version`; None for an archived one, which they do not get.

    The prerequisites must be resolved. What is not set is left out, except where SDKs want a null.
    """
    if flag.archived:
        return None
    indexes = flag.indexes
    availability = flag.client_side_availability
    off = targeting.off_variation_id
    payload = {
        "key": flag.key,
        "on": targeting.on,
        "prerequisites": [_prerequisite(prerequisite) for prerequisite in targeting.prerequisites],
        "targets": _user_targets(targeting.targets, indexes),
        "contextTargets": _context_targets(targeting.targets, indexes),
        "rules": [_rule(rule, indexes) for rule in targeting.rules],
        "fallthrough": _serve(targeting.fallthrough, indexes),
        "offVariation": None if off is None else indexes[off],
        "variations": [variation.value for variation in flag.variations],
        "clientSideAvailability": {
            "usingMobileKey": availability.using_mobile_key,
            "usingEnvironmentId": availability.using_environment_id,
        },
        "clientSide": availability.using_environment_id,
        "salt": targeting.salt,
        "trackEvents": targeting.track_events,
        "trackEventsFallthrough": targeting.track_events_fallthrough,
        "debugEventsUntilDate": None,
        "deleted": False,
    }
    if flag.is_migration:  # for SDKs the presence of this member is what makes it one
        payload["migration"] = _optional(checkRatio=targeting.check_ratio)
    return payload


def _prerequisite(prerequisite: Prerequisite) -> Payload:
    if prerequisite.variation is None:
        raise ValueError(f"the prerequisite {prerequisite.key} is not resolved")
    return {"key": prerequisite.key, "variation": prerequisite.variation}


def _user_targets(targets: Iterable[Target], indexes: Indexes) -> list[Payload]:
    return [
        {"contextKind": "user", "variation": indexes[target.variation_id], "values": list(target.values)}
        for target in targets
        if target.context_kind == "user"
    ]


def _context_targets(targets: Iterable[Target], indexes: Indexes) -> list[Payload]:
    """All targets in their order. Users are looked up in `targets`; here they only have their place."""
    return [
        {
            "contextKind": target.context_kind,
            "variation": indexes[target.variation_id],
            "values": [] if target.context_kind == "user" else list(target.values),
        }
        for target in targets
    ]


def _rule(rule: Rule, indexes: Indexes) -> Payload:
    return {
        "id": rule.id,
        "clauses": sdk_clauses(rule.clauses),
        "trackEvents": rule.track_events,
        **_serve(rule.serve, indexes),
    }


def _serve(serve: VariationOrRollout, indexes: Indexes) -> Payload:
    if isinstance(serve, str):
        return {"variation": indexes[serve]}
    return {"rollout": _rollout(serve, indexes)}


def _rollout(rollout: Rollout, indexes: Indexes) -> Payload:
    return {
        "kind": "experiment" if rollout.allocation else "rollout",
        "contextKind": rollout.context_kind,
        "variations": [
            {
                "variation": indexes[weight.variation_id],
                "weight": weight.weight,
                **({"untracked": True} if weight.untracked else {}),
            }
            for weight in rollout.weights
        ],
        **_optional(bucketBy=rollout.bucket_by or None, seed=rollout.seed),
    }


def _optional(**members: Any) -> Payload:
    return {name: value for name, value in members.items() if value is not None}
