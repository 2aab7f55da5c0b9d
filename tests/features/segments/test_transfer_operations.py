"""Imports and exports over HTTP: modes, answers, refusals, and what is seen when."""

from typing import Any

import pytest

from flagstaff.features.segments import key_files
from flagstaff.features.segments.import_steps import import_step
from flagstaff.features.segments.revisions import Patch, encode_hash
from flagstaff.storage.jobs import Job, Progress
from tests.support.big_segments import CROWD, change, follow, lists_of, make_crowd, metadata
from tests.support.client import NOBODY, READER
from tests.support.key_files import FORM, a_form, import_keys, lines, run_jobs, send_file
from tests.support.segment_calls import MANY, last_entry, make, published
from tests.support.server import START, TestServer


def members(server: TestServer, *keys: str) -> list[bool]:
    return [lists_of(server, key)[0] for key in keys]


def export(server: TestServer) -> Any:
    answer = server.post(f"{CROWD}/exports", version="beta")
    assert answer.status == 200, answer
    run_jobs(server)
    shown = server.get(answer.headers["location"], version="beta")
    assert shown.status == 200
    return shown.json


def test_an_import_adds_to_the_included_keys(server: TestServer) -> None:
    make_crowd(server, "ann")

    assert import_keys(server, "bob", "ann", "cem") == "complete"

    assert members(server, "ann", "bob", "cem", "dan") == [True, True, True, False]
    assert metadata(server) == (3, 0, 2)


def test_an_import_that_replaces_is_all_that_is_included_then(server: TestServer) -> None:
    make_crowd(server, "ann", "bob")
    change(server, excluded=["zoe"])

    assert import_keys(server, "bob", "cem", mode="replace") == "complete"

    assert members(server, "ann", "bob", "cem") == [False, True, True]
    assert lists_of(server, "zoe") == (False, True)
    assert metadata(server) == (2, 1, 3)
    rows = server.rows("SELECT key FROM big_segment_members ORDER BY key")
    assert [key for (key,) in rows] == ["bob", "cem", "zoe"]
    assert import_keys(server, "ann", mode="merge") == "complete"
    assert members(server, "ann", "bob") == [True, True]


def apply(patches: list[Patch], held: tuple[set[str], set[str]]) -> tuple[set[str], set[str]]:
    """What a store holds of both lists after these steps."""
    included, excluded = (set(one) for one in held)
    for patch in patches:
        for side, hashes in ((included, patch.changes.included), (excluded, patch.changes.excluded)):
            side |= set(hashes.add)
            side -= set(hashes.remove)
    return included, excluded


def test_a_replacement_shortens_the_log_and_every_store_comes_to_the_same(
    server: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_files, "STEP", 2)
    make_crowd(server, "ann", "bob")
    import_keys(server, "cem", "dan", "eve", mode="merge")
    change(server, removed=["ann"], excluded=["zoe"])
    change(server, included=["fay"], excluded=["yan"])
    before = follow(server)
    stores = [("", (set(), set()))]
    for step in before:
        stores.append((step.version, apply([step], stores[-1][1])))

    import_keys(server, "dan", "fay", "gil", mode="replace")
    change(server, included=["hal"], removed=["dan"])

    wanted = ({encode_hash(key) for key in ("fay", "gil", "hal")}, {encode_hash("zoe"), encode_hash("yan")})
    for cursor, held in stores:
        assert apply(follow(server, cursor), held) == wanted, cursor
    assert len({step.version for step in before}) == len(before) == 5
    told = [key for step in follow(server) for key in step.changes.included.add]
    assert sorted(told) == sorted(map(encode_hash, ("dan", "fay", "gil", "hal")))
    assert server.rows("SELECT count(DISTINCT import_id) FROM segment_import_pieces") == [(1,)]


def test_the_answer_leads_to_the_import(server: TestServer) -> None:
    make_crowd(server)

    answer = send_file(server, lines("ann"))
    shown = server.get(answer.headers["location"], version="beta").json

    assert answer.status == 204
    assert (shown["segmentKey"], shown["mode"], shown["creationTime"]) == ("crowd", "merge", START)
    assert shown["files"] == [{"filename": "keys.csv", "status": shown["status"]}]
    assert shown["_links"]["self"]["href"] == answer.headers["location"]
    run_jobs(server)
    (job,) = server.get("/api/v2/flagstaff/jobs").json["items"]
    assert (job["kind"], job["state"], job["progress"]) == ("segment_import", "done", {"done": 1, "total": 1})


