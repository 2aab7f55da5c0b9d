"""The wiring."""

from pathlib import Path

from flagstaff.app import OPERATIONS, SYSTEM_IDS, fill_hooks, system_clock
from flagstaff.features.projects.store import on_project_deleted
from flagstaff.features.system import catalogue
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


def test_hooks_may_be_filled_again(server: TestServer) -> None:
    hooks = list(on_project_deleted)

    fill_hooks()

    assert on_project_deleted == hooks
    assert tuple(catalogue.offered) == OPERATIONS


def test_the_clock_tells_milliseconds_and_ids_differ() -> None:
    assert START < system_clock() < START * 2
    assert SYSTEM_IDS.object_id() != SYSTEM_IDS.object_id()
