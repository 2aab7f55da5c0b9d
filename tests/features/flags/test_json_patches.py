"""JSON patches and merge patches of a flag over HTTP: what they reach, and what they cannot."""

from typing import Any

import pytest

from tests.support.audit import recorded
from tests.support.flag_calls import (
    COLOURS,
    ONE,
    RED,
    a_clause,
    at,
    make_colours,
    make_switch,
    published,
    state_of,
)
from tests.support.server import START, TestServer


def replace(path: str, value: Any) -> dict[str, Any]:
    return {"op": "replace", "path": path, "value": value}


TARGET = {"variation": 0, "values": ["ann"]}
RULE = {"variation": 1, "clauses": [a_clause()]}
ROLLOUT = {"variations": [{"variation": 0, "weight": 40_000}, {"variation": 2, "weight": 60_000}]}


@pytest.mark.parametrize(
    ("operations", "shown"),
    [
        ([replace("/name", "Till")], {"name": "Till"}),
        ([replace("/description", "Pays")], {"description": "Pays"}),
        ([replace("/temporary", False)], {"temporary": False}),
        ([replace("/archived", True)], {"archived": True, "archivedDate": START}),
        ([replace("/deprecated", True)], {"deprecated": True, "deprecatedDate": START}),
        ([replace("/includeInSnippet", True)], {"clientSideAvailability.usingEnvironmentId": True}),
        ([replace("/clientSideAvailability/usingMobileKey", False)], {"includeInSnippet": False}),
        ([{"op": "add", "path": "/tags/0", "value": "z"}], {"tags": ["a", "z"]}),
        ([{"op": "add", "path": "/tags/-", "value": "z"}], {"tags": ["a", "z"]}),
        (
            [{"op": "add", "path": "/customProperties/jira", "value": {"name": "Jira", "value": ["1"]}}],
            {"customProperties.jira.value": ["1"]},
        ),
        ([{"op": "remove", "path": "/maintainerId"}], {"maintainerId": None, "_maintainer": None}),
        (
            [{"op": "add", "path": "/variations/-", "value": {"value": "white"}}],
            {"variations.3.value": "white"},
        ),
        ([replace("/variations/0/value", "pink")], {"variations.0": {"_id": RED, "value": "pink"}}),
        ([replace("/variations/0/name", "Red")], {"variations.0.name": "Red"}),
        ([replace("/defaults/onVariation", 1)], {"defaults.onVariation": 1}),
        ([replace("/environments/test/on", True)], {"environments.test.on": True}),
        (
            [
                {"op": "add", "path": "/environments/test/targets/-", "value": TARGET},
                {"op": "add", "path": "/environments/test/targets/0/values/-", "value": "bob"},
            ],
            {"environments.test.targets.0.values": ["ann", "bob"]},
        ),
        (
            [replace("/environments/test/contextTargets", [TARGET | {"contextKind": "org"}])],
            {"environments.test.contextTargets.0.contextKind": "org"},
        ),
        (
            [{"op": "add", "path": "/environments/test/rules/-", "value": RULE}],
            {"environments.test.rules.0.variation": 1},
        ),
        (
            [replace("/environments/test/fallthrough", {"rollout": ROLLOUT})],
            {
                "environments.test.fallthrough.variation": None,
                "environments.test.fallthrough.rollout.contextKind": "user",
            },
        ),
        (
            [{"op": "add", "path": "/environments/test/fallthrough/rollout", "value": ROLLOUT}],
            {"environments.test.fallthrough.variation": None},
        ),
        ([replace("/environments/test/offVariation", 0)], {"environments.test.offVariation": 0}),
        (
            [{"op": "remove", "path": "/environments/test/offVariation"}],
            {"environments.test.offVariation": None},
        ),
        (
            [
                {
                    "op": "add",
                    "path": "/environments/test/prerequisites/-",
                    "value": {"key": "login", "variation": 1},
                }
            ],
            {"environments.test.prerequisites": [{"key": "login", "variation": 1}]},
        ),
        ([replace("/environments/test/trackEvents", True)], {"environments.test.trackEvents": True}),
        (
            [replace("/environments/test/trackEventsFallthrough", True)],
            {"environments.test.trackEventsFallthrough": True},
        ),
        (
            [{"op": "test", "path": "/version", "value": 1}, replace("/name", "Till")],
            {"name": "Till"},
        ),
        (
            [{"op": "test", "path": "/environments/test/version", "value": 1}, replace("/name", "Till")],
            {"name": "Till"},
        ),
        (
            [{"op": "remove", "path": "/variations/1"}],
            {"variations.1.value": "blue", "defaults.offVariation": 1},
        ),
    ],
    ids=lambda value: value[-1]["path"] if isinstance(value, list) else "",
)
def test_a_json_patch_changes_what_it_names(server: TestServer, operations: Any, shown: Any) -> None:
    make_switch(server, "login")
    before = make_colours(server, tags=["a"])

    answer = server.patch(ONE, {"patch": operations, "comment": "As agreed"})

    assert answer.status == 200, answer
    after = answer.json
    assert {path: at(after, path) for path in shown} == shown
    assert server.get(ONE).json == after
    entry = recorded(server)[-1]
    assert (entry.comment, entry.name) == ("As agreed", after["name"])
    assert entry.description or entry.verb != "updated the flag"
    is_here = any(path.startswith("environments") for path in shown)
    versions = after["_version"], after["environments"]["test"]["version"]
    assert versions == (before["_version"] + (not is_here), 1 + is_here)


