"""Lists of flags filtered by what SDKs have asked for, and showing it."""

from typing import Any

import pytest

from tests.support.flag_calls import instruct, keys, make_switch
from tests.support.seen import request
from tests.support.server import START, TestServer

FLAGS = "/api/v2/flags/default"
DAY = 24 * 3_600


@pytest.fixture
def observed(server: TestServer) -> TestServer:
    """`used` serves users and organisations in test, `other` devices in production; `idle` nobody."""
    for key in ("idle", "other", "used"):
        make_switch(server, key)
    request(server, "used", kinds=["org", "user"])
    server.clock.advance(seconds=60)
    request(server, "other", kinds=["device"], environment="production")
    return server


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("filterEnv:test,status:new", {"idle", "other"}),
        ("filterEnv:test,status:active", {"used"}),
        ("filterEnv:production,status:active", {"other"}),
        ("filterEnv:test,status:inactive", set()),
        ('filterEnv:test,evaluated:{"after": 1699999999999}', {"used"}),
        ('filterEnv:test,evaluated:{"after": 1700000000000}', set()),
        ('filterEnv:production,evaluated:{"after": 1700000000000}', {"other"}),
        ("contextKindsEvaluated:user", {"used"}),
        ("contextKindsEvaluated:user+org", {"used"}),
        ("contextKindsEvaluated:user+device", set()),
        ("contextKindsEvaluated:device", {"other"}),
        ("contextKindsEvaluated:device,filterEnv:test", set()),
        ("filterEnv:test,status:new,query:id", {"idle"}),
    ],
)
def test_flags_are_filtered_by_what_was_asked_for(observed: TestServer, text: str, found: set[str]) -> None:
    assert set(keys(observed.get(FLAGS, query={"filter": text}))) == found


@pytest.mark.parametrize("text", ["status:new", 'evaluated:{"after": 1}', "filterEnv:test,status:gone"])
def test_a_filter_that_cannot_be_is_refused(observed: TestServer, text: str) -> None:
    answer = observed.get(FLAGS, query={"filter": text})

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert text.rsplit(",", maxsplit=1)[-1].split(":", maxsplit=1)[0] in answer.message


def test_a_list_by_status_is_never_older_than_the_clock_and_the_events(observed: TestServer) -> None:
    asked = {"filter": "filterEnv:test,status:inactive"}
    assert keys(observed.get(FLAGS, query=asked)) == []

    observed.clock.advance(seconds=7 * DAY)
    assert set(keys(observed.get(FLAGS, query=asked))) == {"idle", "other", "used"}
    request(observed, "used")
    assert set(keys(observed.get(FLAGS, query=asked))) == {"idle", "other"}


def test_the_evaluation_of_a_flag_is_shown_where_it_is_asked_for(observed: TestServer) -> None:
    shown: Any = observed.get(f"{FLAGS}/used", query={"expand": "evaluation"}).json["environments"]

    assert shown["test"]["evaluation"] == {"contextKinds": ["org", "user"]}
    assert "evaluation" not in shown["production"]
    assert "evaluation" not in observed.get(f"{FLAGS}/used").json["environments"]["test"]
    listed = observed.get(FLAGS, query={"expand": "evaluation", "env": "test"}).json["items"]
    assert {item["key"]: item["environments"]["test"].get("evaluation") for item in listed} == {
        "idle": None,
        "other": None,
        "used": {"contextKinds": ["org", "user"]},
    }


def test_evaluations_are_forgotten_after_a_month(observed: TestServer) -> None:
    observed.clock.advance(seconds=30 * DAY)
    instruct(observed, {"kind": "turnFlagOn"}, key="used")

    shown = observed.get(f"{FLAGS}/used", query={"expand": "evaluation"}).json["environments"]
    assert "evaluation" not in shown["test"]
    assert keys(observed.get(FLAGS, query={"filter": "contextKindsEvaluated:user"})) == []
    assert observed.clock.now > START
