"""Imports of keys into big segments: what is known of each, how one begins, rests, goes on, is given up.

The file of an import is kept in several units after the one that made it, as one alone would hold up others.
Its job waits for that, and gives up an import whose file did not come to its end.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from flagstaff.features.segments.importing import find_importing
from flagstaff.features.segments.key_files import KeyFile, Skipped
from flagstaff.features.segments.model import Segment
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import Conflict, InvalidRequest, NotFound, Unavailable
from flagstaff.storage import jobs
from flagstaff.storage.audit import Actor
from flagstaff.storage.documents import Documents, Write, apply_write
from flagstaff.storage.jobs import Job, enqueue
from flagstaff.storage.transaction import SqlValue, Transaction

LOAD, STOP = "segment_import", "stop_segment_import"
KEEPING: Millis = 120_000  # that a job waits for the file of its import
MUCH = 250_000  # bytes of a file that one unit keeps, unless one piece has more
PREPARING, PENDING, RUNNING, COMPLETE, STOPPED = (
    "preparing",
    "pending_approval",
    "in_progress",
    "complete",
    "stopped",
)
LOADING = (PREPARING, RUNNING)
Mode = Literal["merge", "replace"]


class Import(Struct, frozen=True, kw_only=True):
    """An import. Only one of an environment is `busy` at a time."""

    id: str
    segment_id: str
    environment_id: str
    project_id: str
    segment_key: str
    subject: str
    mode: Mode
    status: str
    filename: str
    keys: int
    pieces: int
    skipped: Skipped = field(default_factory=Skipped)
    new: int = 0  # keys that were not there before, once it is complete
    job_id: str = ""  # of the job that loads it
    number: int = 0
    busy: bool = False
    member_id: str = ""
    token_id: str = ""
    created: Millis
    version: int = 1

    @property
    def actor(self) -> Actor:
        """Who began it."""
        return Actor(self.member_id, self.token_id)


IMPORTS = Documents(
    "segment_imports",
    Import,
    lambda one: {
        "id": one.id,
        "segment_id": one.segment_id,
        "environment_id": one.environment_id,
        "number": one.number,
        "busy": int(one.busy),
    },
)


def get_import(tx: Transaction, segment: Segment, import_id: str) -> Import:
    """An import into that segment; raises NotFound."""
    found = IMPORTS.find(tx, "id = :id AND segment_id = :segment", id=import_id, segment=segment.id)
    if found is None:
        raise NotFound("Unknown import")
    return found


def divide(file: KeyFile) -> Iterator[range]:
    """Which pieces of a file are kept together, unit by unit."""
    first, size = 0, 0
    for piece, content in enumerate(file.pieces):
        if size and size + len(content) > MUCH:
            yield range(first, piece)
            first, size = piece, 0
        size += len(content)
    yield range(first, len(file.pieces))


def keep_pieces(tx: Transaction, import_id: str, file: KeyFile, pieces: range) -> None:
    """Keep some of a file until it is loaded, and then as a part of the log; raises Unavailable.

    Of an import that is gone, with its segment, nothing is kept.
    """
    one = IMPORTS.find(tx, "id = :id", id=import_id)
    if one is None:
        return
    if one.status == STOPPED:
        raise Unavailable("The file could not be kept in time; send it again")
    rows: list[dict[str, SqlValue]] = [
        {"id": import_id, "piece": piece, "content": file.pieces[piece]} for piece in pieces
    ]
    tx.run_many(
        "INSERT INTO segment_import_pieces (import_id, piece, content) VALUES (:id, :piece, :content)", rows
    )


def is_kept(tx: Transaction, one: Import) -> bool:
    """Whether the whole file of an import is there."""
    row = tx.one("SELECT count(*) FROM segment_import_pieces WHERE import_id = :id", id=one.id)
    return row is not None and row[0] == one.pieces


def begin(tx: Transaction, one: Import, *, after: Millis = 0) -> Import:
    """Have an import loaded after a while; raises Conflict while another one of the environment is."""
    if find_importing(tx, one.environment_id):
        raise Conflict("A conflicting process: another import into a segment of this environment is running")
    row = tx.one("SELECT max(number) FROM segment_imports WHERE segment_id = :id", id=one.segment_id)
    number = (row[0] or 0) + 1 if row else 1
    job_id = enqueue(tx, replace(_loading(one), due=tx.now + after))
    return replace(one, status=PREPARING, number=number, busy=True, job_id=job_id)


def hurry(tx: Transaction, import_id: str) -> None:
    """Have the job of an import not wait any longer: nothing more of its file comes."""
    one = IMPORTS.find(tx, "id = :id", id=import_id)
    if one is not None and one.status == PREPARING:
        enqueue(tx, _loading(one))


def _loading(one: Import) -> Job:
    return Job(
        kind=LOAD,
        project_id=one.project_id,
        subject=one.subject,
        key=f"{LOAD}/{one.id}",
        arguments={"import_id": one.id},
        total=one.keys,
    )


def begin_pending(tx: Transaction, segment: Segment, import_id: str) -> None:
    """Begin with an import that waits; raises InvalidRequest for one that does not."""
    one = IMPORTS.find(tx, "id = :id AND segment_id = :segment", id=import_id, segment=segment.id)
    if one is None or one.status != PENDING:
        raise InvalidRequest(f"No import {import_id[:80]!r} into this segment waits for approval")
    if not is_kept(tx, one):
        raise InvalidRequest("The file of the import has not arrived whole; send it again")
    save_import(tx, one, begin(tx, one))


def pause(tx: Transaction, one: Import) -> None:
    """Let an import rest where it stands; raises Conflict for one that nobody is loading."""
    if one.status not in LOADING or not jobs.pause(tx, one.job_id):
        raise Conflict(f"Only an import that is being loaded can be paused; this one is {_tell(tx, one)}")


def go_on(tx: Transaction, one: Import) -> None:
    """Go on with an import that was paused; raises Conflict for any other."""
    if one.status not in LOADING or not jobs.resume(tx, one.job_id):
        raise Conflict(f"Only an import that is paused can go on; this one is {_tell(tx, one)}")


def give_up(tx: Transaction, one: Import) -> None:
    """Have an import not loaded further, as somebody asked; raises Conflict once its keys are seen."""
    if one.status not in (PENDING, *LOADING):
        raise Conflict(f"The import is {one.status}")
    jobs.forget(tx, one.job_id)
    _remove(tx, one)


def stop(tx: Transaction, job: Job) -> None:
    """Give up an import whose job has failed."""
    one = IMPORTS.find(tx, "id = :id", id=job.arguments["import_id"])
    if one is not None and one.busy:
        _remove(tx, one)


def find_job(tx: Transaction, one: Import) -> Job | None:
    """The job of an import, while it is known."""
    return jobs.find_job(tx, one.job_id) if one.job_id else None


def forget_jobs(tx: Transaction, segment_id: str) -> None:
    """Forget the jobs of imports into a segment that is gone: one that is paused would wait for ever."""
    for one in IMPORTS.list(tx, "segment_id = :id AND busy = 1", id=segment_id):
        jobs.forget(tx, one.job_id)


def _remove(tx: Transaction, one: Import) -> None:
    """The keys of an import, which nobody has seen, are removed by another job."""
    save_import(tx, one, replace(one, status=STOPPED))
    about = {"import_id": one.id}
    enqueue(tx, Job(kind=STOP, project_id=one.project_id, subject=one.subject, arguments=about))


def _tell(tx: Transaction, one: Import) -> str:
    job = find_job(tx, one)
    return job.state if job and one.status in LOADING else one.status


def save_import(tx: Transaction, before: Import, after: Import) -> None:
    """What becomes of an import is no change of a resource: the entry is written when it is shown."""
    apply_write(tx, Write(IMPORTS, before, replace(after, version=before.version + 1)))
