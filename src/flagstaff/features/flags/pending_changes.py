"""What others still mean to do with a flag, and which of it a change now would make impossible.

Whoever keeps changes for later (approvals, schedules, workflows) lies above; the wiring names them here.
"""

from collections.abc import Callable, Iterable

import msgspec

from flagstaff.features.flags.instructions.vocabulary import FLAG
from flagstaff.features.flags.model import Flag, FlagState
from flagstaff.features.flags.store import FlagPlace
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.instructions import Edit, Wire
from flagstaff.storage.transaction import Transaction


class PendingChange(msgspec.Struct, frozen=True):
    """Instructions that wait, and what keeps them: its kind, such as `scheduled-change`, and its id.

    `environment_key` is empty where they are about the whole flag.
    """

    kind: str
    id: str
    environment_key: str
    instructions: tuple[Wire, ...]


FindPendingChanges = Callable[[Transaction, FlagPlace, Flag], Iterable[PendingChange]]

# Filled by hooks.py: each gives the pending changes of a flag in the environments of the place.
find_pending_changes: list[FindPendingChanges] = []


def list_broken_changes(
    tx: Transaction, place: FlagPlace, before: FlagState, after: FlagState
) -> list[PendingChange]:
    """The pending changes that could be made before a change of the flag, and cannot be made after it."""
    if after is before:
        return []
    return [
        pending
        for find in find_pending_changes
        for pending in find(tx, place, before.flag)
        if _can_be_made(tx, before, pending) and not _can_be_made(tx, after, pending)
    ]


def refuse_broken_changes(tx: Transaction, place: FlagPlace, before: FlagState, after: FlagState) -> None:
    """Raise InvalidRequest if a change of the flag would make pending ones fail."""
    broken = list_broken_changes(tx, place, before, after)
    if broken:
        named = ", ".join(f"{pending.kind} {pending.id}" for pending in broken)
        raise InvalidRequest(
            f"The change would make pending ones fail: {named}; "
            "with ignoreConflicts=true it is made all the same"
        )


def _can_be_made(tx: Transaction, state: FlagState, pending: PendingChange) -> bool:
    """Whether the instructions can be run on the flag; nothing can on one that is archived or gone."""
    if state.flag.archived or state.deleted:
        return False
    try:
        FLAG.apply(state, Edit(tx.now, tx.ids, pending.environment_key), pending.instructions)
    except InvalidRequest:
        return False
    return True
