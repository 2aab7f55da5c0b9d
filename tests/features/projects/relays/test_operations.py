"""Relay Proxy configurations over REST."""

from typing import Any

import pytest

from tests.features.projects.calls import allow
from tests.support.audit import recorded, traces
from tests.support.client import READER, WRITER, Answer
from tests.support.server import OWNER_EMAIL, TestServer

MANY = "/api/v2/account/relay-auto-configs"
EVERYTHING = {"effect": "allow", "resources": ["proj/*:env/*"], "actions": ["*"]}
BODY = {"name": "Edge", "policy": [EVERYTHING]}
MASKED = "rel-********-****-****-****-********"


def make(server: TestServer, **members: Any) -> Any:
    answer = server.post(MANY, {**BODY, **members})
    assert answer.status == 201, answer
    return answer.json


def one(relay: Any) -> str:
    return f"{MANY}/{relay['_id']}"


def refused(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.code


def test_the_key_is_whole_only_where_it_is_made(server: TestServer) -> None:
    made = make(server)

    assert made["fullKey"].startswith("rel-")
    assert len(made["fullKey"]) == 40
    assert made["displayKey"] == made["fullKey"][-4:]
    assert (made["name"], made["policy"]) == ("Edge", [EVERYTHING])
    assert made["creationDate"] == made["lastModified"] == server.clock.now
    assert made["_creator"]["email"] == OWNER_EMAIL
    masked = {**made, "fullKey": MASKED + made["displayKey"]}
    assert server.get(one(made)).json == masked
    assert server.get(MANY).json == {"items": [masked]}


def test_configurations_are_listed_from_the_oldest_on(server: TestServer) -> None:
    make(server, name="b")
    server.clock.advance(seconds=1)
    make(server, name="a")

    assert [item["name"] for item in server.get(MANY).json["items"]] == ["b", "a"]


def test_who_made_it_with_a_service_token_is_nobody(server: TestServer) -> None:
    statement = allow(["*"], "relay-proxy-config/*")
    token = server.add_token(statement, service=True)

    assert "_creator" not in server.post(MANY, BODY, as_=token).json


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"name": ""}, "$.name"),
        ({"name": "n" * 257}, "$.name"),
        ({"policy": "proj/*"}, "$.policy"),
        ({"policy": [EVERYTHING] * 501}, "$.policy"),
        ({"policy": [{**EVERYTHING, "effect": "maybe"}]}, "$.policy[0].effect"),
        ({"policy": [{**EVERYTHING, "resources": ["flag/x"]}]}, "$.policy[0].resources[0]"),
        ({"policy": [{**EVERYTHING, "notResources": ["proj/*:env/*"]}]}, "$.policy[0].notResources"),
        ({"policy": [{"effect": "allow", "resources": ["proj/*:env/*"]}]}, "$.policy[0].actions"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_malformed_configuration_is_refused(
    server: TestServer, changes: dict[str, Any], named: str
) -> None:
    before = traces(server)

    answer = server.post(MANY, {**BODY, **changes})

    assert refused(answer) == (400, "invalid_request")
    assert named in answer.message
    assert (traces(server), server.count("relay_configurations")) == (before, 0)


@pytest.mark.parametrize(
    "patch",
    [
        [
            {"op": "replace", "path": "/name", "value": "New"},
            {"op": "replace", "path": "/policy/0/resources/0", "value": "proj/web:env/*"},
        ],
        {
            "comment": "why",
            "patch": [
                {"op": "test", "path": "/name", "value": "Edge"},
                {"op": "add", "path": "/name", "value": "New"},
                {"op": "add", "path": "/policy/0/resources", "value": ["proj/web:env/*"]},
            ],
        },
        {"name": "New", "policy": [{**EVERYTHING, "resources": ["proj/web:env/*"]}]},
    ],
)
def test_name_and_policy_are_changed_by_each_format_of_a_patch(server: TestServer, patch: Any) -> None:
    made = make(server)
    server.clock.advance(seconds=5)

    changed = server.patch(one(made), patch).json

    assert changed["name"] == "New"
    assert changed["policy"] == [{**EVERYTHING, "resources": ["proj/web:env/*"]}]
    assert changed["fullKey"] == MASKED + made["displayKey"]
    assert changed["lastModified"] == made["lastModified"] + 5_000
    assert changed["creationDate"] == made["creationDate"]
    assert server.get(one(made)).json == changed


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        ([{"op": "remove", "path": "/name"}], (422, "patch_failed")),
        ([{"op": "replace", "path": "/_id", "value": "x"}], (422, "patch_failed")),
        ([{"op": "replace", "path": "/fullKey", "value": "rel-x"}], (422, "patch_failed")),
        ([{"op": "replace", "path": "/policy/7", "value": EVERYTHING}], (422, "patch_failed")),
        ([{"op": "replace", "path": "/policy", "value": [{"effect": "allow"}]}], (422, "patch_failed")),
        ([{"op": "test", "path": "/name", "value": "Other"}], (409, "optimistic_locking_error")),
        ([{"op": "surprise", "path": "/name"}], (400, "invalid_request")),
        ({"name": None}, (422, "patch_failed")),
    ],
)
def test_a_patch_that_cannot_be_applied_changes_nothing(
    server: TestServer, patch: Any, expected: tuple[int, str]
) -> None:
    made = make(server)
    before = traces(server)

    answer = server.patch(one(made), patch)

    assert refused(answer) == expected
    assert traces(server) == before


