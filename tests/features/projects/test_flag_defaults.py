"""What new flags of a project start from."""

from typing import Any

import pytest

from tests.features.projects.calls import DEFAULT, PROJECTS, allow, deny
from tests.support.audit import recorded, traces
from tests.support.server import TestServer

PATH = f"{DEFAULT}/flag-defaults"
INITIAL = {
    "tags": [],
    "temporary": True,
    "booleanDefaults": {
        "trueDisplayName": "",
        "falseDisplayName": "",
        "trueDescription": "",
        "falseDescription": "",
        "onVariation": 0,
        "offVariation": 1,
    },
    "defaultClientSideAvailability": {"usingEnvironmentId": False, "usingMobileKey": True},
}
CHANGED = {
    "tags": ["a", "b"],
    "temporary": False,
    "booleanDefaults": {
        "trueDisplayName": "Yes",
        "falseDisplayName": "No",
        "trueDescription": "It is on",
        "falseDescription": "It is off",
        "onVariation": 1,
        "offVariation": 0,
    },
    "defaultClientSideAvailability": {"usingEnvironmentId": True, "usingMobileKey": False},
}


def test_they_begin_with_what_is_documented(server: TestServer) -> None:
    shown = server.get(PATH).json

    assert {name: shown[name] for name in INITIAL} == INITIAL
    assert shown["_links"]["self"]["href"] == PATH
    assert shown["_links"]["parent"]["href"] == DEFAULT


def test_they_are_set_as_a_whole(server: TestServer) -> None:
    answer = server.put(PATH, CHANGED)

    assert {name: answer.json[name] for name in CHANGED} == CHANGED
    assert server.get(PATH).json == answer.json
    assert server.get(DEFAULT).json["includeInSnippetByDefault"] is True


@pytest.mark.parametrize("member", CHANGED)
def test_to_set_them_takes_every_member(server: TestServer, member: str) -> None:
    body = {name: value for name, value in CHANGED.items() if name != member}

    answer = server.put(PATH, body)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert member in answer.message


@pytest.mark.parametrize(
    ("patch", "member", "value"),
    [
        ({"temporary": False}, "temporary", False),
        ({"tags": ["z", "y"]}, "tags", ["y", "z"]),
        ({"merge": {"temporary": False}, "comment": "why"}, "temporary", False),
        (
            {"booleanDefaults": {"onVariation": 1}},
            "booleanDefaults",
            {**INITIAL["booleanDefaults"], "onVariation": 1},  # type: ignore[dict-item]
        ),
        ([{"op": "add", "path": "/tags/-", "value": "new"}], "tags", ["new"]),
        ({"patch": [{"op": "replace", "path": "/temporary", "value": False}]}, "temporary", False),
        (
            [{"op": "replace", "path": "/defaultClientSideAvailability/usingMobileKey", "value": False}],
            "defaultClientSideAvailability",
            {"usingEnvironmentId": False, "usingMobileKey": False},
        ),
    ],
)
def test_they_are_changed_by_json_patch_and_merge_patch(
    server: TestServer, patch: Any, member: str, value: object
) -> None:
    answer = server.patch(PATH, patch)

    assert answer.json[member] == value
    assert server.get(PATH).json == answer.json


@pytest.mark.parametrize(
    ("patch", "status", "code"),
    [
        ({"temporary": "no"}, 400, "invalid_request"),
        ({"temporary": None}, 400, "invalid_request"),
        ({"tags": ["a b"]}, 400, "invalid_request"),
        ({"surprise": 1}, 400, "invalid_request"),
        ({"_links": {}}, 200, ""),
        ({"_links": None}, 400, "invalid_request"),
        ({"booleanDefaults": {"onVariation": 2}}, 400, "invalid_request"),
        ({"booleanDefaults": {"surprise": 2}}, 400, "invalid_request"),
        ([{"op": "remove", "path": "/booleanDefaults"}], 400, "invalid_request"),
        ([{"op": "test", "path": "/temporary", "value": False}], 409, "optimistic_locking_error"),
    ],
)
def test_a_patch_that_breaks_a_rule_changes_nothing(
    server: TestServer, patch: Any, status: int, code: str
) -> None:
    before = server.get(PATH).json, traces(server)

    answer = server.patch(PATH, patch)

    assert answer.status == status
    assert answer.json.get("code", "") == code
    assert (server.get(PATH).json, traces(server)) == before


def test_both_ways_take_one_action_which_is_asked_for_before_the_patch_is_read(server: TestServer) -> None:
    only = server.add_token(allow(["updateProjectFlagDefaults"], "proj/default"))
    others = server.add_token(allow(["*"], "proj/*"), deny(["updateProjectFlagDefaults"], "proj/*"))

    assert server.put(PATH, CHANGED, as_=others).status == 403
    assert server.patch(PATH, {"surprise": 1}, as_=others).status == 403
    assert server.put(PATH, CHANGED, as_=only).status == 200
    assert server.patch(PATH, {"temporary": True}, as_=only).status == 200
    assert recorded(server)[-1].accesses == [["updateProjectFlagDefaults", "proj/default"]]


def test_the_audit_log_tells_what_changed(server: TestServer) -> None:
    server.patch(PATH, {"merge": {"tags": ["new"], "temporary": False}, "comment": "tidy"})

    entry = recorded(server)[-1]
    assert (entry.kind, entry.verb, entry.comment) == ("project", "updated the project", "tidy")
    assert entry.description == "- Added tag `new`\n\n- Made new flags permanent"


def test_an_unknown_project_has_none(server: TestServer) -> None:
    assert server.get(f"{PROJECTS}/nowhere/flag-defaults").status == 404
