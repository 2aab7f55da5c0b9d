"""Imports as people follow them: reports of what was left out, imports that rest, go on, are given up."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from flagstaff.features.segments import key_files
from flagstaff.features.segments.import_steps import import_step
from flagstaff.storage import jobs
from flagstaff.storage.jobs import Job, LeaseLost, Progress
from tests.support.big_segments import CROWD, change, lists_of, make_crowd, metadata
from tests.support.client import READER, Answer
from tests.support.key_files import lines, run_jobs, send_file
from tests.support.segment_calls import MANY, last_entry, make
from tests.support.server import START, TestServer

OWN = CROWD.replace("/api/v2/", "/api/v2/flagstaff/") + "/imports"
NINE = lines(*(f"k{number}" for number in range(9)))


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_files, "STEP", 2)


def newest(server: TestServer) -> dict[str, Any]:
    items: list[dict[str, Any]] = server.get(OWN).json["items"]
    return items[0]


def put(server: TestServer, state: str, **how: Any) -> Answer:
    """Ask for a state of the newest import."""
    return server.patch(f"{OWN}/{newest(server)['_id']}", {"state": state}, **how)


def begin(server: TestServer, steps: int = 2, content: bytes = NINE) -> Job:
    """An import that a process has loaded some pieces of."""
    server.wired.jobs.stopping = True
    assert send_file(server, content).status == 204
    job = server.write(lambda tx: jobs.claim(tx, "another process"))
    assert job is not None

    def work(tx: Any) -> None:
        progress = Progress(0, 0)
        for _ in range(steps):
            progress = import_step(tx, job, progress)
            jobs.hold(tx, job, progress)

    server.write(work)
    return job


def go_on(server: TestServer) -> None:
    server.wired.jobs.stopping = False
    run_jobs(server)


def test_the_report_tells_which_lines_were_skipped_and_why(server: TestServer) -> None:
    make_crowd(server, "ann")

    assert send_file(server, b"ann\n,x\nbob\n\xff\n").status == 204
    run_jobs(server)

    shown = newest(server)
    assert shown.pop("_links")["self"]["href"] == f"{OWN}/{shown.pop('_id')}"
    assert shown == {
        "filename": "keys.csv",
        "mode": "merge",
        "status": "complete",
        "creationDate": START,
        "progress": {"done": 2, "total": 2},
        "new": 1,
        "skipped": {
            "count": 2,
            "lines": [
                {"line": 2, "reason": "the first column is empty"},
                {"line": 4, "reason": "is not UTF-8"},
            ],
        },
        "error": "",
    }
    assert "2 lines without a key were left out" in last_entry(server)["description"]


def test_while_it_is_loaded_the_report_tells_how_far_it_is(server: TestServer) -> None:
    make_crowd(server)
    begin(server)

    shown = newest(server)

    assert shown["status"] == "in_progress"
    assert 0 < shown["progress"]["done"] == shown["new"] < shown["progress"]["total"] == 9


def test_the_newest_imports_are_listed_first(server: TestServer) -> None:
    make_crowd(server)
    for number in range(22):
        send_file(server, lines(f"k{number}"), fields={"waitOnApprovals": "true"})
        server.clock.advance(seconds=1)

    items = server.get(OWN).json["items"]

    assert [one["creationDate"] for one in items] == [START + 1_000 * number for number in range(21, 1, -1)]
    assert {(one["status"], one["progress"]["done"]) for one in items} == {("pending_approval", 0)}


def test_a_paused_import_keeps_its_place_and_goes_on_from_there(server: TestServer) -> None:
    make_crowd(server, "ann")
    worked_at = begin(server)

    paused = put(server, "paused").json
    with pytest.raises(LeaseLost):
        server.write(partial(jobs.hold, job=worked_at))
    go_on(server)

    assert paused["status"] == "paused"
    assert newest(server) == paused
    assert (lists_of(server, "k1")[0], metadata(server)) == (False, (1, 0, 1))
    assert change(server, included=["x"]).status == 409
    assert put(server, "running").json["status"] == "in_progress"
    run_jobs(server)
    assert (newest(server)["status"], newest(server)["new"]) == ("complete", 9)
    assert metadata(server) == (10, 0, 2)


def test_a_paused_import_outlives_the_end_of_the_process(server: TestServer) -> None:
    make_crowd(server)
    begin(server)
    before = put(server, "paused").json

    server.write(lambda tx: jobs.release(tx, "another process"))
    server.clock.advance(seconds=jobs.LEASE / 1000 + 1)
    go_on(server)

    assert newest(server) == before


def test_a_paused_import_is_shown_among_the_jobs(server: TestServer) -> None:
    make_crowd(server)
    begin(server)
    put(server, "paused")

    (job,) = server.get("/api/v2/flagstaff/jobs?state=paused").json["items"]

    assert (job["kind"], job["progress"]["total"]) == ("segment_import", 9)


@pytest.mark.parametrize("before", ["paused", "running", "waiting"])
def test_an_import_that_is_given_up_leaves_no_keys_and_lets_another_begin(
    server: TestServer, before: str
) -> None:
    make_crowd(server, "ann")
    if before == "waiting":
        send_file(server, NINE, fields={"waitOnApprovals": "true"})
    else:
        begin(server)
        put(server, before)

    stopped = put(server, "stopped")
    go_on(server)

    assert (stopped.json["status"], newest(server)["status"]) == ("stopped", "stopped")
    assert [server.count(table) for table in ("big_segment_members", "segment_import_pieces")] == [1, 0]
    assert send_file(server, lines("k1")).status == 204
    run_jobs(server)
    assert metadata(server) == (2, 0, 2)


@pytest.mark.parametrize(
    ("state", "verb"), [("paused", "paused"), ("running", "went on"), ("stopped", "gave up")]
)
def test_who_touched_an_import_stands_in_the_audit_log_once(
    server: TestServer, state: str, verb: str
) -> None:
    make_crowd(server)
    begin(server)
    if state == "running":
        put(server, "paused")

    first = put(server, state)
    entries = server.count("audit_log")
    again = put(server, state)

    assert (first.status, again.json, server.count("audit_log")) == (200, first.json, entries)
    entry = last_entry(server)
    assert (entry["titleVerb"] if "titleVerb" in entry else entry["title_verb"]).startswith(verb)


def complete(server: TestServer) -> None:
    send_file(server, lines("ann"))
    run_jobs(server)


def waiting(server: TestServer) -> None:
    send_file(server, lines("ann"), fields={"waitOnApprovals": "true"})


def given_up(server: TestServer) -> None:
    waiting(server)
    put(server, "stopped")


@pytest.mark.parametrize(
    ("prepare", "state", "reason"),
    [
        (complete, "paused", "this one is complete"),
        (complete, "running", "this one is complete"),
        (complete, "stopped", "The import is complete"),
        (waiting, "paused", "this one is pending_approval"),
        (waiting, "running", "this one is pending_approval"),
        (given_up, "running", "this one is stopped"),
    ],
)
def test_what_cannot_become_of_an_import_is_refused(
    server: TestServer, prepare: Callable[[TestServer], None], state: str, reason: str
) -> None:
    make_crowd(server)
    prepare(server)

    answer = put(server, state)

    assert (answer.status, reason in answer.message) == (409, True)


def test_whoever_may_not_begin_an_import_may_not_pause_one(server: TestServer) -> None:
    make_crowd(server)
    begin(server)

    answer = put(server, "paused", as_=READER)

    assert answer.status == 403
    assert newest(server)["status"] == "in_progress"


def test_an_import_that_failed_says_why(server: TestServer) -> None:
    make_crowd(server)
    begin(server, steps=1)
    server.write(lambda tx: tx.run("UPDATE jobs SET due = 0, state = 'queued', progress = '{}'"))
    server.write(lambda tx: tx.run("UPDATE jobs SET attempts = 9"))
    server.write(lambda tx: tx.run("UPDATE segment_import_pieces SET content = x'00'"))
    go_on(server)

    assert (newest(server)["status"], newest(server)["error"] != "") == ("stopped", True)


def test_an_environment_that_goes_takes_the_paused_import_along(server: TestServer) -> None:
    make_crowd(server)
    begin(server)
    put(server, "paused")

    assert server.delete("/api/v2/projects/default/environments/test").status == 204
    go_on(server)

    assert server.get("/api/v2/flagstaff/jobs?state=paused").json["items"] == []


def test_only_big_segments_have_imports(server: TestServer) -> None:
    make(server)
    own = MANY.replace("/api/v2/", "/api/v2/flagstaff/")

    assert server.get(f"{own}/beta/imports").status == 400
    assert server.get(f"{own}/nowhere/imports").status == 404
