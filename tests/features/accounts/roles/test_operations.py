"""Custom roles over HTTP: made, listed, changed in two formats, deleted, and refused."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.features.accounts.roles.calls import MANY, TOGGLE, make_role
from tests.support.client import READER, WRITER
from tests.support.server import TestServer

ONE = f"{MANY}/ops"
VIEW = {"effect": "allow", "actions": ["viewProject"], "resources": ["proj/*"]}


def test_a_role_is_found_by_its_key_and_by_its_id(server: TestServer) -> None:
    made = make_role(server, description="On call")

    assert made["basePermissions"] == "reader"
    assert server.get(ONE).json == server.get(f"{MANY}/{made['_id']}").json == made


def test_a_list_is_whole_in_older_versions_and_has_pages_since_20240415(server: TestServer) -> None:
    for number in range(22):
        make_role(server, f"role-{number:02}")

    assert len(server.get(MANY).json["items"]) == 22
    page = server.get(MANY, version="20240415").json
    assert len(page["items"]) == 20
    assert page["_links"]["next"]["href"] == f"{MANY}?limit=20&offset=20"


@pytest.mark.parametrize("other", [{"key": "ops", "name": "Other"}, {"key": "other", "name": "Ops"}])
def test_keys_and_names_belong_to_one_role(server: TestServer, other: dict[str, str]) -> None:
    make_role(server)

    answer = server.post(MANY, other | {"policy": [TOGGLE]})

    assert (answer.status, answer.code) == (409, "conflict")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"key": "a b", "name": "A", "policy": [TOGGLE]}, "role key"),
        ({"key": "a", "name": "", "policy": [TOGGLE]}, "$.name"),
        ({"key": "a", "name": "A"}, "policy"),
        ({"key": "a", "name": "A", "policy": [TOGGLE], "basePermissions": "admin"}, "$.basePermissions"),
        ({"key": "a", "name": "A", "policy": [TOGGLE | {"notActions": ["x"]}]}, "$.policy[0].notActions"),
        ({"key": "a", "name": "A", "policy": [TOGGLE | {"actions": []}]}, "$.policy[0].actions"),
        ({"key": "a", "name": "A", "policy": [TOGGLE | {"resources": ["proj"]}]}, "$.policy[0].resources[0]"),
        ({"key": "a", "name": "A", "policy": [TOGGLE | {"effect": "ask"}]}, "$.policy[0].effect"),
    ],
)
def test_what_is_no_role_is_refused(server: TestServer, body: dict[str, Any], reason: str) -> None:
    answer = server.post(MANY, body)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert reason in answer.message


@pytest.mark.parametrize(
    ("patch", "shown"),
    [
        ([{"op": "replace", "path": "/name", "value": "On call"}], {"name": "On call"}),
        (
            {"patch": [{"op": "add", "path": "/policy/0", "value": VIEW}], "comment": "c"},
            {"policy": [VIEW, TOGGLE]},
        ),
        ([{"op": "add", "path": "/policy/-", "value": VIEW}], {"policy": [TOGGLE, VIEW]}),
        ([{"op": "replace", "path": "/policy", "value": [VIEW]}], {"policy": [VIEW]}),
        ({"merge": {"description": "New"}, "comment": "why"}, {"description": "New"}),
        ({"basePermissions": "no_access"}, {"basePermissions": "no_access"}),
    ],
)
def test_a_role_is_changed_by_json_patch_and_by_merge_patch(
    server: TestServer, patch: Any, shown: Any
) -> None:
    made = make_role(server)

    answer = server.patch(ONE, patch)

    assert answer.status == 200, answer
    assert answer.json == made | shown
    assert server.get(ONE).json == answer.json


def test_a_description_can_be_removed(server: TestServer) -> None:
    make_role(server, description="On call")

    changed = server.patch(ONE, [{"op": "remove", "path": "/description"}])

    assert (changed.status, "description" in changed.json) == (200, False)


@pytest.mark.parametrize(
    ("patch", "reason"),
    [
        ([{"op": "replace", "path": "/key", "value": "x"}], "key"),
        ([{"op": "replace", "path": "/policy", "value": [{"effect": "allow"}]}], "$.policy[0]"),
        ({"basePermissions": "owner"}, "basePermissions"),
    ],
)
def test_a_patch_that_cannot_be_is_refused_whole(server: TestServer, patch: Any, reason: str) -> None:
    made = make_role(server)

    answer = server.patch(ONE, patch)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert reason in answer.message
    assert server.get(ONE).json == made


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
@pytest.mark.parametrize("token", [READER, WRITER])
def test_only_those_who_administer_roles_change_them(server: TestServer, method: str, token: str) -> None:
    make_role(server)
    body = {"POST": {"key": "x", "name": "X", "policy": []}, "PATCH": {"name": "X"}, "DELETE": None}[method]

    answer = server.request(method, MANY if method == "POST" else ONE, json=body, as_=token)

    assert (answer.status, answer.code) == (403, "forbidden")


def test_a_change_needs_the_action_of_every_member_that_it_touches(server: TestServer) -> None:
    make_role(server)
    namer = server.add_token(Statement("allow", resources=("role/*",), actions=("updateName",)))

    assert server.patch(ONE, {"name": "Mine"}, as_=namer).status == 200
    assert server.patch(ONE, {"name": "Ours", "description": "All"}, as_=namer).status == 403
    assert server.get(ONE).json["name"] == "Mine"


def test_the_audit_log_names_role_and_actions(server: TestServer) -> None:
    make_role(server)
    server.patch(ONE, {"name": "On call", "description": "All day"})
    server.delete(ONE)

    items = server.get("/api/v2/auditlog", query={"spec": "role/ops"}).json["items"]

    assert [entry["titleVerb"].split()[0] for entry in items] == ["deleted", "updated", "created"]
    assert {access["action"] for access in items[1]["accesses"]} == {"updateName", "updateDescription"}
    assert items[1]["description"].startswith("- Changed the name from ~~`")


def test_a_deleted_role_is_gone(server: TestServer) -> None:
    make_role(server)

    assert server.delete(ONE).status == 204
    assert server.get(ONE).status == server.delete(ONE).status == 404
