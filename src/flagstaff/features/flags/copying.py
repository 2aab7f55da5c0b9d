"""Copying the settings of a flag from one environment to another, all or some of them."""

from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from flagstaff.features.flags.model import FlagState, Prerequisite, Targeting
from flagstaff.features.flags.schemas import CopyAction, CopyEnvironment, FlagCopyBody
from flagstaff.kernel.errors import InvalidRequest, NotFound, StaleVersion

PARTS: dict[CopyAction, str] = {
    "updateOn": "on",
    "updateRules": "rules",
    "updateFallthrough": "fallthrough",
    "updateOffVariation": "off_variation_id",
    "updatePrerequisites": "prerequisites",
    "updateTargets": "targets",
    "updateFlagConfigMigrationSettings": "check_ratio",
}


def copy_settings(state: FlagState, body: FlagCopyBody) -> FlagState:
    """Return the state with what the body names copied into the target environment, versions unchanged.

    Targets, rules and prerequisites are replaced, and rules keep their ids. The prerequisites are yet to be
    resolved; whether the target has the segments that the rules name is for the caller to check.
    Raises NotFound for an unknown environment, StaleVersion for a version that is no longer current,
    InvalidRequest for both lists of actions at once and for a copy of an environment to itself.
    """
    if body.source.key == body.target.key:
        raise InvalidRequest("the source and the target of a copy must be different environments")
    source, target = _environment(state, body.source), _environment(state, body.target)
    copied: dict[str, Any] = {PARTS[action]: getattr(source, PARTS[action]) for action in _actions(body)}
    if "prerequisites" in copied:
        copied["prerequisites"] = _open(source, target)
    return replace(state, environments={**state.environments, body.target.key: replace(target, **copied)})


def _open(source: Targeting, target: Targeting) -> tuple[Prerequisite, ...]:
    """What is new in the target is left open, and so checked: it might close a cycle there."""
    known = {(held.key, held.variation_id): held for held in target.prerequisites}
    return tuple(
        known.get((held.key, held.variation_id), replace(held, variation=None))
        for held in source.prerequisites
    )


def _environment(state: FlagState, end: CopyEnvironment) -> Targeting:
    targeting = state.environments.get(end.key)
    if targeting is None:
        raise NotFound(f"Unknown environment key {end.key[:80]}")
    if end.current_version is not UNSET and end.current_version != targeting.version:
        raise StaleVersion(
            f"The flag has version {targeting.version} in {end.key}, not {end.current_version}"
        )
    return targeting


def _actions(body: FlagCopyBody) -> list[CopyAction]:
    included, excluded = body.included_actions, body.excluded_actions
    if included is not UNSET and excluded is not UNSET:
        raise InvalidRequest("give includedActions or excludedActions, not both")
    if included is not UNSET:
        return list(included)
    return [action for action in PARTS if excluded is UNSET or action not in excluded]
