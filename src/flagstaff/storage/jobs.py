"""Jobs: work that goes on after the answer, enqueued in the transaction that asked for it.

A job is claimed with a lease, so one process at a time works at it; when that process dies, another one takes
it up where it stood once the lease has run out. What fails is tried again later and later, then given up.
A job that is paused keeps its place until somebody lets it go on.
"""

from typing import Any

import msgspec

from flagstaff.kernel.clock import Millis
from flagstaff.storage.transaction import JobQueued, Row, SqlValue, Transaction

QUEUED, RUNNING, PAUSED, DONE, FAILED = "queued", "running", "paused", "done", "failed"
LEASE: Millis = 30_000
MOST_ATTEMPTS = 10  # without any progress; then the job is given up
LONGEST_DELAY: Millis = 300_000
KEPT_FOR: Millis = 30 * 24 * 3_600_000  # that finished jobs are shown
LONGEST_ERROR = 1_000
COLUMNS = (
    "id, kind, project_id, subject, job_key, arguments, state, progress, done, total, attempts, created, "
    "due, started, finished, lease_until, owner, error"
)
READY = "(state = 'queued' AND due <= :now) OR (state = 'running' AND lease_until < :now)"


class LeaseLost(Exception):
    """Another process has taken the job over: whatever was to be written for it must not be."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """`progress` is what a kind of job keeps for itself; `done` of `total` is what people are shown.

    `subject` says what it is about. Of a `key` that is not empty, there is one unfinished job.
    """

    id: str = ""
    kind: str
    project_id: str = ""
    subject: str = ""
    key: str = ""
    arguments: dict[str, Any] = {}
    state: str = QUEUED
    progress: dict[str, Any] = {}
    done: int = 0
    total: int = 0
    attempts: int = 0
    created: Millis = 0
    due: Millis = 0
    started: Millis = 0
    finished: Millis = 0
    lease_until: Millis = 0
    owner: str = ""
    error: str = ""


class Progress(msgspec.Struct, frozen=True):
    """How far a job has come. `is_last` tells that nothing is left to do."""

    done: int
    total: int
    state: dict[str, Any] = {}
    is_last: bool = False


def enqueue(tx: Transaction, job: Job) -> str:
    """Have the job done once this unit is committed; return its id, or that of the one with its key.

    A job that waits under the same key becomes due at once instead.
    """
    tx.effects.append(JobQueued(job.kind))
    if job.key and (row := tx.one("SELECT id FROM jobs WHERE job_key = :key", key=job.key)):
        tx.run("UPDATE jobs SET due = :now WHERE id = :id AND state = 'queued'", now=tx.now, id=row[0])
        # One that runs may have looked already, so it runs once more.
        tx.run("UPDATE jobs SET due = :now WHERE id = :id AND state = 'running'", now=tx.now + 1, id=row[0])
        return str(row[0])
    job_id = tx.ids.uuid()
    values = _values(msgspec.structs.replace(job, id=job_id, created=tx.now, due=job.due or tx.now))
    places = ", ".join(f":{name}" for name in values)
    tx.run(f"INSERT INTO jobs ({COLUMNS}) VALUES ({places})", **values)
    return job_id


def cancel(tx: Transaction, key: str) -> None:
    """Forget the unfinished job of that key; a process that works at it notices with its next unit."""
    tx.run("DELETE FROM jobs WHERE job_key = :key", key=key)


def pause(tx: Transaction, job_id: str) -> bool:
    """Have nobody work at an unfinished job; a process that does is stopped before its next unit."""
    changed = "UPDATE jobs SET state = 'paused' WHERE id = :id AND state IN ('queued', 'running')"
    return tx.run(changed, id=job_id) == 1


def resume(tx: Transaction, job_id: str) -> bool:
    """Let a paused job go on where it stood, at once."""
    changed = "UPDATE jobs SET state = 'queued', due = :now, attempts = 0 WHERE id = :id AND state = 'paused'"
    if tx.run(changed, now=tx.now, id=job_id) != 1:
        return False
    job = find_job(tx, job_id)
    tx.effects.extend([JobQueued(job.kind)] if job else [])
    return True


def forget(tx: Transaction, job_id: str) -> None:
    """Remove a job, whatever its state; a process that works at it is stopped before its next unit."""
    tx.run("DELETE FROM jobs WHERE id = :id", id=job_id)


def is_any_ready(tx: Transaction) -> bool:
    """Whether a job could be claimed."""
    return tx.one(f"SELECT 1 FROM jobs WHERE {READY} LIMIT 1", now=tx.now) is not None


def claim(tx: Transaction, process: str) -> Job | None:
    """Take the job that has been due longest, or None; it is held for 30 seconds from its last unit on."""
    row = tx.one(f"SELECT id FROM jobs WHERE {READY} ORDER BY due LIMIT 1", now=tx.now)
    if row is None:
        return None
    tx.run(
        "UPDATE jobs SET state = 'running', owner = :owner, attempts = attempts + 1, started = :now, "
        "due = :now, lease_until = :until WHERE id = :id",
        owner=f"{process}/{tx.ids.uuid()}",
        now=tx.now,
        until=tx.now + LEASE,
        id=row[0],
    )
    return find_job(tx, row[0])


def hold(tx: Transaction, job: Job, progress: Progress | None = None) -> None:
    """Keep the lease, in a unit that works at the job, and note what it has done; raises LeaseLost."""
    changes = "lease_until = :until"
    values: dict[str, SqlValue] = {"until": tx.now + LEASE}
    if progress is not None:
        changes += ", done = :done, total = :total, progress = :progress, attempts = 1, error = ''"
        values |= {
            "done": progress.done,
            "total": progress.total,
            "progress": msgspec.json.encode(progress.state).decode(),
        }
    _update(tx, job, changes, **values)


def finish(tx: Transaction, job: Job) -> None:
    """The work is done. Raises LeaseLost."""
    _update(tx, job, "state = 'done', finished = :now, job_key = NULL, error = ''", now=tx.now)


def repeat(tx: Transaction, job: Job, delay: Millis) -> None:
    """Have a recurring job done again later, or at once if that was asked for meanwhile. Raises LeaseLost."""
    later = "CASE WHEN due > started THEN :now ELSE :later END"
    _update(
        tx,
        job,
        f"state = 'queued', attempts = 0, error = '', finished = :now, due = {later}",
        now=tx.now,
        later=tx.now + delay,
    )


def fail(tx: Transaction, job: Job, error: str, *, final: bool = False) -> bool:
    """Try again later, or give up after too many attempts and when `final`; tell whether it was given up.

    Raises LeaseLost.
    """
    row = tx.one("SELECT attempts FROM jobs WHERE id = :id", id=job.id)
    attempts = int(row[0]) if row else MOST_ATTEMPTS
    error = error[:LONGEST_ERROR]
    if final or attempts >= MOST_ATTEMPTS:
        changes = "state = 'failed', finished = :now, job_key = NULL, error = :error"
        _update(tx, job, changes, now=tx.now, error=error)
        return True
    delay = delay_after(attempts, int.from_bytes(tx.ids.draw(8)) / 2**64)
    _update(tx, job, "state = 'queued', due = :due, error = :error", due=tx.now + delay, error=error)
    return False


def delay_after(attempts: int, chance: float) -> Millis:
    """Twice as long after each attempt, up to five minutes; `chance` (below 1) spreads its upper half."""
    longest = min(1_000 * 2 ** min(attempts, 20), LONGEST_DELAY)
    return int(longest * (0.5 + chance / 2))


def release(tx: Transaction, process: str) -> None:
    """Give back what a process that ends has not finished: another one may go on at once."""
    tx.run(
        "UPDATE jobs SET state = 'queued', due = :now, attempts = 0 "
        "WHERE state = 'running' AND substr(owner, 1, length(:owner)) = :owner",
        now=tx.now,
        owner=f"{process}/",
    )


def forget_finished(tx: Transaction) -> None:
    """Remove jobs that have been finished for a month."""
    tx.run(
        "DELETE FROM jobs WHERE state IN ('done', 'failed') AND finished < :before", before=tx.now - KEPT_FOR
    )


def find_job(tx: Transaction, job_id: str) -> Job | None:
    """The job with that id, or None."""
    row = tx.one(f"SELECT {COLUMNS} FROM jobs WHERE id = :id", id=job_id)
    return None if row is None else _job(row)


def list_jobs(tx: Transaction, kind: str = "", state: str = "") -> list[Job]:
    """Jobs of a kind and in a state, or of any; newest first."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM jobs WHERE (:kind = '' OR kind = :kind) AND (:state = '' OR state = :state) "
        "ORDER BY created DESC, id",
        kind=kind,
        state=state,
    )
    return [_job(row) for row in rows]


def _update(tx: Transaction, job: Job, changes: str, **values: SqlValue) -> None:
    touched = tx.run(
        f"UPDATE jobs SET {changes} WHERE id = :id AND state = 'running' AND owner = :owner",
        **values,
        id=job.id,
        owner=job.owner,
    )
    if touched != 1:
        raise LeaseLost


def _values(job: Job) -> dict[str, SqlValue]:
    values = {field: getattr(job, field) for field in job.__struct_fields__}
    values["key"] = job.key or None  # NULL is never taken
    for name in ("arguments", "progress"):
        values[name] = msgspec.json.encode(values[name]).decode()
    return values


def _job(row: Row) -> Job:
    values = dict(zip(Job.__struct_fields__, row, strict=True))
    for name in ("arguments", "progress"):
        values[name] = msgspec.json.decode(values[name])
    values["key"] = values["key"] or ""
    return Job(**values)
