"""Single steps of imports, where something is gone or the list is long."""

import pytest

from flagstaff.features.segments import import_steps
from flagstaff.features.segments.import_steps import empty_step, import_step, stop_step
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.jobs import Job, Progress
from tests.support.big_segments import CROWD, follow, make_crowd, metadata
from tests.support.key_files import import_keys
from tests.support.server import TestServer


def test_without_its_segment_an_import_fails(server: TestServer) -> None:
    job = Job(kind="segment_import", arguments={"import_id": "none"})

    for step in (import_step, stop_step):
        with pytest.raises(NotFound, match="The segment was deleted"):
            server.write(lambda tx, step=step: step(tx, job, Progress(0, 0)))


def test_long_lists_are_swept_in_steps(server: TestServer, monkeypatch: pytest.MonkeyPatch) -> None:
    make_crowd(server, *(f"k{number}" for number in range(9)))
    monkeypatch.setattr(import_steps, "STEP", 2)

    import_keys(server, "k3", "new", mode="replace")

    assert metadata(server)[0] == 2
    assert server.count("big_segment_members") == 2
    removed = [key for patch in follow(server) for key in patch.changes.included.remove]
    assert len(removed) == len(set(removed)) == 8


def test_what_a_deleted_segment_has_left_goes_in_steps(
    server: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_crowd(server, *(f"k{number}" for number in range(5)))
    monkeypatch.setattr(import_steps, "STEP", 2)
    server.wired.jobs.stopping = True
    server.delete(CROWD)
    (job_id,) = server.rows("SELECT id FROM jobs")[0]
    from flagstaff.storage import jobs

    job = server.read(lambda tx: jobs.find_job(tx, job_id))
    assert job is not None
    steps, progress = 0, Progress(0, 0)
    while not progress.is_last:
        progress = server.write(lambda tx, before=progress: empty_step(tx, job, before))
        steps += 1

    assert (steps, server.count("big_segment_members")) == (4, 0)
