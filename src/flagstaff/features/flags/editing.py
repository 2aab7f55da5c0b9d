"""A change of a flag in any patch format: what it comes to, whether the caller may, and how it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from flagstaff.features.flags.changes import Step, aspects, derive, single_step
from flagstaff.features.flags.checks import (
    Dependent,
    find_dependents,
    follow_variations,
    list_conflicts,
    refuse_loss,
    settle_references,
)
from flagstaff.features.flags.describing_tmp import describe_change
from flagstaff.features.flags.instructions.vocabulary import FLAG
from flagstaff.features.flags.model import FlagState, bump
from flagstaff.features.flags.patches import apply_flag_merge, apply_flag_patch
from flagstaff.features.flags.scope import environment_in, resources_of, view_of
from flagstaff.features.flags.store import Place, save_flag
from flagstaff.features.targeting.previews import PreviewRep
from flagstaff.http.call import Call
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.instructions import Wire
from flagstaff.kernel.patches import JsonPatch, SemanticPatch
from flagstaff.storage.audit import Entry


@dataclass(frozen=True)
class Change:
    """A flag before and after a patch: the same object if it changes nothing."""

    place: Place
    before: FlagState
    after: FlagState
    accesses: tuple[tuple[str, str], ...]  # each permission action with each resource it was needed on
    dependents: tuple[Dependent, ...]


def apply_patch(call: Call, place: Place, before: FlagState) -> Change:
    """What the call's patch makes of a flag; every environment must be in `place`.

    Raises Forbidden if the caller may not do all of it; InvalidRequest, InvalidPatch, StaleVersion or
    Conflict if it cannot be done.
    """
    patch = call.body
    if isinstance(patch, SemanticPatch):
        return apply_instructions(call, place, before, patch.instructions, patch.environment_key)
    view = view_of(call, place, [before.flag], migration_settings=True)[before.flag.id]
    edit = call.edit()
    if isinstance(patch, JsonPatch):
        after = apply_flag_patch(before, patch.operations, edit, view)
    else:
        after = apply_flag_merge(before, patch.document, edit, view)
    return settle(call, place, before, after, require(call, place, before, derive(before, after)))


def apply_instructions(
    call: Call, place: Place, before: FlagState, instructions: Sequence[Wire], environment_key: str
) -> Change:
    """What instructions make of a flag; raises like `apply_patch`."""
    FLAG.check(instructions)
    if environment_key:
        environment_in(place, environment_key, "$.environmentKey")
    accesses = require(call, place, before, single_step(environment_key, instructions))
    after = FLAG.apply(before, call.edit(environment_key), instructions)
    return settle(call, place, before, after, accesses)


def require(call: Call, place: Place, state: FlagState, steps: Sequence[Step]) -> tuple[tuple[str, str], ...]:
    """The accesses that the steps need: what touches the whole flag is needed in every environment.

    Raises Forbidden if the caller has not all of them.
    """
    resources = resources_of(place, state.flag)
    accesses: list[tuple[str, str]] = []
    for action, environment in sorted(aspects(steps), key=lambda aspect: (aspect[1] or "", aspect[0])):
        if environment is not None and environment not in resources:
            raise InvalidRequest("environmentKey is required - at `$.environmentKey`")
        touched = list(resources.values()) if environment is None else [resources[environment]]
        call.require_everywhere(action, touched)
        accesses += [(action, resource.text) for resource in touched]
    return tuple(accesses)


def settle(
    call: Call, place: Place, before: FlagState, after: FlagState, accesses: tuple[tuple[str, str], ...]
) -> Change:
    """A new state with its versions, checked against all that it refers to and that refers to it."""
    settled = bump(before, settle_references(call.tx, place, before, after), call.tx.now)
    dependents = tuple(find_dependents(call.tx, place, before.flag))
    if settled is not before:
        refuse_loss(before, settled, dependents)
    return Change(place, before, settled, accesses, dependents)


def save(call: Call, change: Change) -> None:
    """Store a change with the flags that had to follow it; one that changes nothing leaves no trace."""
    if change.after is change.before:
        return
    before, after = change.before, change.after
    verb, description = describe_change(before, after)
    entry = Entry(
        kind="flag",
        name=after.flag.name,
        title_verb=verb,
        description=description,
        accesses=change.accesses,
        actor=call.actor,
        comment=getattr(call.body, "comment", ""),
    )
    followed = follow_variations(call.tx, change.place, before.flag, after.flag, change.dependents)
    others = [(old, bump(old, new, call.tx.now)) for old, new in followed]
    save_flag(call.tx, change.place, before, None if after.deleted else after, entry, others=others)


def preview(change: Change) -> PreviewRep:
    """What a change would do, and who would notice."""
    before, after = change.before, change.after
    touched = [
        key for key, targeting in after.environments.items() if targeting is not before.environments.get(key)
    ]
    whole = after.flag is not before.flag or after.deleted
    return PreviewRep(
        description=describe_change(before, after)[1],
        environments=tuple(before.environments if whole else touched),
        conflicts=list_conflicts(change.dependents) if after is not before else (),
    )
