"""Flags and segments as they were, and the patch that makes them so again, over HTTP."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.support.client import READER
from tests.support.flag_calls import (
    BLUE,
    GREEN,
    MANY,
    ONE,
    RED,
    YES,
    a_clause,
    a_rollout,
    a_rule,
    instruct,
    make,
    make_colours,
    make_switch,
    require,
)
from tests.support.segment_calls import ONE as SEGMENT
from tests.support.segment_calls import a_rule as segment_rule
from tests.support.segment_calls import make as make_segment
from tests.support.server import START, TestServer

AT = "/api/v2/flagstaff/projects/default/flags/checkout/at"
SEGMENT_AT = "/api/v2/flagstaff/projects/default/environments/test/segments/beta/at"
PREVIEW = "/api/v2/flagstaff/projects/default/flags/checkout/preview"
ON = {"kind": "turnFlagOn"}
SPLIT = {"kind": "updateFallthroughVariationOrRollout", **a_rollout(red=25_000, green=75_000)}


def at(server: TestServer, path: str = AT, **query: Any) -> Any:
    answer = server.get(path, query=query, as_=READER)
    assert answer.status == 200, answer
    return answer.json


def essence(flag: Any) -> Any:
    """What a restored flag has in common with what it was: all but versions and times."""
    flag = {name: value for name, value in flag.items() if name not in {"_version", "_links"}}
    flag["environments"] = {
        key: {name: value for name, value in held.items() if name not in {"version", "lastModified"}}
        for key, held in flag["environments"].items()
    }
    return flag


def detailed(server: TestServer, key: str = "checkout") -> Any:
    return server.get(f"{MANY}/{key}").json


def change_much(server: TestServer) -> None:
    instruct(
        server,
        {"kind": "turnFlagOff"},
        {"kind": "updateFallthroughVariationOrRollout", "variationId": BLUE},
        {"kind": "replaceRules", "rules": []},
        {"kind": "addTargets", "variationId": RED, "contextKind": "org", "values": ["acme"]},
        {"kind": "removeTargets", "variationId": GREEN, "values": ["ann"]},
        {"kind": "updateOffVariation", "variationId": GREEN},
        {"kind": "updateTrackEvents", "trackEvents": True},
    )


def prepare(server: TestServer) -> None:
    make_switch(server, "login")
    make_colours(server, tags=["a"])
    rule = a_rule(BLUE, a_clause("NO", "SE")) | {"description": "The north"}
    targets = {"kind": "addTargets", "variationId": GREEN, "values": ["ann", "bob"]}
    instruct(server, ON, SPLIT, targets, {"kind": "addRule", **rule})
    assert require(server, "checkout", "login", YES).status == 200


def test_a_flag_is_shown_as_it_was_in_a_version_of_an_environment(server: TestServer) -> None:
    make_colours(server)
    instruct(server, ON)
    was = detailed(server)
    instruct(server, SPLIT)
    instruct(server, {"kind": "turnFlagOff"})

    shown = at(server, environmentKey="test", version=2)

    assert shown["flag"] == was
    assert shown["flag"]["environments"]["test"]["on"] is True


def test_the_patch_restores_an_environment_through_the_ordinary_path(server: TestServer) -> None:
    prepare(server)
    was = detailed(server)
    version = was["environments"]["test"]["version"]
    change_much(server)
    instruct(server, {"kind": "updateName", "value": "Till"})

    restore = at(server, environmentKey="test", version=version)["restore"]

    preview = server.post(PREVIEW, restore).json
    assert preview["environments"] == ["test"]
    assert preview["title"]
    answer = server.patch(ONE, restore)
    assert answer.status == 200, answer
    assert essence(answer.json)["environments"] == essence(was)["environments"]
    assert answer.json["name"] == "Till"
    rules = [rule["_id"] for rule in was["environments"]["test"]["rules"]]
    assert [rule["_id"] for rule in answer.json["environments"]["test"]["rules"]] == rules
    assert at(server, environmentKey="test", version=version)["restore"] == []


def test_the_patch_restores_a_whole_flag(server: TestServer) -> None:
    prepare(server)
    was = detailed(server)
    server.clock.advance(seconds=10)
    change_much(server)
    whole = (
        {"kind": "updateName", "value": "Till"},
        {"kind": "addTags", "values": ["b"]},
        {"kind": "updateDescription", "value": "New"},
        {"kind": "updateVariation", "variationId": RED, "value": "pink", "name": "Pink"},
        {"kind": "addCustomProperties", "key": "jira", "name": "Jira", "values": ["A-1"]},
    )
    instruct(server, *whole, environment="")

    answer = server.patch(ONE, at(server, date=START)["restore"])

    assert answer.status == 200, answer
    assert essence(answer.json) == essence(was)
    date = at(server, date=server.clock.now)
    assert date["flag"] == answer.json


def test_variations_that_moved_are_followed_back(server: TestServer) -> None:
    prepare(server)
    was = detailed(server)
    server.clock.advance(seconds=10)
    moved = [was["variations"][index] for index in (2, 0, 1)]
    assert server.patch(ONE, [{"op": "replace", "path": "/variations", "value": moved}]).status == 200
    instruct(server, {"kind": "updateOffVariation", "variationId": RED})

    answer = server.patch(ONE, at(server, date=START)["restore"])

    assert answer.status == 200, answer
    assert essence(answer.json) == essence(was)


def test_a_variation_that_was_removed_comes_back_with_the_whole_flag_only(server: TestServer) -> None:
    make_colours(server)
    instruct(server, {"kind": "addTargets", "variationId": GREEN, "values": ["ann"]})
    was = detailed(server)
    server.clock.advance(seconds=10)
    instruct(server, {"kind": "removeTargets", "variationId": GREEN, "values": ["ann"]})
    assert server.patch(ONE, [{"op": "remove", "path": "/variations/1"}]).status == 200

    alone = at(server, environmentKey="test", version=2)
    assert "restore" not in alone
    assert "variation" in alone["obstacle"]
    answer = server.patch(ONE, at(server, date=START)["restore"])
    assert answer.status == 200, answer
    assert essence(answer.json)["environments"]["test"]["targets"] == was["environments"]["test"]["targets"]


def test_who_changes_something_meanwhile_is_not_overwritten(server: TestServer) -> None:
    make_colours(server)
    instruct(server, ON)
    restore = at(server, environmentKey="test", version=1)["restore"]
    instruct(server, SPLIT)

    assert server.patch(ONE, restore).status == 409


def test_an_environment_that_came_later_stays_as_it_is(server: TestServer) -> None:
    make_colours(server)
    server.clock.advance(seconds=10)
    server.post("/api/v2/projects/default/environments", {"key": "stage", "name": "Stage", "color": "00ff00"})
    instruct(server, ON, environment="stage")

    assert at(server, version=1)["restore"] == []


def test_the_keys_of_a_big_segment_are_not_brought_back(server: TestServer) -> None:
    make_segment(server, unbounded=True, unboundedContextKind="user")
    server.instruct(SEGMENT, {"kind": "addBigSegmentIncludedTargets", "values": ["ann"]})

    before = at(server, SEGMENT_AT, version=1)
    assert "restore" not in before
    assert "keys" in before["obstacle"]
    assert at(server, SEGMENT_AT, version=2)["restore"] == []
    server.instruct(SEGMENT, {"kind": "updateName", "value": "Other"})
    assert at(server, SEGMENT_AT, version=1)["restore"]


def test_a_segment_is_shown_and_restored(server: TestServer) -> None:
    made = make_segment(server, tags=["x"])
    include = {"kind": "addIncludedTargets", "contextKind": "org", "values": ["acme"]}
    server.instruct(SEGMENT, include, {"kind": "addRule", **segment_rule()})
    was = server.get(SEGMENT).json
    server.clock.advance(seconds=10)
    rules = [rule["_id"] for rule in was["rules"]]
    remove = [{"kind": "removeRule", "ruleId": rule} for rule in rules]
    server.instruct(
        SEGMENT, *remove, {"kind": "updateName", "value": "Other"}, {"kind": "removeTags", "values": ["x"]}
    )

    for query in ({"version": 2}, {"date": START}):
        shown = at(server, SEGMENT_AT, **query)
        assert shown["segment"] == {name: value for name, value in was.items() if name != "_flags"}
    answer = server.patch(SEGMENT, shown["restore"])

    assert answer.status == 200, answer
    for name in ("name", "tags", "rules", "includedContexts"):
        assert answer.json[name] == was[name]
    assert at(server, SEGMENT_AT, version=1)["segment"]["rules"] == made["rules"] == []


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        (AT, {}, 400),
        (AT, {"version": 1, "date": START}, 400),
        (AT, {"version": 7}, 404),
        (AT, {"date": 5}, 404),
        (AT, {"environmentKey": "nowhere", "version": 1}, 400),
        (AT.replace("checkout", "nothing"), {"version": 1}, 404),
        (SEGMENT_AT, {}, 400),
        (SEGMENT_AT, {"version": 7}, 404),
        (SEGMENT_AT, {"date": START}, 404),
    ],
)
def test_what_was_never_so_is_not_shown(server: TestServer, path: str, query: Any, status: int) -> None:
    make(server)
    server.clock.advance(seconds=10)
    make_segment(server)

    assert server.get(path, query=query).status == status


def test_what_may_not_be_seen_is_not_found(server: TestServer) -> None:
    make(server)
    make_segment(server)
    blind = server.add_token(Statement("deny", resources=("proj/default",), actions=("viewProject",)))
    for path in (AT, SEGMENT_AT):
        assert server.get(path, query={"version": 1}, as_=blind).status == 404
