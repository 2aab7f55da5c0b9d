"""Access tokens over HTTP: made within the maker's permissions, used, listed, changed, reset and deleted."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.features.accounts.roles.calls import make_role
from tests.features.accounts.tokens.calls import MANY, make_token
from tests.support.client import OWNER, READER, WRITER
from tests.support.flag_calls import ONE, make
from tests.support.server import START, TestServer

EVERYTHING = {"effect": "allow", "actions": ["*"], "resources": ["proj/*"]}
NOTHING = {"effect": "deny", "actions": ["*"], "resources": ["proj/*:env/*:flag/*"]}
ON = {"kind": "turnFlagOn"}


def turn_on(server: TestServer, token: str, environment: str = "test") -> int:
    return server.instruct(ONE, ON, environment=environment, as_=token).status


def test_the_secret_is_shown_once_and_works(server: TestServer) -> None:
    made = make_token(server, name="CI", description="For builds")

    assert made["token"].startswith("api-")
    assert server.get("/api/v2/projects", as_=made["token"]).status == 200
    shown = server.get(f"{MANY}/{made['_id']}").json
    assert shown == made | {"token": made["token"][-4:]}
    assert made["_member"]["email"] == "owner@example.com"
    assert (made["ownerId"], made["serviceToken"]) == (made["memberId"], False)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({}, "Exactly one of"),
        ({"role": "reader", "inlineRole": [EVERYTHING]}, "Exactly one of"),
        ({"role": "owner"}, "$.role"),
        ({"inlineRole": [{"effect": "allow"}]}, "$.inlineRole[0]"),
        ({"customRoleIds": ["nowhere"]}, "$.customRoleIds"),
        ({"role": "reader", "defaultApiVersion": 20200101}, "$.defaultApiVersion"),
        ({"role": "reader", "secret": "mine"}, "secret"),
    ],
)
def test_what_is_no_token_is_refused(server: TestServer, body: dict[str, Any], reason: str) -> None:
    answer = server.post(MANY, body)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert reason in answer.message


def test_a_custom_role_bounds_a_token_and_its_loss_leaves_nothing(server: TestServer) -> None:
    make(server)
    role = make_role(server)
    token = make_token(server, customRoleIds=["ops"])

    assert token["customRoleIds"] == [role["_id"]]
    assert turn_on(server, token["token"]) == 200
    assert turn_on(server, token["token"], "production") == 403
    server.delete("/api/v2/roles/ops")
    assert server.get(ONE, as_=token["token"]).status == 404
    assert "customRoleIds" not in server.get(f"{MANY}/{token['_id']}").json


def test_a_change_of_a_role_holds_from_the_next_call_on(server: TestServer) -> None:
    make(server)
    make_role(server)
    token = make_token(server, customRoleIds=["ops"])["token"]
    assert turn_on(server, token) == 200

    server.patch("/api/v2/roles/ops", {"policy": [NOTHING]})

    assert turn_on(server, token) == 403


def test_the_default_version_is_that_of_calls_without_a_header(server: TestServer) -> None:
    token = make_token(server, defaultApiVersion=20240415)["token"]

    assert server.get("/api/v2/versions", as_=token).json["currentVersion"] == 20240415


@pytest.mark.parametrize(
    ("maker", "body", "status"),
    [
        (WRITER, {"role": "reader"}, 403),  # a token manages tokens only where its policy names them
        (READER, {"role": "reader"}, 403),
        (OWNER, {"role": "admin", "serviceToken": True}, 201),
    ],
)
def test_who_may_make_which_token(server: TestServer, maker: str, body: Any, status: int) -> None:
    assert server.post(MANY, body, as_=maker).status == status


def test_a_service_token_never_has_more_than_its_maker(server: TestServer) -> None:
    robots = Statement("allow", resources=("service-token/*",), actions=("*",))
    maker = server.add_token(robots)

    assert server.post(MANY, {"role": "admin", "serviceToken": True}, as_=maker).status == 403
    assert server.post(MANY, {"inlineRole": [EVERYTHING], "serviceToken": True}, as_=maker).status == 403


def test_others_are_listed_only_on_request_and_to_those_who_may_see_them(server: TestServer) -> None:
    make_token(server, name="Robot", serviceToken=True)
    robot = make_token(server, name="Reader robot", serviceToken=True)["token"]

    def names(**how: Any) -> set[str]:
        return {item.get("name", "") for item in server.get(MANY, **how).json["items"]}

    assert {"Robot", "Reader robot", "First token"} <= names()
    assert names(as_=robot) == {"Robot", "Reader robot"}
    assert names(as_=robot, query={"showAll": "true"}) == {"Robot", "Reader robot"}


def test_a_list_is_whole_in_older_versions_and_has_pages_since_20240415(server: TestServer) -> None:
    for number in range(25):
        make_token(server, name=f"{number}")

    whole = server.get(MANY).json
    page = server.get(MANY, version="20240415").json

    assert len(whole["items"]) == whole["totalCount"] == page["totalCount"] > 25
    assert len(page["items"]) == 25
    assert page["_links"]["next"]["href"] == f"{MANY}?limit=25&offset=25"


@pytest.mark.parametrize(
    ("patch", "shown"),
    [
        ([{"op": "replace", "path": "/name", "value": "New"}], {"name": "New"}),
        ([{"op": "add", "path": "/description", "value": "Why"}], {"description": "Why"}),
        ([{"op": "replace", "path": "/role", "value": "writer"}], {"role": "writer"}),
    ],
)
def test_a_token_is_changed_and_keeps_its_secret(server: TestServer, patch: Any, shown: Any) -> None:
    made = make_token(server, name="Old")
    server.clock.advance(seconds=1)

    answer = server.patch(f"{MANY}/{made['_id']}", patch)

    assert answer.status == 200, answer
    assert {name: answer.json[name] for name in shown} == shown
    assert (answer.json["lastModified"], answer.json["token"]) == (START + 1_000, made["token"][-4:])
    assert server.get("/api/v2/projects", as_=made["token"]).status == 200


def test_a_role_gives_way_to_a_policy(server: TestServer) -> None:
    make(server)
    made = make_token(server, role="writer")
    assert turn_on(server, made["token"]) == 200

    patch = [{"op": "remove", "path": "/role"}, {"op": "add", "path": "/inlineRole", "value": [NOTHING]}]
    answer = server.patch(f"{MANY}/{made['_id']}", patch)

    assert (answer.status, answer.json["inlineRole"], "role" in answer.json) == (200, [NOTHING], False)
    assert turn_on(server, made["token"]) == 403


@pytest.mark.parametrize(
    "patch",
    [
        [{"op": "add", "path": "/inlineRole", "value": [NOTHING]}],
        [{"op": "remove", "path": "/role"}],
        [{"op": "replace", "path": "/role", "value": "owner"}],
        [{"op": "replace", "path": "/serviceToken", "value": True}],
        [{"op": "replace", "path": "/token", "value": "api-mine"}],
    ],
)
def test_a_patch_that_cannot_be_is_422_and_changes_nothing(server: TestServer, patch: Any) -> None:
    made = make_token(server)

    answer = server.patch(f"{MANY}/{made['_id']}", patch)

    assert (answer.status, answer.code) == (422, "patch_failed")
    assert server.get(f"{MANY}/{made['_id']}").json["role"] == "reader"


def test_what_a_service_token_may_do_is_settled_when_it_is_made(server: TestServer) -> None:
    made = make_token(server, serviceToken=True)

    for member, value, status in (("role", "writer", 422), ("name", "R", 200)):
        patch = [{"op": "add", "path": f"/{member}", "value": value}]
        assert server.patch(f"{MANY}/{made['_id']}", patch).status == status


def test_a_reset_ends_the_old_secret_at_once(server: TestServer) -> None:
    made = make_token(server)

    fresh = server.post(f"{MANY}/{made['_id']}/reset").json["token"]

    assert fresh != made["token"]
    assert server.get("/api/v2/projects", as_=fresh).status == 200
    assert server.get("/api/v2/projects", as_=made["token"]).status == 401


def test_a_reset_with_expiry_leaves_the_old_secret_until_then(server: TestServer) -> None:
    made = make_token(server)

    server.post(f"{MANY}/{made['_id']}/reset", query={"expiry": START + 10_000})

    server.clock.advance(seconds=9)
    assert server.get("/api/v2/projects", as_=made["token"]).status == 200
    server.clock.advance(seconds=2)
    assert server.get("/api/v2/projects", as_=made["token"]).status == 401


def test_a_deleted_token_is_refused_with_every_secret_that_it_had(server: TestServer) -> None:
    made = make_token(server)
    fresh = server.post(f"{MANY}/{made['_id']}/reset", query={"expiry": START + 10_000}).json["token"]

    assert server.delete(f"{MANY}/{made['_id']}").status == 204

    for secret in (made["token"], fresh):
        assert server.get("/api/v2/projects", as_=secret).status == 401
    assert server.get(f"{MANY}/{made['_id']}").status == 404


def test_tokens_of_others_are_hidden_from_those_who_may_not_see_them(server: TestServer) -> None:
    made = make_token(server)
    robot = make_token(server, serviceToken=True)["token"]

    assert server.get(f"{MANY}/{made['_id']}", as_=robot).status == 404
    assert server.delete(f"{MANY}/{made['_id']}", as_=robot).status == 404


def test_no_secret_is_in_the_audit_log(server: TestServer) -> None:
    made = make_token(server, name="CI")
    fresh = server.post(f"{MANY}/{made['_id']}/reset").json["token"]

    log = server.get("/api/v2/auditlog", query={"q": "CI"}).body

    assert b"reset the access token" in log
    assert made["token"].encode() not in log
    assert fresh.encode() not in log


def test_a_change_is_told_in_sentences_with_roles_by_their_names(server: TestServer) -> None:
    make_role(server, key="ops", name="Operators")
    path = f"{MANY}/{make_token(server, name='CI')['_id']}"
    operations = [
        {"op": "add", "path": "/description", "value": "For builds"},
        {"op": "remove", "path": "/role"},
        {"op": "add", "path": "/customRoleIds", "value": ["ops"]},
    ]
    assert server.patch(path, operations).status == 200

    said = server.get("/api/v2/auditlog", query={"limit": 1}).json["items"][0]["description"].split("\n\n")

    assert "- Set the description to `For builds`" in said
    assert "- Added the role `Operators`" in said
    assert any(item.startswith("- Removed the role ~~`") for item in said)


def test_who_makes_roles_may_write_more_into_one_than_they_may_and_gains_nothing(server: TestServer) -> None:
    make(server)
    maker = server.add_token(
        Statement("allow", resources=("role/*", "member/*:token/*", "service-token/*"), actions=("*",))
    )

    assert (
        server.post("/api/v2/roles", {"key": "all", "name": "All", "policy": [EVERYTHING]}, as_=maker).status
        == 201
    )
    assert server.post(MANY, {"customRoleIds": ["all"], "serviceToken": True}, as_=maker).status == 403
    assert turn_on(server, maker) == 403
