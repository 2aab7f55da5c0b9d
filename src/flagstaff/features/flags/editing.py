"""A change of a flag in any patch format: what it comes to, whether the caller may, and how it is stored."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from flagstaff.access.specifiers import Resource
from flagstaff.features.accounts.store import find_member
from flagstaff.features.flags.changes import Step, aspects, derive, single_step
from flagstaff.features.flags.checks import follow_variations, refuse_loss, settle_references
from flagstaff.features.flags.descriptions import describe_change
from flagstaff.features.flags.instructions.vocabulary import FLAG
from flagstaff.features.flags.model import FlagState, bump
from flagstaff.features.flags.patches import apply_flag_merge, apply_flag_patch
from flagstaff.features.flags.scope import environment_in, resource_in, resources_of, view_of
from flagstaff.features.flags.store import FlagPlace, find_flag, save_flag
from flagstaff.features.flags.wording import name_variation
from flagstaff.http.call import Call
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.instructions import Wire
from flagstaff.kernel.patches import JsonPatch, SemanticPatch
from flagstaff.storage.audit import Entry

Accesses = tuple[tuple[str, str], ...]  # each permission action with each resource it was needed on
Judge = Callable[[Call, str, Sequence[Resource]], None]  # asks for an action on all of the resources


class Change(msgspec.Struct, frozen=True):
    """A flag before and after a patch: the same object if it changes nothing."""

    place: FlagPlace
    before: FlagState
    after: FlagState
    accesses: Accesses
    called: Mapping[str, str] = {}  # members and variations of required flags, by their ids

    def describe(self) -> tuple[str, str]:
        """The verb of the audit log's title, and its description."""
        names = {environment.key: environment.name for environment in self.place.environments}
        return describe_change(self.before, self.after, names, self.called)


def apply_patch(
    call: Call, place: FlagPlace, before: FlagState, judge: Judge = Call.require_everywhere
) -> Change:
    """What the call's patch makes of a flag; every environment must be in `place`.

    Raises Forbidden if the caller may not do all of it, unless `judge` sees to that in another way;
    InvalidRequest, InvalidPatch, StaleVersion or Conflict if it cannot be done.
    """
    patch = call.body
    if isinstance(patch, SemanticPatch):
        return apply_instructions(call, place, before, patch.instructions, patch.environment_key, judge=judge)
    view = view_of(call, place, [before.flag])[before.flag.id]
    edit = call.edit()
    if isinstance(patch, JsonPatch):
        after = apply_flag_patch(before, patch.operations, edit, view)
    else:
        after = apply_flag_merge(before, patch.document, edit, view)
    accesses = require(call, place, before, derive(before, after), judge)
    return settle(call, place, before, after, accesses)


def apply_instructions(
    call: Call,
    place: FlagPlace,
    before: FlagState,
    instructions: Sequence[Wire],
    environment_key: str,
    *,
    judge: Judge = Call.require_everywhere,
) -> Change:
    """What instructions make of a flag; raises like `apply_patch`."""
    FLAG.check(instructions)
    if environment_key:
        environment_in(place, environment_key, "$.environmentKey")
    accesses = require(call, place, before, single_step(environment_key, instructions), judge)
    after = FLAG.apply(before, call.edit(environment_key), instructions)
    return settle(call, place, before, after, accesses)


def require(
    call: Call,
    place: FlagPlace,
    state: FlagState,
    steps: Sequence[Step],
    judge: Judge = Call.require_everywhere,
) -> Accesses:
    """The accesses that the steps need: what touches the whole flag is needed in every environment.

    Raises Forbidden if the caller has not all of them.
    """
    accesses: list[tuple[str, str]] = []
    for action, key in sorted(aspects(steps), key=lambda aspect: (aspect[1] or "", aspect[0])):
        within = [environment for environment in place.environments if key in {None, environment.key}]
        if key is not None and not within:
            raise _environment_missing(steps)
        touched = [resource_in(place, environment, state.flag) for environment in within]
        judge(call, action, touched)
        accesses += [(action, resource.text) for resource in touched]
    return tuple(accesses)


def _environment_missing(steps: Sequence[Step]) -> InvalidRequest:
    kinds = [wire["kind"] for step in steps for wire in step.instructions]
    kind = next(kind for kind in kinds if FLAG[kind].scope == "environment")
    return InvalidRequest(
        f"environmentKey is required: {kind} is about one environment - at `$.environmentKey`"
    )


def settle(call: Call, place: FlagPlace, before: FlagState, after: FlagState, accesses: Accesses) -> Change:
    """A new state with its versions, checked against all that it refers to and that refers to it."""
    settled = bump(before, settle_references(call.tx, place, before, after), call.tx.now)
    is_archived = settled.flag.archived and not before.flag.archived
    if is_archived or settled.deleted:
        refuse_loss(call.tx, place, before.flag.key)
    called = {**_name_required(call, place, before, settled), **_name_maintainers(call, before, settled)}
    return Change(place, before, settled, accesses, called)


def _name_required(call: Call, place: FlagPlace, before: FlagState, after: FlagState) -> dict[str, str]:
    """The variations of required flags whose requirement changes, as far as the caller may know the flags."""
    held = [_list_required(state) for state in (before, after)]
    changed = {key for key, _ in held[0] ^ held[1]} if after is not before else set()
    found = [find_flag(call.tx, place, key) for key in sorted(changed)]
    return {
        variation.id: name_variation(state.flag, variation.id)
        for state in found
        if state is not None and any(call.sees(one) for one in resources_of(place, state.flag).values())
        for variation in state.flag.variations
    }


def _name_maintainers(call: Call, before: FlagState, after: FlagState) -> dict[str, str]:
    """The members that maintain it before or after a change of that."""
    ids = {state.flag.maintainer_id for state in (before, after)}
    changed = sorted(one for one in ids if one) if len(ids) > 1 else []
    members = [find_member(call.tx, one) for one in changed]
    return {member.id: member.display_name for member in members if member is not None}


def _list_required(state: FlagState) -> set[tuple[str, str]]:
    """The flags that it requires somewhere, each with the variation."""
    return {
        (one.key, one.variation_id or "")
        for targeting in state.environments.values()
        for one in targeting.prerequisites
    }


def save(call: Call, change: Change, title_verb: str = "") -> None:
    """Store a change with the flags that had to follow it; one that changes nothing leaves no trace.

    The title of its audit entry says what it comes to, unless `title_verb` says it better.
    """
    if change.after is change.before:
        return
    before, after = change.before, change.after
    verb, description = change.describe()
    entry = Entry(
        kind="flag",
        name=after.flag.name,
        title_verb=title_verb or verb,
        description=description,
        accesses=change.accesses,
        actor=call.actor,
        comment=getattr(call.body, "comment", ""),
    )
    followed = follow_variations(call.tx, change.place, before.flag, after.flag)
    others = [(old, bump(old, new, call.tx.now)) for old, new in followed]
    save_flag(call.tx, change.place, before, None if after.deleted else after, entry, others=others)