def test_a_merge_patch_replaces_lists_and_removes_what_is_null(server: TestServer) -> None:
    make_colours(server, tags=["a", "b"], description="Pays")

    after = server.patch(
        ONE,
        {
            "comment": "As agreed",
            "merge": {
                "tags": ["c"],
                "description": None,
                "environments": {"test": {"on": True, "offVariation": None, "fallthrough": {"variation": 2}}},
            },
        },
    ).json

    assert (after["tags"], after["description"], after["_version"]) == (["c"], "", 2)
    found = after["environments"]["test"]
    assert (found["on"], found["fallthrough"]) == (True, {"variation": 2})
    assert "offVariation" not in found
    assert published(server)["checkout"]["offVariation"] is None
    assert recorded(server)[-1].comment == "As agreed"


@pytest.mark.parametrize(
    "path",
    [
        "/_version",
        "/_links",
        "/_maintainer",
        "/_unknown",
        "/kind",
        "/key",
        "/creationDate",
        "/archivedDate",
        "/experiments",
        "/goalIds",
        "/environments/test/version",
        "/environments/test/salt",
        "/environments/test/sel",
        "/environments/test/lastModified",
        "/environments/test/archived",
        "/environments/test/_site",
        "/environments/test/_summary",
        "/environments/test/_environmentName",
        "/variations/0/_id",
    ],
)
def test_what_only_the_server_sets_cannot_be_patched(server: TestServer, path: str) -> None:
    make_colours(server)
    before = state_of(server)

    answer = server.patch(ONE, [replace(path, "other")])

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "read-only" in answer.message
    merge: Any = "other"
    for name in reversed(path.strip("/").split("/")):
        merge = {name: merge}
    assert server.patch(ONE, merge).status == 400
    assert state_of(server) == before


@pytest.mark.parametrize(
    ("operations", "status", "code"),
    [
        ([{"op": "test", "path": "/version", "value": 7}], 409, "optimistic_locking_error"),
        ([{"op": "test", "path": "/_version", "value": 7}], 409, "optimistic_locking_error"),
        ([{"op": "test", "path": "/environments/test/version", "value": 7}], 409, "optimistic_locking_error"),
        ([{"op": "test", "path": "/name", "value": "Other"}], 409, "optimistic_locking_error"),
        ([{"op": "remove", "path": "/environments/test/rules/0"}], 400, "invalid_patch"),
        ([{"op": "remove", "path": "/maintainerTeamKey"}], 400, "invalid_patch"),
        ([{"op": "add", "path": "/nowhere/else", "value": 1}], 400, "invalid_patch"),
        ([{"op": "jump", "path": "/name"}], 400, "invalid_request"),
        ([{"op": "replace", "path": "/name"}], 400, "invalid_request"),
        ([replace("/name", 7)], 400, "invalid_request"),
        ([replace("/colour", "red")], 400, "invalid_request"),
        ([replace("/environments/test/on", "yes")], 400, "invalid_request"),
        ([replace("/environments/nowhere", {"on": True})], 400, "invalid_request"),
        ([{"op": "remove", "path": "/environments/production"}], 400, "invalid_request"),
        ([replace("/environments/test/fallthrough", {"variation": 3})], 400, "invalid_request"),
        ([replace("/environments/test/fallthrough", {})], 400, "invalid_request"),
        ([replace("/environments/test/offVariation", -1)], 400, "invalid_request"),
        ([replace("/environments/test/offVariation", 2**70)], 400, "invalid_request"),
        ([replace("/variations", COLOURS[:1])], 400, "invalid_request"),
        ([replace("/variations/0/value", "blue")], 400, "invalid_request"),
        ([{"op": "remove", "path": "/variations/0"}], 400, "invalid_request"),
        ([replace("", {})], 400, "invalid_request"),
        ([replace("", [])], 400, "invalid_patch"),
    ],
)
def test_a_json_patch_that_fails_changes_nothing(
    server: TestServer, operations: Any, status: int, code: str
) -> None:
    make_colours(server)
    before = state_of(server)

    answer = server.patch(ONE, [replace("/description", "Half"), *operations])

    assert (answer.status, answer.code) == (status, code)
    assert state_of(server) == before
