"""Exports of the included keys of big segments: written piece by piece, kept until the next one begins."""

import csv
import io
import zlib
from collections.abc import AsyncIterator
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from flagstaff.features.segments.members import STEP, find_lists, list_keys
from flagstaff.features.segments.model import Segment
from flagstaff.http.operations import Edge
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.documents import Documents, Write, apply_write
from flagstaff.storage.jobs import Job, Progress
from flagstaff.storage.transaction import Transaction

EXPORT = "segment_export"
PROCESSING, COMPLETE, FAILED = "processing", "complete", "failed"
FEW_PIECES = 40  # of an older export, that one unit removes
UNITS = ("B", "kB", "MB", "GB")


class Export(Struct, frozen=True, kw_only=True):
    """An export; `size` is that of its file in bytes."""

    id: str
    segment_id: str
    segment_key: str
    status: str = PROCESSING
    size: int = 0
    pieces: int = 0
    initiator_name: str = ""
    initiator_email: str = ""
    created: Millis
    version: int = 1


EXPORTS = Documents("segment_exports", Export, lambda one: {"id": one.id, "segment_id": one.segment_id})


def get_export(tx: Transaction, segment: Segment, export_id: str) -> Export:
    """An export of that segment; raises NotFound."""
    found = EXPORTS.find(tx, "id = :id AND segment_id = :segment", id=export_id, segment=segment.id)
    if found is None:
        raise NotFound("Unknown export")
    return found


def export_step(tx: Transaction, job: Job, progress: Progress) -> Progress:
    """Write the next keys; before the first, older exports are removed. Raises NotFound."""
    one = EXPORTS.find(tx, "id = :id", id=job.arguments["export_id"])
    lists = find_lists(tx, one.segment_id) if one else None
    if one is None or lists is None:
        raise NotFound("The segment was deleted")
    if not progress.state and _remove_older(tx, one):
        return progress
    found = list_keys(tx, lists, bytes.fromhex(progress.state.get("after", "")))
    text = write_lines([key for _, key in found])
    piece, size = int(progress.state.get("piece", 0)), int(progress.state.get("size", 0)) + len(text)
    tx.run(
        "INSERT INTO segment_export_pieces (export_id, piece, content) VALUES (:id, :piece, :content)",
        id=one.id,
        piece=piece,
        content=zlib.compress(text, 1),
    )
    is_last = len(found) < STEP
    if is_last:
        save_export(tx, one, replace(one, status=COMPLETE, size=size, pieces=piece + 1))
    state = {"after": found[-1][0].hex() if found else "", "piece": piece + 1, "size": size}
    done = progress.done + len(found)
    return Progress(done, max(done, progress.total), state, is_last=is_last)


def fail(tx: Transaction, job: Job) -> None:
    """Give an export up."""
    one = EXPORTS.find(tx, "id = :id", id=job.arguments["export_id"])
    if one is not None:
        save_export(tx, one, replace(one, status=FAILED))


def save_export(tx: Transaction, before: Export, after: Export) -> None:
    """What becomes of an export is no change of a resource."""
    apply_write(tx, Write(EXPORTS, before, replace(after, version=before.version + 1)))


async def stream_file(edge: Edge, one: Export) -> AsyncIterator[bytes]:
    """The file of a complete export, piece by piece, as far as it is kept."""
    for piece in range(one.pieces):
        content = await edge.database.read(partial(_read_piece, export_id=one.id, piece=piece))
        if content is None:
            return
        yield zlib.decompress(content)


def write_lines(keys: list[str]) -> bytes:
    """Keys as lines of CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows((key,) for key in keys)
    return text.getvalue().encode()


def show_size(size: int) -> str:
    """A size for people: `18 B`, `2.4 MB`."""
    amount, unit = float(size), 0
    while amount >= 1000 and unit + 1 < len(UNITS):
        amount, unit = amount / 1000, unit + 1
    return f"{amount:.1f} {UNITS[unit]}" if unit else f"{size} B"


def _read_piece(tx: Transaction, export_id: str, piece: int) -> bytes | None:
    row = tx.one(
        "SELECT content FROM segment_export_pieces WHERE export_id = :id AND piece = :piece",
        id=export_id,
        piece=piece,
    )
    return None if row is None else bytes(row[0])


def _remove_older(tx: Transaction, one: Export) -> bool:
    """Remove some of the older exports of the segment; tell whether there was anything to remove."""
    older = "SELECT id FROM segment_exports WHERE segment_id = :segment AND id <> :id"
    gone = tx.run(
        "DELETE FROM segment_export_pieces WHERE rowid IN (SELECT rowid FROM segment_export_pieces "
        f"WHERE export_id IN ({older}) LIMIT :few)",
        segment=one.segment_id,
        id=one.id,
        few=FEW_PIECES,
    )
    if gone:
        return True
    return (
        tx.run(
            "DELETE FROM segment_exports WHERE segment_id = :segment AND id <> :id",
            segment=one.segment_id,
            id=one.id,
        )
        > 0
    )
