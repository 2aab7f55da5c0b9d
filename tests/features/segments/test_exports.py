"""Exports: their steps, lines and sizes."""

import pytest

from flagstaff.features.segments import exports
from flagstaff.features.segments.exports import export_step, show_size, write_lines
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.jobs import Job, Progress
from tests.support.big_segments import CROWD, make_crowd
from tests.support.key_files import run_jobs
from tests.support.server import TestServer


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 B"),
        (18, "18 B"),
        (999, "999 B"),
        (1_000, "1.0 kB"),
        (2_449_000, "2.4 MB"),
        (3 * 10**12, "3000.0 GB"),
    ],
)
def test_sizes_have_a_unit(size: int, shown: str) -> None:
    assert show_size(size) == shown


def test_lines_are_csv() -> None:
    assert write_lines(["a", 'b "c"', "d,e", "f\ng"]) == b'a\n"b ""c"""\n"d,e"\n"f\ng"\n'


def test_an_export_is_written_in_steps(server: TestServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "STEP", 2)
    monkeypatch.setattr("flagstaff.features.segments.members.list_keys.__defaults__", (2,))
    make_crowd(server, "a", "b", "c")

    shown = server.post(f"{CROWD}/exports", version="beta").json
    run_jobs(server)

    assert server.count("segment_export_pieces") == 2
    own = shown["_links"]["self"]["href"].replace("/api/v2/", "/api/v2/flagstaff/") + "/file"
    assert sorted(server.get(own).body.split()) == [b"a", b"b", b"c"]


def test_an_export_without_its_segment_fails(server: TestServer) -> None:
    job = Job(kind=exports.EXPORT, arguments={"export_id": "none"})

    with pytest.raises(NotFound, match="deleted"):
        server.write(lambda tx: export_step(tx, job, Progress(0, 0)))
    server.write(lambda tx: exports.fail(tx, job))


def test_an_export_that_is_given_up_says_so(server: TestServer) -> None:
    make_crowd(server)
    server.wired.jobs.stopping = True
    shown = server.post(f"{CROWD}/exports", version="beta").json
    job = Job(kind=exports.EXPORT, arguments={"export_id": shown["id"]})

    server.write(lambda tx: exports.fail(tx, job))

    assert server.get(shown["_links"]["self"]["href"], version="beta").json["status"] == "failed"
