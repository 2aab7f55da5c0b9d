"""Versions around an audit entry, on a server whose flags and segments were changed."""

from dataclasses import replace
from typing import Any

from msgspec import UNSET

from flagstaff.features.audit.changed_versions import list_changed
from flagstaff.features.audit.store import Selection, list_entries
from flagstaff.storage.transaction import Transaction
from tests.support.flag_calls import ONE, instruct, make
from tests.support.segment_calls import make as make_segment
from tests.support.server import TestServer

LOG = "/api/v2/auditlog"


def newest(server: TestServer, **how: Any) -> Any:
    query = {"limit": 1, "within": "proj/*"}
    return server.get(LOG, query=query, **how).json["items"][0]


def test_a_change_in_an_environment_tells_the_versions_there(server: TestServer) -> None:
    make(server)
    instruct(server, {"kind": "turnFlagOn"})

    assert newest(server)["versions"] == [{"environmentKey": "test", "before": 1, "after": 2}]


def test_a_change_of_a_whole_flag_tells_its_own_version(server: TestServer) -> None:
    make(server)
    instruct(server, {"kind": "updateName", "value": "Renamed"})

    assert newest(server)["versions"] == [{"before": 1, "after": 2}]


def test_what_is_new_was_in_no_version_before_and_what_is_gone_is_in_none_after(server: TestServer) -> None:
    make_segment(server)
    assert newest(server)["versions"] == [{"after": 1}]
    make(server)
    server.delete(ONE)

    gone = newest(server)["versions"]

    assert {"before": 1} in gone
    assert not any("after" in version for version in gone)


def test_versions_in_environments_that_the_caller_does_not_see_are_not_told(server: TestServer) -> None:
    make(server)

    def list_seen(tx: Transaction) -> list[Any]:
        entry = next(list_entries(tx, Selection(text="checkout")))
        seen = tuple(access for access in entry.accesses if ":env/test:" in access[1])
        keys = dict(tx.all("SELECT id, key FROM environments"))
        return [version.environment_key for version in list_changed(replace(entry, accesses=seen), keys)]

    assert server.read(list_seen) == [UNSET, "test"]


def test_other_kinds_have_no_versions(server: TestServer) -> None:
    server.post("/api/v2/projects", {"key": "fresh", "name": "Fresh"})

    assert "versions" not in newest(server)
