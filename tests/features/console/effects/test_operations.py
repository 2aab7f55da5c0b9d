"""Effects of changes over HTTP."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from flagstaff.features.console.effects import sampling
from tests.support.audit import traces
from tests.support.client import READER
from tests.support.flag_calls import (
    BLUE,
    GREEN,
    NO,
    YES,
    a_clause,
    a_rule,
    instruct,
    make,
    make_colours,
    make_switch,
    require,
)
from tests.support.key_files import run_jobs
from tests.support.seen import see
from tests.support.segment_calls import make as make_segment
from tests.support.server import TestServer

ENVIRONMENT = "/api/v2/flagstaff/projects/default/environments/test"
EFFECT = f"{ENVIRONMENT}/flags/checkout/effect"
SEGMENT_EFFECT = f"{ENVIRONMENT}/segments/beta/effect"
ON = {"kind": "turnFlagOn"}


def measure(server: TestServer, *instructions: Any, path: str = EFFECT) -> Any:
    answer = server.post(path, {"instructions": instructions}, as_=READER)
    assert answer.status == 200, answer
    return answer.json


def crowd(server: TestServer) -> None:
    """Six Swedes, four Norwegians."""
    people = [{"kind": "user", "key": f"u{n}", "country": "SE" if n < 6 else "NO"} for n in range(10)]
    see(server, *people)
    see(server, people[0], application="shop")


def test_moves_are_counted_by_variation_and_step(server: TestServer) -> None:
    make_colours(server)
    instruct(server, ON)
    crowd(server)
    before = traces(server)

    shown = measure(server, {"kind": "addRule", **a_rule(GREEN, a_clause("SE"))})

    assert (shown["total"], shown["sampled"], shown["moreFlags"]) == (10, 10, 0)
    (flag,) = shown["flags"]
    assert (flag["key"], flag["moved"], flag["estimate"]) == ("checkout", 6, 6)
    (move,) = flag["moves"]
    assert (move["before"], move["after"], move["count"]) == (0, 1, 6)
    assert move["reasonBefore"] == {"kind": "FALLTHROUGH"}
    assert (move["reasonAfter"]["kind"], move["reasonAfter"]["ruleIndex"]) == ("RULE_MATCH", 0)
    assert traces(server) == before


def test_each_step_has_its_share_of_those_who_were_seen(server: TestServer) -> None:
    make_colours(server)
    rule = {"kind": "addRule", **a_rule(GREEN, a_clause("SE"))}
    target = {"kind": "addTargets", "contextKind": "user", "values": ["u0"], "variationId": BLUE}
    instruct(server, ON, rule, rule, target)
    crowd(server)
    path = EFFECT.replace("/effect", "/shares")

    shown = server.get(path, as_=READER).json

    assert (shown["total"], shown["sampled"]) == (10, 10)
    steps = [
        (step["reason"]["kind"], step["reason"].get("ruleIndex"), step["count"]) for step in shown["steps"]
    ]
    assert steps == [("RULE_MATCH", 0, 5), ("FALLTHROUGH", None, 4), ("TARGET_MATCH", None, 1)]
    server.clock.advance(seconds=2 * 24 * 3600)
    assert server.get(path, as_=READER).json["total"] == 0
    assert server.get(f"{path}?days=7", as_=READER).json["steps"] == shown["steps"]
    assert server.get(f"{path}?days=31", as_=READER).status == 400
    instruct(server, {"kind": "turnFlagOff"})
    (off,) = server.get(f"{path}?days=3", as_=READER).json["steps"]
    assert (off["reason"], off["count"], off["estimate"]) == ({"kind": "OFF"}, 10, 10)


def test_where_nobody_was_seen_no_step_has_a_share(server: TestServer) -> None:
    make_colours(server)

    shown = server.get(EFFECT.replace("/effect", "/shares"), as_=READER).json

    assert (shown["total"], shown["steps"]) == (0, [])


def test_flags_that_depend_on_it_are_tried_too(server: TestServer) -> None:
    make_switch(server, "login")
    make_colours(server)
    instruct(server, ON)
    require(server, "checkout", "login", NO)
    instruct(server, ON, key="login")
    instruct(server, {"kind": "updateFallthroughVariationOrRollout", "variationId": NO}, key="login")
    crowd(server)

    shown = measure(server, {"kind": "turnFlagOff"}, path=EFFECT.replace("checkout", "login"))

    assert [(flag["key"], flag["moved"]) for flag in shown["flags"]] == [("login", 0), ("checkout", 10)]
    assert shown["flags"][1]["moves"][0]["reasonAfter"]["prerequisiteKey"] == "login"


def test_a_segment_has_its_effect_on_the_flags_that_use_it(server: TestServer) -> None:
    make_segment(server)
    make_colours(server)
    instruct(server, ON, {"kind": "addRule", **a_rule(BLUE, a_clause("beta", op="segmentMatch"))})
    make_colours(server, "other")
    crowd(server)
    include = {"kind": "addIncludedTargets", "contextKind": "user", "values": ["u1", "u2", "nobody"]}

    shown = measure(server, include, path=SEGMENT_EFFECT)

    assert [(flag["key"], flag["moved"]) for flag in shown["flags"]] == [("checkout", 2)]


def test_a_changed_value_is_counted_by_the_variation_that_has_it(server: TestServer) -> None:
    make_colours(server)
    instruct(server, ON, {"kind": "addRule", **a_rule(GREEN, a_clause("SE"))})
    crowd(server)
    repaint = {"kind": "updateVariation", "variationId": GREEN, "value": "lime"}
    rename = {"kind": "updateVariation", "variationId": BLUE, "name": "Sky"}

    (flag,) = measure(server, repaint, rename)["flags"]

    (move,) = flag["moves"]
    assert (move["before"], move["after"], move["revalued"], move["count"]) == (1, 1, True, 6)


def test_a_json_patch_can_be_tried(server: TestServer) -> None:
    make_colours(server)
    instruct(server, ON)
    crowd(server)
    patch = [{"op": "replace", "path": "/environments/test/fallthrough/variation", "value": 1}]

    answer = server.post(EFFECT, {"patch": patch}, as_=READER)

    assert answer.status == 200, answer
    (move,) = answer.json["flags"][0]["moves"]
    assert (move["before"], move["after"], move["revalued"], move["count"]) == (0, 1, False, 10)


def test_another_order_of_variations_moves_nobody(server: TestServer) -> None:
    make_switch(server, "login")
    make_colours(server)
    instruct(server, ON, key="login")
    require(server, "checkout", "login", YES)
    instruct(server, ON)
    crowd(server)
    path = EFFECT.replace("checkout", "login")
    variations = server.get("/api/v2/flags/default/login").json["variations"][::-1]
    patch = [
        {"op": "replace", "path": "/variations", "value": variations},
        {"op": "replace", "path": "/defaults", "value": {"onVariation": 1, "offVariation": 0}},
    ]

    shown = server.post(path, {"patch": patch}).json

    assert [(flag["key"], flag["moved"]) for flag in shown["flags"]] == [("login", 0), ("checkout", 0)]


def test_a_patch_of_a_segment_can_be_tried(server: TestServer) -> None:
    make_segment(server)
    make_colours(server)
    instruct(server, ON, {"kind": "addRule", **a_rule(BLUE, a_clause("beta", op="segmentMatch"))})
    crowd(server)

    shown = server.post(SEGMENT_EFFECT, {"patch": [{"op": "add", "path": "/included/-", "value": "u1"}]}).json

    assert [(flag["key"], flag["moved"]) for flag in shown["flags"]] == [("checkout", 1)]


def test_of_too_many_those_are_tried_that_were_seen_last(
    server: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "PART", 2)
    monkeypatch.setattr(sampling, "MOST", 4)
    make_colours(server)
    for country in ("SE", "SE", "NO", "NO"):
        people = [{"kind": "user", "key": f"{server.clock.now} {n}", "country": country} for n in range(2)]
        see(server, *people)
        server.clock.advance(seconds=60)

    shown = measure(server, ON, {"kind": "addRule", **a_rule(GREEN, a_clause("NO"))})

    assert (shown["total"], shown["sampled"]) == (8, 4)
    assert (shown["flags"][0]["moved"], shown["flags"][0]["estimate"]) == (4, 8)


def test_who_was_seen_longer_ago_does_not_count(server: TestServer) -> None:
    make_colours(server)
    crowd(server)
    server.clock.advance(seconds=25 * 3600)
    see(server, {"kind": "user", "key": "new"})

    assert measure(server, ON)["total"] == 1


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (EFFECT, {}),
        (EFFECT, {"instructions": []}),
        (EFFECT, {"patch": []}),
        (EFFECT, {"instructions": [ON], "patch": [{"op": "remove", "path": "/tags"}]}),
        (EFFECT, {"patch": [{"op": "replace", "path": "/key", "value": "other"}]}),
        (EFFECT, {"instructions": [{"kind": "fly"}]}),
        (EFFECT, {"instructions": [{"kind": "addTargets"}]}),
        (SEGMENT_EFFECT, {"instructions": [{"kind": "fly"}]}),
        (
            SEGMENT_EFFECT.replace("beta", "crowd"),
            {"instructions": [{"kind": "addBigSegmentIncludedTargets", "values": ["x"]}]},
        ),
    ],
)
def test_what_cannot_be_tried_is_refused(server: TestServer, path: str, body: Any) -> None:
    make(server)
    make_segment(server)
    make_segment(server, "crowd", unbounded=True)
    run_jobs(server)

    assert server.post(path, body).status == 400


def test_what_may_not_be_seen_is_not_found(server: TestServer) -> None:
    make(server)
    make_segment(server)
    blind = server.add_token(Statement("deny", resources=("proj/default",), actions=("viewProject",)))
    for path in (EFFECT, SEGMENT_EFFECT):
        assert server.post(path, {"instructions": [ON]}, as_=blind).status == 404
