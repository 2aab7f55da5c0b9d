"""The steps of an import: it is loaded piece by piece, seen all at once, and what it replaced is swept away.

The keys of an import are written beside the others under its number. One last unit makes that number the one
that is shown, with the new counts, the audit entry and the entry of the log. What a replacement has left out
is not seen from then on, and is removed step by step; then the log is shortened.
"""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from flagstaff.features.projects.environments.store import ENVIRONMENTS
from flagstaff.features.projects.store import PROJECTS
from flagstaff.features.segments import store
from flagstaff.features.segments.imports import (
    COMPLETE,
    IMPORTS,
    PREPARING,
    RUNNING,
    Import,
    forget_jobs,
    is_kept,
    save_import,
)
from flagstaff.features.segments.members import SEEN, STEP, Lists, add_keys, find_lists, keep_keys
from flagstaff.features.segments.model import KeyChange, Segment, SegmentPlace
from flagstaff.features.segments.revisions import (
    forget_reference,
    log_changes,
    log_import,
    shorten_log,
    unpack,
)
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.audit import Entry
from flagstaff.storage.jobs import Job, Progress
from flagstaff.storage.transaction import SqlValue, Transaction

END = b"\xff" * 33  # beyond any hash
FEW_PIECES = 40  # that one unit removes


def import_step(tx: Transaction, job: Job, progress: Progress) -> Progress:
    """The next step of an import; raises NotFound when its segment is gone, or its file did not arrive."""
    one, lists = _read(tx, job)
    phase = PHASES[progress.state.get("phase", "load")]
    return phase(tx, one, lists, progress)


def _load(tx: Transaction, one: Import, lists: Lists, progress: Progress) -> Progress:
    """Write the keys of the next piece under the number of the import."""
    piece, new = int(progress.state.get("piece", 0)), int(progress.state.get("new", 0))
    if one.status == PREPARING:
        if not is_kept(tx, one):
            raise NotFound("The file has not arrived whole")
        save_import(tx, one, replace(one, status=RUNNING))
    row = tx.one(
        "SELECT content FROM segment_import_pieces WHERE import_id = :id AND piece = :piece",
        id=one.id,
        piece=piece,
    )
    keys = [key for change in unpack(row[0]) for key in change.added] if row else []
    if one.mode == "replace":
        keep_keys(tx, lists, keys, one.number)
    new += add_keys(tx, lists, keys, included=True, number=one.number)
    phase = "load" if piece + 1 < one.pieces else "show"
    return Progress(progress.done + len(keys), one.keys, {"phase": phase, "piece": piece + 1, "new": new})


def _show(tx: Transaction, one: Import, lists: Lists, progress: Progress) -> Progress:
    """Let all keys of the import be seen."""
    before = store.SEGMENTS.find(tx, "id = :id", id=one.segment_id)
    environment = ENVIRONMENTS.find(tx, "id = :id", id=one.environment_id)
    project = PROJECTS.find(tx, "id = :id", id=one.project_id)
    if before is None or environment is None or project is None:
        raise NotFound("The segment was deleted")
    replaces = one.mode == "replace"
    tx.run(
        "UPDATE big_segments SET shown = :number, floor = :floor WHERE number = :id",
        number=one.number,
        floor=one.number if replaces else lists.floor,
        id=lists.number,
    )
    came = int(progress.state["new"])
    new = one.keys - before.big.included_count if replaces else came
    log_import(tx, one.environment_id, before.reference, one.id, one.pieces)
    after = replace(
        before,
        big=before.big.advance(new, 0, tx.now),
        version=before.version + 1,
        last_modified_date=tx.now,
    )
    place = SegmentPlace(project, environment)
    store.save_segment(tx, place, before, after, _entry(place, after, one))
    save_import(tx, one, replace(one, status=COMPLETE, busy=False, new=came))
    return Progress(one.keys, one.keys, {"phase": "sweep"}, is_last=not replaces)


def _sweep(tx: Transaction, one: Import, lists: Lists, progress: Progress) -> Progress:
    """Remove some keys that a replacement has left out, and tell the stores."""
    segment = store.SEGMENTS.find(tx, "id = :id", id=one.segment_id)
    if segment is None:
        raise NotFound("The segment was deleted")
    where = f"list = :list AND hash > :after AND hash <= :until AND added <= :shown AND NOT {SEEN}"
    span, until = _find_span(tx, lists.list_of(included=True), progress)
    values: dict[str, SqlValue] = {**lists.where(included=True), **span}
    gone = [key for (key,) in tx.all(f"SELECT key FROM big_segment_members WHERE {where}", **values)]
    if gone:
        tx.run(f"DELETE FROM big_segment_members WHERE {where}", **values)
        log_changes(tx, segment.environment_id, segment.reference, [KeyChange(removed=tuple(gone))])
    state = {"phase": "sweep", "after": until.hex()} if until else {"phase": "shorten"}
    return Progress(progress.done, progress.total, state)


