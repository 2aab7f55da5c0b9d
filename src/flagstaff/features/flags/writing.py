"""Changing flags over REST: the handlers that make, patch, copy and delete them."""

from typing import Any

from msgspec import Struct, field, structs

from flagstaff.features.flags.checks import refuse_loss, settle_references
from flagstaff.features.flags.copying import copy_settings
from flagstaff.features.flags.creation import clone_flag, create_flag
from flagstaff.features.flags.editing import apply_patch, save, settle
from flagstaff.features.flags.instructions.vocabulary import FLAG
from flagstaff.features.flags.list_schemas import PatchedFlagRep, SafetyIssueRep
from flagstaff.features.flags.migration_safety import find_issues
from flagstaff.features.flags.model import FlagState
from flagstaff.features.flags.pending_changes import refuse_broken_changes
from flagstaff.features.flags.previews import preview
from flagstaff.features.flags.reading import show
from flagstaff.features.flags.schemas import FlagRep
from flagstaff.features.flags.scope import flag_of, place_of, resources_of
from flagstaff.features.flags.store import FlagPlace, get_flag, is_flag_key_taken, save_flag
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.http.call import Call
from flagstaff.kernel.errors import Conflict, NotFound
from flagstaff.kernel.instructions import Wire
from flagstaff.storage.audit import Entry


class CloneQuery(Struct, frozen=True):
    """`clone` is the key of the flag to copy."""

    clone: str = ""


class FlagPatchQuery(Struct, frozen=True):
    """`dryRun` keeps nothing; `ignoreConflicts` makes a change that pending ones would then fail on.

    Both together show, in `_preview`, which these are.
    """

    dry_run: bool = field(default=False, name="dryRun")
    ignore_conflicts: bool = field(default=False, name="ignoreConflicts")


class SafetyBody(Struct, frozen=True):
    """Instructions whose effect on the data of a migration is to be judged."""

    instructions: list[dict[str, Any]]
    comment: str = ""


def post_feature_flag(call: Call) -> FlagRep:
    """Make a flag, off in every environment; or a copy of the flag that `clone` names, targeting included."""
    place, body = place_of(call), call.body
    maintainer = call.identity.caller.member_id
    if call.query.clone:
        source = get_flag(call.tx, place, call.query.clone)
        _require_everywhere(call, place, source, "cloneFlag")
        state = clone_flag(body, source, call.edit(), maintainer)
    else:
        tracked = {environment.key: environment.default_track_events for environment in place.environments}
        state = create_flag(body, place.project.flag_defaults, tracked, call.edit(), maintainer)
    _require_everywhere(call, place, state, "createFlag")
    if is_flag_key_taken(call.tx, place.project, state.flag.key):
        raise Conflict(f"A flag with the key {state.flag.key} already exists")
    state = settle_references(call.tx, place, None, state)
    save_flag(call.tx, place, None, state, _entry(call, place, state, "created the flag", "createFlag"))
    return show(call, place, state)


def patch_feature_flag(call: Call) -> FlagRep:
    """Change a flag by instructions, JSON patch or JSON merge patch: all of it, or nothing."""
    place = place_of(call)
    change = apply_patch(call, place, flag_of(call, place))
    if not call.query.ignore_conflicts:
        refuse_broken_changes(call.tx, place, change.before, change.after)
    save(call, change)
    shown = show(call, place, change.after)
    if not call.query.dry_run:
        return shown
    call.tx.discard()
    return PatchedFlagRep(**structs.asdict(shown), preview=preview(call.tx, change))


def delete_feature_flag(call: Call) -> None:
    """Delete a flag in all environments; 409 while another flag has it as a prerequisite."""
    place = place_of(call)
    state = flag_of(call, place)
    _require_everywhere(call, place, state, "deleteFlag")
    refuse_loss(call.tx, place, state.flag.key)
    save_flag(call.tx, place, state, None, _entry(call, place, state, "deleted the flag", "deleteFlag"))


def copy_feature_flag(call: Call) -> FlagRep:
    """Copy a flag's settings from one environment to another, all of them or those that are named."""
    place, body = place_of(call), call.body
    before = flag_of(call, place)
    resources = resources_of(place, before.flag)
    wanted = (("copyFlagConfigFrom", body.source.key), ("copyFlagConfigTo", body.target.key))
    for action, key in wanted:
        if key not in resources:
            raise NotFound(f"Unknown environment key {key[:80]}")
        call.require(action, resources[key])
    accesses = tuple((action, resources[key].text) for action, key in wanted)
    names = {environment.key: environment.name for environment in place.environments}
    verb = f"copied the settings from {names[body.source.key]} to {names[body.target.key]} of the flag"
    change = settle(call, place, before, copy_settings(before, body), accesses)
    save(call, change, verb)
    return show(call, place, change.after)


def post_migration_safety_issues(call: Call) -> list[SafetyIssueRep] | None:
    """Tell which cohorts of a migration a change would endanger; nothing is changed, and none is 204."""
    environment, place = environment_of(call), place_of(call)
    before = flag_of(call, place)
    instructions: list[Wire] = list(call.body.instructions)
    FLAG.check(instructions)
    after = FLAG.apply(before, call.edit(environment.key), instructions)
    issues = [
        SafetyIssueRep(
            causing_rule_id=issue.causing_rule_id,
            affected_rule_ids=issue.affected_rule_ids,
            issue=issue.text,
            old_system_affected=issue.old_system_affected,
        )
        for issue in find_issues(before, after, environment.key)
    ]
    return issues or None


def _require_everywhere(call: Call, place: FlagPlace, state: FlagState, action: str) -> None:
    call.require_everywhere(action, resources_of(place, state.flag).values())


def _entry(call: Call, place: FlagPlace, state: FlagState, verb: str, action: str) -> Entry:
    return Entry(
        kind="flag",
        name=state.flag.name,
        title_verb=verb,
        description="",
        accesses=tuple((action, resource.text) for resource in resources_of(place, state.flag).values()),
        actor=call.actor,
        comment=getattr(call.body, "comment", ""),
    )