def test_keys_are_seen_all_at_once_and_never_half(
    server: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_files, "STEP", 2)
    make_crowd(server, "ann")
    seen: list[Any] = []

    def watched(tx: Any, job: Job, progress: Progress) -> Progress:
        after = import_step(tx, job, progress)
        rows = tx.one("SELECT count(*) FROM big_segment_members JOIN big_segments WHERE added <= shown")
        seen.append((progress.state.get("phase", "load"), rows[0]))
        return after

    monkeypatch.setattr("flagstaff.workers.segments.import_step", watched)
    from flagstaff.workers.run import Work
    from flagstaff.workers.segments import stepping

    server.wired.jobs._works["segment_import"] = Work(stepping(watched))
    assert import_keys(server, *(f"k{number}" for number in range(9))) == "complete"

    assert set(seen[:-1]) == {("load", 1)}
    assert seen[-1] == ("show", 10)


def test_what_is_shown_is_audited_published_and_logged_at_once(server: TestServer) -> None:
    make_crowd(server, "ann")
    before = published(server)["crowd"]["version"]
    (first,) = follow(server)

    import_keys(server, "ann", "bob", mode="replace")

    entry = last_entry(server)
    assert entry["title_verb"] == "imported keys into the segment"
    assert "Imported 2 included keys from `keys.csv`" in entry["description"]
    assert published(server)["crowd"]["version"] == before + 1
    (patch,) = follow(server, first.version)
    assert len(patch.changes.included.add) == 2
    import_keys(server, "cem", mode="replace")
    *_, swept = follow(server, patch.version)
    assert len(swept.changes.included.remove) == 2


@pytest.mark.parametrize(
    ("how", "status", "reason"),
    [
        ({"content": lines("ann"), "mode": "append"}, 400, "$.mode"),
        ({"content": lines("ann"), "fields": {"more": "1"}}, 400, "unknown field `more`"),
        ({"content": None}, 400, "The form has no file"),
        ({"content": b'ann\n"bob\ncem\n'}, 400, "line 2: a quote is never closed"),
        ({"content": b",x\n"}, 400, "holds no keys. Line 1: the first column is empty"),
        ({"content": b""}, 400, "holds no keys"),
        ({"content": b"x", "content_type": "application/json"}, 415, "multipart/form-data"),
        ({"content": b"x", "content_type": "multipart/form-data"}, 400, "not a form that can be read"),
        ({"content": b"x", "content_type": "multipart/form-data; boundary=other"}, 400, "not a form"),
        ({"content": b"x", "version": ""}, 403, "beta"),
        ({"content": b"x", "as_": READER}, 403, "denied"),
        ({"content": b"x", "as_": NOBODY}, 401, ""),
        ({"content": b"x", "path": f"{MANY}/beta"}, 400, "standard segment"),
        ({"content": b"x", "path": f"{MANY}/nowhere"}, 404, ""),
    ],
)
def test_what_cannot_be_imported_is_refused_and_leaves_nothing(
    server: TestServer, how: dict[str, Any], status: int, reason: str
) -> None:
    make_crowd(server)
    make(server)

    answer = send_file(server, **how)

    assert answer.status == status
    assert reason in answer.message
    assert [server.count(table) for table in ("segment_imports", "segment_import_pieces", "jobs")] == [
        0,
        0,
        0,
    ]