def _shorten(tx: Transaction, one: Import, _: Lists, progress: Progress) -> Progress:
    """Take out of some entries of the log what the replacement tells again."""
    segment = store.SEGMENTS.find(tx, "id = :id", id=one.segment_id)
    if segment is None:
        raise NotFound("The segment was deleted")
    after = int(progress.state.get("entry", 0))
    next_ = shorten_log(tx, one.environment_id, segment.reference, one.id, after)
    state = {"phase": "shorten", "entry": next_}
    return Progress(progress.done, progress.total, state, is_last=next_ is None)


PHASES: dict[str, Callable[[Transaction, Import, Lists, Progress], Progress]] = {
    "load": _load,
    "show": _show,
    "sweep": _sweep,
    "shorten": _shorten,
}


def stop_step(tx: Transaction, job: Job, progress: Progress) -> Progress:
    """Remove some keys of an import that was given up; after the last there may be another import."""
    one, lists = _read(tx, job)
    span, until = _find_span(tx, lists.list_of(included=True), progress)
    gone = tx.run(
        "DELETE FROM big_segment_members "
        "WHERE list = :list AND hash > :after AND hash <= :until AND added = :number AND added > :shown",
        **span,
        list=lists.list_of(included=True),
        number=one.number,
        shown=lists.shown,
    )
    if until is None:
        tx.run("DELETE FROM segment_import_pieces WHERE import_id = :id", id=one.id)
        save_import(tx, one, replace(one, busy=False))
    return Progress(progress.done + gone, 0, {"after": (until or b"").hex()}, is_last=until is None)


def empty_step(tx: Transaction, job: Job, progress: Progress) -> Progress:
    """Remove some of what a deleted big segment has left: its keys, its files, its entries of the log."""
    about: dict[str, Any] = job.arguments
    for list_number in (2 * about["number"], 2 * about["number"] + 1):
        span, until = _find_span(tx, list_number, Progress(0, 0))
        gone = tx.run(
            "DELETE FROM big_segment_members WHERE list = :list AND hash <= :until",
            list=list_number,
            until=span["until"],
        )
        if until is not None or gone:
            return Progress(progress.done + gone, 0)
    forget_reference(tx, about["environment_id"], about["reference"])
    for files, table in (
        ("segment_imports", "segment_import_pieces"),
        ("segment_exports", "segment_export_pieces"),
    ):
        column = "import_id" if files == "segment_imports" else "export_id"
        gone = tx.run(
            f"DELETE FROM {table} WHERE rowid IN (SELECT {table}.rowid FROM {table} "
            f"JOIN {files} ON {files}.id = {column} WHERE segment_id = :id LIMIT :few)",
            id=about["segment_id"],
            few=FEW_PIECES,
        )
        if gone:
            return Progress(progress.done, 0)
        if files == "segment_imports":
            forget_jobs(tx, about["segment_id"])
        tx.run(f"DELETE FROM {files} WHERE segment_id = :id", id=about["segment_id"])
    return Progress(progress.done, progress.done, is_last=True)


def _read(tx: Transaction, job: Job) -> tuple[Import, Lists]:
    one = IMPORTS.find(tx, "id = :id", id=job.arguments["import_id"])
    lists = find_lists(tx, one.segment_id) if one else None
    if one is None or lists is None:
        raise NotFound("The segment was deleted")
    return one, lists


def _find_span(
    tx: Transaction, list_number: int, progress: Progress
) -> tuple[dict[str, SqlValue], bytes | None]:
    """The hashes that the next step over a list is about, and the last of them; None where the list ends."""
    after = bytes.fromhex(progress.state.get("after", ""))
    row = tx.one(
        "SELECT hash FROM big_segment_members WHERE list = :list AND hash > :after "
        "ORDER BY hash LIMIT 1 OFFSET :step",
        list=list_number,
        after=after,
        step=STEP - 1,
    )
    until = None if row is None else bytes(row[0])
    return {"after": after, "until": until or END}, until


def _entry(place: SegmentPlace, segment: Segment, one: Import) -> Entry:
    skipped = one.skipped.count
    lines = f"; {skipped:,} lines without a key were left out" if skipped else ""
    kept = "which replace all others" if one.mode == "replace" else "beside those that were there"
    return Entry(
        kind="segment",
        name=segment.name,
        title_verb="imported keys into the segment",
        description=f"- Imported {one.keys:,} included keys from `{one.filename}`, {kept}{lines}",
        accesses=(("updateIncluded", place.resource(segment).text),),
        actor=one.actor,
    )
