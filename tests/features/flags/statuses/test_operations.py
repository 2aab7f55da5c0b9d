"""Statuses of flags over HTTP: SDKs ask for flags, and time passes."""

from typing import Any

import pytest

from tests.support.flag_calls import instruct, make_switch
from tests.support.seen import request
from tests.support.server import TestServer

DAY = 24 * 3_600
STATUSES = "/api/v2/flag-statuses/default/test"
ONE = f"{STATUSES}/checkout"


def status(server: TestServer) -> str:
    answer = server.get(ONE)
    assert answer.status == 200, answer
    return str(answer.json["name"])


def test_a_flag_goes_from_new_to_launched_and_back(server: TestServer) -> None:
    make_switch(server, "checkout")
    assert status(server) == "new"

    request(server, "checkout")
    assert status(server) == "active"
    instruct(server, {"kind": "turnFlagOn"})
    server.clock.advance(seconds=7 * DAY)
    assert status(server) == "launched"
    server.clock.advance(seconds=1)
    assert status(server) == "inactive"
    request(server, "checkout")
    assert status(server) == "launched"
    instruct(server, {"kind": "turnFlagOff"})
    assert status(server) == "active"


def test_a_flag_that_nobody_asks_for_becomes_inactive_after_a_week(server: TestServer) -> None:
    make_switch(server, "checkout")
    server.clock.advance(seconds=7 * DAY - 1)
    assert status(server) == "new"
    server.clock.advance(seconds=1)
    assert status(server) == "inactive"


def test_a_status_tells_when_the_flag_was_requested_and_with_which_fallback(server: TestServer) -> None:
    make_switch(server, "checkout")
    assert server.get(ONE).json.keys() == {"name", "_links"}
    request(server, "checkout")

    shown = server.get(ONE).json
    assert shown == {
        "name": "active",
        "lastRequested": "2023-11-14T22:13:20.000Z",
        "default": {"fallback": 1},
        "_links": {
            "parent": {"href": "/api/v2/flags/default/checkout", "type": "application/json"},
            "self": {"href": ONE, "type": "application/json"},
        },
    }


def test_statuses_are_listed_for_all_flags_but_archived_ones(server: TestServer) -> None:
    for key in ("search", "checkout", "old"):
        make_switch(server, key)
    instruct(server, {"kind": "archiveFlag"}, key="old")
    request(server, "checkout", "old")

    answer = server.get(STATUSES)
    assert [(item["name"], item["_links"]["self"]["href"]) for item in answer.json["items"]] == [
        ("active", ONE),
        ("new", f"{STATUSES}/search"),
    ]
    assert answer.json["_links"]["self"]["href"] == STATUSES


def test_a_flag_has_a_status_in_each_environment(server: TestServer) -> None:
    make_switch(server, "checkout")
    request(server, "checkout", environment="production")

    across = "/api/v2/flag-status/default/checkout"
    found = server.get(across).json
    assert {key: one["name"] for key, one in found["environments"].items()} == {
        "production": "active",
        "test": "new",
    }
    assert (found["key"], found["_links"]["parent"]["href"]) == ("checkout", "/api/v2/flag-status")
    assert list(server.get(across, query={"env": "test"}).json["environments"]) == ["test"]
    refused = server.get(across, query={"env": "nowhere"})
    assert (refused.status, refused.code) == (400, "invalid_request")


@pytest.mark.parametrize("path", [f"{STATUSES}/nothing", "/api/v2/flag-status/default/nothing"])
def test_a_flag_that_does_not_exist_has_no_status(server: TestServer, path: str) -> None:
    request(server, "nothing")

    assert server.get(path).status == 404


def test_a_flag_that_is_made_again_is_new_again(server: TestServer) -> None:
    make_switch(server, "checkout")
    request(server, "checkout")
    assert server.delete("/api/v2/flags/default/checkout").status == 204
    server.clock.advance(seconds=1)
    make_switch(server, "checkout")

    shown: Any = server.get(ONE).json
    assert shown["name"] == "new"
    assert "lastRequested" not in shown
    assert "default" not in shown