def test_too_large_a_file_is_refused_before_it_is_read(server: TestServer) -> None:
    make_crowd(server)
    large = b"x" * (key_files.LARGEST_FILE + 70_000)

    announced = send_file(server, large)
    body = a_form(b"k\n" * (key_files.LARGEST_FILE // 2 + 1), mode="merge")
    just = server.request("POST", f"{CROWD}/imports", body=body, content_type=FORM, version="beta")

    assert [(answer.status, answer.code) for answer in (announced, just)] == [
        (413, "request_entity_too_large")
    ] * 2


def test_one_import_runs_in_an_environment_at_a_time(server: TestServer) -> None:
    make_crowd(server)
    make_crowd(server, name="other")
    server.wired.jobs.stopping = True
    assert send_file(server, lines("ann")).status == 204

    second = send_file(server, lines("bob"), path=f"{MANY}/other")

    assert (second.status, "conflicting process" in second.message) == (409, True)
    assert server.get(CROWD).json["_importInProgress"] is True
    assert [change(server, included=["x"]).status, server.delete(CROWD).status] == [409, 409]
    server.wired.jobs.stopping = False
    run_jobs(server)
    assert send_file(server, lines("bob"), path=f"{MANY}/other").status == 204


def test_an_import_may_wait_for_an_instruction(server: TestServer) -> None:
    make_crowd(server)
    answer = send_file(server, lines("ann"), fields={"waitOnApprovals": "true"})
    shown = server.get(answer.headers["location"], version="beta").json
    run_jobs(server)
    assert (shown["status"], members(server, "ann")) == ("pending_approval", [False])

    process = {"kind": "processBigSegmentImport", "importId": shown["id"]}
    assert server.instruct(CROWD, process).status == 200
    run_jobs(server)

    assert members(server, "ann") == [True]
    again = server.instruct(CROWD, process)
    assert (again.status, "waits for approval" in again.message) == (400, True)


def test_an_import_goes_on_after_a_crash(server: TestServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_files, "STEP", 2)
    make_crowd(server)
    server.wired.jobs.stopping = True
    send_file(server, lines(*(f"k{number}" for number in range(9))))
    from flagstaff.storage import jobs

    job = server.write(lambda tx: jobs.claim(tx, "a process that is killed"))

    def work(tx: Any) -> None:
        progress = Progress(0, 0)
        for _ in range(3):
            progress = import_step(tx, job, progress)
            jobs.hold(tx, job, progress)

    server.write(work)
    server.clock.advance(seconds=jobs.LEASE / 1000 + 1)
    server.wired.jobs.stopping = False
    run_jobs(server)

    assert metadata(server) == (9, 0, 1)


def test_an_import_that_is_given_up_leaves_no_keys(
    server: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_files, "STEP", 2)
    make_crowd(server, "ann")
    server.wired.jobs.stopping = True
    answer = send_file(server, lines(*(f"k{number}" for number in range(9))))
    server.write(lambda tx: tx.run("DELETE FROM segment_import_pieces WHERE piece = 2"))
    server.write(lambda tx: tx.run("UPDATE segment_import_pieces SET content = x'00' WHERE piece = 1"))
    server.wired.jobs.stopping = False
    for _ in range(30):
        run_jobs(server)
        server.clock.advance(seconds=300)
        if server.rows("SELECT busy FROM segment_imports") == [(0,)]:
            break

    assert server.get(answer.headers["location"], version="beta").json["status"] == "stopped"
    assert server.count("big_segment_members") == 1
    assert (members(server, "ann", "k1"), metadata(server)) == ([True, False], (1, 0, 1))
    assert import_keys(server, "k1") == "complete"


def test_an_export_gives_the_included_keys(server: TestServer) -> None:
    keys = [f"user {number}, of many" for number in range(2_500)]
    make_crowd(server)
    import_keys(server, *(f'"{key}"' for key in keys))
    change(server, excluded=["zoe"])

    shown = export(server)
    file = server.get(shown["_links"]["download"]["href"])

    assert (shown["status"], shown["segmentKey"]) == ("complete", "crowd")
    assert shown["initiator"]["email"] == "owner@example.com"
    assert (shown["sizeBytes"], shown["size"]) == (len(file.body), f"{len(file.body) / 1000:.1f} kB")
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert file.headers["content-disposition"] == 'attachment; filename="crowd.csv"'
    assert sorted(file.body.decode().splitlines()) == sorted(f'"{key}"' for key in keys)


def test_an_export_can_be_imported_again(server: TestServer) -> None:
    make_crowd(server, 'a "b"', "käthe", "x,y")
    file = server.get(export(server)["_links"]["download"]["href"]).body

    assert send_file(server, file, "replace").status == 204
    run_jobs(server)

    assert metadata(server)[0] == 3
    assert members(server, "x,y") == [True]


def test_the_newest_export_is_kept(server: TestServer) -> None:
    make_crowd(server, "ann")
    first, second = export(server), export(server)

    assert server.get(first["_links"]["self"]["href"], version="beta").status == 404
    assert server.get(first["_links"]["download"]["href"]).status == 404
    assert server.get(second["_links"]["download"]["href"]).body == b"ann\n"


def test_an_export_that_is_not_complete_has_no_file(server: TestServer) -> None:
    make_crowd(server, "ann")
    server.wired.jobs.stopping = True
    shown = server.post(f"{CROWD}/exports", version="beta").json

    assert (shown["status"], shown["size"], "download" in shown["_links"]) == ("processing", "0 B", False)
    own = shown["_links"]["self"]["href"].replace("/api/v2/", "/api/v2/flagstaff/") + "/file"
    assert server.get(own).status == 409
    assert server.post(f"{CROWD}/exports", version="beta").status == 409
    server.wired.jobs.stopping = False


def test_an_empty_segment_has_an_empty_export(server: TestServer) -> None:
    make_crowd(server)
    shown = export(server)

    assert (shown["sizeBytes"], server.get(shown["_links"]["download"]["href"]).body) == (0, b"")


def test_a_deleted_segment_leaves_nothing_behind(server: TestServer) -> None:
    make_crowd(server)
    import_keys(server, "ann", "bob")
    change(server, excluded=["zoe"])
    export(server)

    assert server.delete(CROWD).status == 204
    run_jobs(server)

    tables = ("big_segment_members", "segment_import_pieces", "segment_export_pieces", "segment_imports")
    assert [server.count(table) for table in tables] == [0, 0, 0, 0]
    assert follow(server) == []


def test_an_environment_that_is_deleted_takes_its_keys_along(server: TestServer) -> None:
    make_crowd(server, "ann")

    assert server.delete("/api/v2/projects/default/environments/test").status == 204
    run_jobs(server)

    assert [server.count(table) for table in ("big_segment_members", "big_segments")] == [0, 0]
