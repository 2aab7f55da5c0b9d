"""Changes of the keys of a big segment: carried out in the table, counted in the segment, and logged."""

import msgspec
from msgspec.structs import replace

from flagstaff.features.segments.importing import refuse_while_importing
from flagstaff.features.segments.imports import begin_pending
from flagstaff.features.segments.members import Lists, add_keys, get_lists, remove_keys
from flagstaff.features.segments.model import KeyChange, Segment
from flagstaff.features.segments.revisions import log_changes
from flagstaff.storage.transaction import Transaction


class _Moved(msgspec.Struct, frozen=True):
    """How many keys the lists have more than before, and whether anything has changed."""

    included: int = 0
    excluded: int = 0
    touched: int = 0


def carry_out(tx: Transaction, before: Segment, after: Segment) -> Segment:
    """Do what `after` asks for, and return it with its new counts; `before` itself if nothing changes.

    Raises Conflict while an import runs.
    """
    if not after.pending:
        return after
    refuse_while_importing(tx, before)
    lists = get_lists(tx, before.id)
    moved = _Moved()
    for change in after.pending:
        moved = _move(tx, before, lists, change, moved)
    settled = replace(after, pending=())
    if not moved.touched:
        unchanged = replace(settled, version=before.version, last_modified_date=before.last_modified_date)
        return before if unchanged == before else settled
    log_changes(tx, after.environment_id, after.reference, after.pending)
    return replace(settled, big=after.big.advance(moved.included, moved.excluded, tx.now))


def _move(tx: Transaction, segment: Segment, lists: Lists, change: KeyChange, moved: _Moved) -> _Moved:
    if change.import_id:
        begin_pending(tx, segment, change.import_id)
    removed = remove_keys(tx, lists, change.removed, included=change.included)
    added = add_keys(tx, lists, change.added, included=change.included)
    side = "included" if change.included else "excluded"
    more = {side: getattr(moved, side) + added - removed}
    return replace(moved, touched=moved.touched + added + removed, **more)
