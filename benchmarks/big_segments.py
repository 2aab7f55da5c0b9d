"""Big segments: the import of a file, step by step, and how long a look-up takes among all keys.

    python benchmarks/big_segments.py [KEYS]      100,000 unless told otherwise; files hold 1,000,000 at most

Times are those of the processor. Each file is read, stored and loaded as a request and its job do it.
"""

import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles

from flagstaff.config import load_config
from flagstaff.features.segments import members
from flagstaff.features.segments.import_steps import import_step
from flagstaff.features.segments.imports import IMPORTS, Import, begin, divide, hurry, keep_pieces
from flagstaff.features.segments.key_files import MOST_KEYS, KeyFile, pack_keys
from flagstaff.features.segments.model import Segment
from flagstaff.features.segments.store import SEGMENTS
from flagstaff.serving import prepare
from flagstaff.storage.database import Database
from flagstaff.storage.documents import Write, apply_write
from flagstaff.storage.jobs import Job, Progress
from flagstaff.storage.transaction import Transaction

LOOKUPS = 2_000


def main(keys: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "flagstaff.db"
        config = load_config({"FLAGSTAFF_DATABASE_URL": f"sqlite:///{path}", "FLAGSTAFF_LOG_FORMAT": "json"})
        database = prepare(config).database
        segment = database.write_now(make_segment)
        started, steps = resident(), []
        for first in range(0, keys, MOST_KEYS):
            steps += import_file(database, segment, range(first, min(first + MOST_KEYS, keys)))
        report(
            f"{len(steps):,} units of jobs",
            f"p99 {quantiles(steps, n=100)[98] * 1e3:.1f} ms, longest {max(steps) * 1e3:.1f} ms",
        )
        report(
            "resident memory", f"{started:.0f} MB before, {resident():.0f} MB now, {peak():.0f} MB at most"
        )
        size = sum(file.stat().st_size for file in Path(folder).glob("flagstaff.db*"))
        report("database with its log", f"{size / 1e6:.0f} MB, {size / keys:.0f} bytes for each key")
        look_up(database, segment, keys)
        database.close()


def import_file(database: Database, segment: Segment, numbers: range) -> list[float]:
    """Import these keys; the seconds of each unit of the job."""
    content = "".join(f"user-{number:012d}\n" for number in numbers).encode()
    begun = time.process_time()
    file = pack_keys(content, lambda: None)
    read = time.process_time()
    one, keeping = keep_file(database, segment, file)
    steps, progress = [], Progress(0, 0)
    job = Job(kind="segment_import", arguments={"import_id": one.id})
    while not progress.is_last:
        before = time.process_time()
        progress = database.write_now(lambda tx, known=progress: import_step(tx, job, known))
        steps.append(time.process_time() - before)
    report(
        f"{len(numbers):,} keys",
        f"read {read - begun:.2f} s, stored in {len(keeping)} units {sum(keeping):.3f} s, "
        f"the longest {max(keeping) * 1e3:.1f} ms, loaded {sum(steps):.2f} s; "
        f"resident {resident():.0f} MB",
    )
    return steps


def keep_file(database: Database, segment: Segment, file: KeyFile) -> tuple[Import, list[float]]:
    """Keep a file, as the call that sends it does; the import, and the seconds of each unit."""
    before = time.process_time()
    one = database.write_now(lambda tx: store(tx, segment, file))
    seconds = [time.process_time() - before]
    for pieces in divide(file):
        before = time.process_time()
        database.write_now(lambda tx, pieces=pieces: keep_pieces(tx, one.id, file, pieces))
        seconds.append(time.process_time() - before)
    database.write_now(lambda tx: hurry(tx, one.id))
    return one, seconds


def make_segment(tx: Transaction) -> Segment:
    """A big segment in the environment `test`."""
    ((environment_id, _project),) = tx.all("SELECT id, project_id FROM environments WHERE key = 'test'")
    segment = Segment(
        id=tx.ids.object_id(),
        environment_id=environment_id,
        key="crowd",
        name="Crowd",
        unbounded=True,
        unbounded_context_kind="user",
        salt=tx.ids.salt(),
        creation_date=tx.now,
        last_modified_date=tx.now,
    )
    apply_write(tx, Write(SEGMENTS, None, segment))
    members.create_lists(tx, segment)
    return segment


def store(tx: Transaction, segment: Segment, file: KeyFile) -> Import:
    """Note an import, as the call that sends its file does first."""
    ((project_id,),) = tx.all("SELECT project_id FROM environments WHERE id = :id", id=segment.environment_id)
    one = Import(
        id=tx.ids.uuid(),
        segment_id=segment.id,
        environment_id=segment.environment_id,
        project_id=project_id,
        segment_key=segment.key,
        subject="",
        mode="merge",
        status="preparing",
        filename="keys.csv",
        keys=file.keys,
        pieces=len(file.pieces),
        created=tx.now,
    )
    one = begin(tx, one)
    apply_write(tx, Write(IMPORTS, None, one))
    return one


def look_up(database: Database, segment: Segment, keys: int) -> None:
    """Ask for contexts that are in it and for others, spread over the whole list."""
    asked = [f"user-{number * keys // LOOKUPS:012d}" for number in range(LOOKUPS)]
    for what, names in (("a member", asked), ("anybody else", [f"{name}x" for name in asked])):
        begun = time.process_time()
        for name in names:
            database.read_now(
                lambda tx, key=name: members.find_memberships(tx, segment.environment_id, (key,))
            )
        report(
            f"a look-up of {what}",
            f"{(time.process_time() - begun) / LOOKUPS * 1e6:.0f} us with its read unit",
        )


def resident() -> float:
    """Megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def report(what: str, figures: str) -> None:
    print(f"{what:<32} {figures}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
