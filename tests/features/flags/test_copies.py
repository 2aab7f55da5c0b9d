"""Settings of a flag over HTTP: copied from one environment to another."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.support.audit import recorded
from tests.support.flag_calls import (
    BLUE,
    GREEN,
    ONE,
    RED,
    YES,
    a_clause,
    a_rule,
    instruct,
    make_colours,
    make_switch,
    published,
    require,
    state_of,
)
from tests.support.server import START, TestServer

COPY = f"{ONE}/copy"
SEGMENTS = "/api/v2/segments/default"


def fill_production(server: TestServer) -> Any:
    """Targeting in production that a copy can take to test."""
    make_switch(server, "login")
    make_colours(server)
    for many in ("production", "test"):
        server.post(f"{SEGMENTS}/{many}", {"key": "beta", "name": "Beta"})
    return instruct(
        server,
        {"kind": "turnFlagOn"},
        {"kind": "addRule", **a_rule(BLUE, a_clause("beta", op="segmentMatch"))},
        {"kind": "addTargets", "variationId": GREEN, "values": ["ann"]},
        {"kind": "updateFallthroughVariationOrRollout", "variationId": GREEN},
        {"kind": "updateOffVariation", "variationId": RED},
        {"kind": "addPrerequisite", "key": "login", "variationId": YES},
        environment="production",
    )


def copy(server: TestServer, source: Any = None, target: Any = None, **members: Any) -> Any:
    ends = {"source": {"key": "production"} | (source or {}), "target": {"key": "test"} | (target or {})}
    return server.post(COPY, ends | members)


PARTS = {
    "updateOn": ("on",),
    "updateRules": ("rules",),
    "updateFallthrough": ("fallthrough",),
    "updateOffVariation": ("offVariation",),
    "updatePrerequisites": ("prerequisites",),
    "updateTargets": ("targets", "contextTargets"),
}


@pytest.mark.parametrize(
    ("members", "copied"),
    [
        ({}, set(PARTS)),
        *(({"includedActions": [action]}, {action}) for action in PARTS),
        ({"excludedActions": ["updateOn", "updateRules"]}, set(PARTS) - {"updateOn", "updateRules"}),
    ],
)
def test_a_copy_takes_all_settings_or_those_that_are_named(
    server: TestServer, members: Any, copied: set[str]
) -> None:
    before = fill_production(server)["environments"]
    server.clock.advance(seconds=5)

    answer = copy(server, comment="Same here", **members)

    assert answer.status == 201
    after = answer.json["environments"]
    assert after["production"] == before["production"]
    for action, names in PARTS.items():
        for name in names:
            assert after["test"][name] == before["production" if action in copied else "test"][name]
    assert (after["test"]["version"], after["test"]["lastModified"]) == (2, START + 5000)
    assert after["test"]["salt"] == before["test"]["salt"]
    assert published(server)["checkout"]["on"] is ("updateOn" in copied)


def test_a_copy_is_an_entry_that_names_both_environments(server: TestServer) -> None:
    fill_production(server)

    copy(server, comment="Same here")

    entry = recorded(server)[-1]
    assert entry.verb == "copied the settings from Production to Test of the flag"
    assert entry.comment == "Same here"
    assert entry.accesses == [
        ["copyFlagConfigFrom", "proj/default:env/production:flag/checkout"],
        ["copyFlagConfigTo", "proj/default:env/test:flag/checkout"],
    ]


def test_a_copy_of_what_is_there_already_leaves_no_trace(server: TestServer) -> None:
    fill_production(server)
    copy(server)
    before = state_of(server)

    assert copy(server).status == 201

    assert state_of(server) == before


@pytest.mark.parametrize(
    ("call", "status", "code"),
    [
        ({"source": {"currentVersion": 1}}, 409, "optimistic_locking_error"),
        ({"target": {"currentVersion": 2}}, 409, "optimistic_locking_error"),
        ({"source": {"key": "nowhere"}}, 404, "not_found"),
        ({"target": {"key": "nowhere"}}, 404, "not_found"),
        ({"target": {"key": "production"}}, 400, "invalid_request"),
        ({"includedActions": [], "excludedActions": []}, 400, "invalid_request"),
        ({"includedActions": ["updateName"]}, 400, "invalid_request"),
    ],
)
def test_a_copy_that_cannot_be_made_changes_nothing(
    server: TestServer, call: Any, status: int, code: str
) -> None:
    fill_production(server)
    before = state_of(server)

    answer = copy(server, **call)

    assert (answer.status, answer.code) == (status, code)
    assert state_of(server) == before


def test_a_copy_with_the_current_versions_is_made(server: TestServer) -> None:
    fill_production(server)

    assert copy(server, {"currentVersion": 2}, {"currentVersion": 1}).status == 201


def test_a_rule_cannot_be_copied_to_where_its_segment_is_missing(server: TestServer) -> None:
    fill_production(server)
    server.delete(f"{SEGMENTS}/test/beta")
    before = state_of(server)

    answer = copy(server)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "'beta'" in answer.message
    assert state_of(server) == before
    assert copy(server, excludedActions=["updateRules"]).status == 201


def test_a_prerequisite_cannot_be_copied_to_where_it_would_close_a_cycle(server: TestServer) -> None:
    fill_production(server)
    assert require(server, "login", "checkout", RED).status == 200

    answer = copy(server)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "cycle" in answer.message


def test_a_copy_needs_its_permission_at_both_ends(server: TestServer) -> None:
    fill_production(server)
    ends = {"source": {"key": "production"}, "target": {"key": "test"}}

    def call(*pairs: tuple[str, str]) -> int:
        statements = [
            Statement("allow", resources=(f"proj/*:env/{key}:flag/*",), actions=(action,))
            for action, key in pairs
        ]
        return server.post(COPY, ends, as_=server.add_token(*statements)).status

    source, target = ("copyFlagConfigFrom", "production"), ("copyFlagConfigTo", "test")
    assert call(source) == 403
    assert call(target) == 403
    assert call(source, ("copyFlagConfigTo", "production")) == 403
    assert call(source, target) == 201
