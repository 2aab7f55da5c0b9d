"""The wiring."""

from pathlib import Path

from flagstaff.app import SYSTEM_IDS, system_clock
from tests.support.server import START, TestServer


def test_what_sdks_will_ask_for_is_loaded_before_the_server_is_ready(template: Path, tmp_path: Path) -> None:
    first = TestServer(template, tmp_path).start()
    assert first.post("/api/v2/flags/default", {"key": "checkout", "name": "Checkout"}).status == 201
    first.stop()
    folder = tmp_path / "second"
    folder.mkdir()

    second = TestServer(tmp_path / "flagstaff.db", folder).start()

    ids = [environment_id for (environment_id,) in second.rows("SELECT id FROM environments")]
    assert [second.wired.delivery.snapshots.find(one) is not None for one in ids] == [True, True]
    second.stop()


def test_the_clock_tells_milliseconds_and_ids_differ() -> None:
    assert START < system_clock() < START * 2
    assert SYSTEM_IDS.object_id() != SYSTEM_IDS.object_id()


def test_what_a_process_does_not_serve_it_leaves_to_others(template: Path, tmp_path: Path) -> None:
    server = TestServer(template, tmp_path, FLAGSTAFF_ROLES="api").start()

    assert server.get("/api/v2/projects").status == 200
    poll = server.get("/sdk/latest-all", as_=server.sdk_key())
    events = server.post("/bulk", [], as_=server.sdk_key())
    assert [(answer.status, answer.headers["retry-after"]) for answer in (poll, events)] == [(503, "1")] * 2
    assert server.get("/healthz").status == 200
    server.stop()


def test_only_a_process_with_that_role_works_at_jobs(template: Path, tmp_path: Path) -> None:
    server = TestServer(template, tmp_path, FLAGSTAFF_ROLES="api").start()
    other = TestServer(template, tmp_path, FLAGSTAFF_ROLES="worker").start()

    assert [one.wired.jobs._may_work() for one in (server, other)] == [False, True]
    other.stop()
    server.stop()
