"""Instructions on what an environment serves by default, on or off, and which events it asks for."""

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from flagstaff.features.flags.instructions.registry import targeting_kind
from flagstaff.features.flags.model import Flag, Targeting, VariationOrRollout
from flagstaff.features.flags.serving import build_serve, check_check_ratio, check_serve, keep_seed


@targeting_kind("turnFlagOn", action="updateOn")
def turn_flag_on(targeting: Targeting) -> Targeting:
    """Turn the flag on."""
    return replace(targeting, on=True)


@targeting_kind("turnFlagOff", action="updateOn")
def turn_flag_off(targeting: Targeting) -> Targeting:
    """Turn the flag off, so that it serves its off variation."""
    return replace(targeting, on=False)


@targeting_kind("updateFallthroughVariationOrRollout", action="updateFallthrough")
def update_fallthrough_variation_or_rollout(
    targeting: Targeting,
    flag: Flag,
    *,
    variation_id: str = "",
    rollout_weights: dict[str, int] | UnsetType = UNSET,
    rollout_bucket_by: str = "",
    rollout_context_kind: str = "",
) -> Targeting:
    """Change what is served where no target and no rule matches."""
    serve = build_serve(flag, variation_id, rollout_weights, rollout_bucket_by, rollout_context_kind)
    return replace(targeting, fallthrough=keep_seed(targeting.fallthrough, serve))


@targeting_kind("setFallthrough", action="updateFallthrough", internal=True)
def set_fallthrough(targeting: Targeting, flag: Flag, *, fallthrough: VariationOrRollout) -> Targeting:
    """With what the documented kind cannot say: the order of weights, a seed, an experiment."""
    return replace(targeting, fallthrough=check_serve(flag, fallthrough))


@targeting_kind("updateOffVariation", action="updateOffVariation")
def update_off_variation(targeting: Targeting, flag: Flag, *, variation_id: str) -> Targeting:
    """Change what is served while the flag is off."""
    return replace(targeting, off_variation_id=flag.variation(variation_id).id)


@targeting_kind("unsetOffVariation", action="updateOffVariation", internal=True)
def unset_off_variation(targeting: Targeting) -> Targeting:
    """Serve nothing while the flag is off: SDKs then give their own default."""
    return replace(targeting, off_variation_id=None)


@targeting_kind("updateTrackEvents", action="updateTrackEvents")
def update_track_events(targeting: Targeting, *, track_events: bool) -> Targeting:
    """Track, or stop tracking, all events of the flag in detail."""
    return replace(targeting, track_events=track_events)


@targeting_kind("updateTrackEventsFallthrough", action="updateTrackEvents")
def update_track_events_fallthrough(targeting: Targeting, *, track_events: bool) -> Targeting:
    """Track, or stop tracking, the events of the default rule in detail."""
    return replace(targeting, track_events_fallthrough=track_events)


@targeting_kind("setCheckRatio", action="updateFlagConfigMigrationSettings", internal=True)
def set_check_ratio(targeting: Targeting, flag: Flag, *, check_ratio: int | None = None) -> Targeting:
    """How many reads of a migration are compared: one in `check_ratio`, or as many as the SDK likes."""
    return replace(targeting, check_ratio=check_check_ratio(flag, check_ratio))