def test_a_patch_that_changes_nothing_leaves_no_trace(server: TestServer) -> None:
    made = make(server)
    before = traces(server)

    assert server.patch(one(made), {"name": "Edge"}).json["lastModified"] == made["lastModified"]
    assert traces(server) == before


def find_keys(server: TestServer) -> list[Any]:
    former = server.rows("SELECT expires FROM former_secrets ORDER BY expires")
    return server.rows("SELECT 0 FROM relay_configurations WHERE digest IS NOT NULL") + former


def test_a_reset_makes_a_new_key_and_keeps_the_old_one_until_it_expires(server: TestServer) -> None:
    made = make(server)
    until = server.clock.now + 60_000

    reset = server.post(f"{one(made)}/reset", query={"expiry": until})

    assert reset.status == 200
    assert reset.json["fullKey"].startswith("rel-")
    assert reset.json["fullKey"] != made["fullKey"]
    assert server.get(one(made)).json["displayKey"] == reset.json["fullKey"][-4:]
    assert find_keys(server) == [(0,), (until,)]


@pytest.mark.parametrize("expiry", [{}, {"expiry": 0}, {"expiry": 1_600_000_000_000}])
def test_a_reset_ends_the_old_key_at_once_unless_it_says_when(
    server: TestServer, expiry: dict[str, int]
) -> None:
    made = make(server)

    server.post(f"{one(made)}/reset", query=expiry)

    assert find_keys(server) == [(0,)]


def test_deleting_a_configuration_ends_its_keys(server: TestServer) -> None:
    made = make(server)
    server.post(f"{one(made)}/reset", query={"expiry": server.clock.now + 60_000})

    assert server.delete(one(made)).status == 204
    assert server.get(one(made)).status == 404
    assert find_keys(server) == []


def test_each_change_is_in_the_audit_log_with_its_action_and_without_the_key(server: TestServer) -> None:
    since = server.count("audit_log")
    made = make(server)
    server.patch(one(made), {"comment": "why", "merge": {"name": "New"}})
    server.patch(one(made), {"policy": []})
    server.post(f"{one(made)}/reset")
    server.delete(one(made))

    entries = recorded(server, since)

    specifier = f"relay-proxy-config/{made['_id']}"
    assert [entry.kind for entry in entries] == ["relay-auto-config"] * 5
    assert [entry.accesses for entry in entries] == [
        [["createRelayAutoConfiguration", specifier]],
        [["updateRelayAutoConfigurationName", specifier]],
        [["updateRelayAutoConfigurationPolicy", specifier]],
        [["resetRelayAutoConfiguration", specifier]],
        [["deleteRelayAutoConfiguration", specifier]],
    ]
    assert entries[1].comment == "why"
    assert made["fullKey"] not in str(entries)


def test_each_action_is_asked_of_the_configuration(server: TestServer) -> None:
    made, other = make(server), make(server)
    token = server.add_token(
        allow(["updateRelayAutoConfigurationName"], one(made).replace(MANY, "relay-proxy-config"))
    )

    assert server.patch(one(made), {"name": "New"}, as_=token).status == 200
    for path, body in ((one(made), {"policy": []}), (one(other), {"name": "New"})):
        assert refused(server.patch(path, body, as_=token)) == (403, "forbidden")
    assert refused(server.post(f"{one(made)}/reset", as_=token)) == (403, "forbidden")
    assert refused(server.delete(one(made), as_=token)) == (403, "forbidden")
    assert refused(server.post(MANY, BODY, as_=READER)) == (403, "forbidden")
    assert server.delete(one(made), as_=WRITER).status == 204
