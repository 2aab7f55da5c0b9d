"""A patch of a segment in any format: what it changes, whether the caller may, what a dry run says of it."""

from collections.abc import Callable, Sequence

import msgspec

from flagstaff.access.specifiers import Resource
from flagstaff.features.segments import store
from flagstaff.features.segments.changes import check_instructions, derive_instructions, list_actions
from flagstaff.features.segments.descriptions import describe_change
from flagstaff.features.segments.instructions.vocabulary import SEGMENT
from flagstaff.features.segments.model import Segment, SegmentPlace, settle
from flagstaff.features.segments.patches import read_fields
from flagstaff.features.segments.represent import represent_segment
from flagstaff.features.segments.schemas import SegmentFields
from flagstaff.features.targeting.previews import ConflictRep, PreviewRep
from flagstaff.http.call import Call
from flagstaff.http.editing import edit_fields
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.instructions import Wire
from flagstaff.kernel.patches import Patch, SemanticPatch
from flagstaff.storage.transaction import Transaction

Judge = Callable[[Call, str, Resource], None]  # asks for an action


class Change(msgspec.Struct, frozen=True):
    """A segment before and after a patch; they are the same object if it changes nothing."""

    before: Segment
    after: Segment

    @property
    def description(self) -> str:
        """What the audit log says."""
        return describe_change(self.before, self.after)

    @property
    def actions(self) -> tuple[str, ...]:
        """The permission actions of what has changed."""
        return tuple(list_actions(derive_instructions(self.before, self.after)))


def apply_patch(call: Call, place: SegmentPlace, before: Segment, judge: Judge = Call.require) -> Change:
    """What the call's patch makes of a segment.

    Raises Forbidden if the caller may not do all of it, unless `judge` sees to that in another way;
    InvalidRequest, InvalidPatch or StaleVersion if it cannot be done.
    """
    instructions = _read_instructions(call, place, before, call.body)
    resource = place.resource(before)
    for action in list_actions(instructions):
        judge(call, action, resource)
    return _apply(call, place, before, instructions)


def try_patch(call: Call, place: SegmentPlace, before: Segment, patch: Patch) -> Change:
    """What a patch would make of a segment, whoever may make it; raises like `apply_patch`."""
    return _apply(call, place, before, _read_instructions(call, place, before, patch))


def _apply(call: Call, place: SegmentPlace, before: Segment, instructions: Sequence[Wire]) -> Change:
    edit = call.edit(place.environment.key)
    return Change(before, settle(before, SEGMENT.apply(before, edit, instructions), edit.now))


def preview(tx: Transaction, place: SegmentPlace, change: Change) -> PreviewRep:
    """What a change would do, and who would notice."""
    flags, segments = (
        store.list_flags_using(tx, change.before),
        store.list_segments_using(tx, change.before),
    )
    message = f"uses the segment {change.before.key} in {place.environment.name}"
    users = [
        *(
            ConflictRep(kind="flag", key=flag.key, message=f"The flag {flag.name} {message}")
            for flag in flags
        ),
        *(ConflictRep(kind="segment", key=key, message=f"The segment {key} {message}") for key in segments),
    ]
    touched = change.after is not change.before
    return PreviewRep(
        description=change.description,
        environments=(place.environment.key,) if touched else (),
        conflicts=tuple(users) if store.items_of(change.before, change.after) else (),
    )


def _read_instructions(call: Call, place: SegmentPlace, before: Segment, patch: Patch) -> list[Wire]:
    if isinstance(patch, SemanticPatch):
        if patch.environment_key not in {"", place.environment.key}:
            raise InvalidRequest(
                f"The segment is in the environment {place.environment.key}, "
                f"not in {patch.environment_key[:80]} - at `$.environmentKey`"
            )
        check_instructions(patch.instructions)
        return list(patch.instructions)
    shown = represent_segment(place, before, store.list_flags_using(call.tx, before))
    fields = edit_fields(shown, patch, SegmentFields)
    return list(derive_instructions(before, read_fields(before, fields, call.tx.ids)))
