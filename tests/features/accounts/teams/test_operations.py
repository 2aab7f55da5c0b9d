"""Teams over HTTP: made, listed, expanded, changed by instructions, deleted, and refused."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.features.accounts.members.calls import invite, token_of
from tests.features.accounts.roles.calls import make_role
from tests.features.accounts.teams.calls import MANY, NIGHT, make_team, members_in, teams_of
from tests.support.client import READER, WRITER
from tests.support.server import START, TestServer

MAINTAIN = {"actionSet": "maintainTeam"}


def keys(server: TestServer, **query: Any) -> list[str]:
    answer = server.get(MANY, query=query)
    assert answer.status == 200, answer
    return [team["key"] for team in answer.json["items"]]


def test_a_team_is_made_and_shown_alike_everywhere(server: TestServer) -> None:
    ada = invite(server)
    made = make_team(server, "night", ada, description="On call", roleAttributes={"env": ["test"]})

    assert server.get(NIGHT).json == made
    assert server.get(MANY).json["items"] == [made]
    assert made == {
        "_links": {
            "self": {"href": NIGHT, "type": "application/json"},
            "parent": {"href": MANY, "type": "application/json"},
            "roles": {"href": f"{NIGHT}/roles", "type": "application/json"},
        },
        "key": "night",
        "name": "Night",
        "description": "On call",
        "roleAttributes": {"env": ["test"]},
        "_version": 1,
        "_creationDate": START,
        "_lastModified": START,
        "_idpSynced": False,
    }
    assert teams_of(server, ada) == ["night"]


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ({"key": "night", "name": "Other"}, 409, "'night'"),
        ({"key": "a b", "name": "A"}, 400, "team key"),
        ({"key": "a", "name": ""}, 400, "$.name"),
        ({"key": "a"}, 400, "name"),
        (
            {"key": "a", "name": "A", "memberIDs": ["nobody"]},
            400,
            "unknown member 'nobody' - at `$.memberIDs`",
        ),
        ({"key": "a", "name": "A", "customRoleKeys": ["none"]}, 400, "'none' - at `$.customRoleKeys`"),
        ({"key": "a", "name": "A", "memberIds": []}, 400, "memberIds"),
        ({"key": "a", "name": "A", "permissionGrants": [{"memberIDs": []}]}, 400, "`$.permissionGrants[0]`"),
        (
            {
                "key": "a",
                "name": "A",
                "permissionGrants": [{**MAINTAIN, "actions": ["deleteTeam"], "memberIDs": []}],
            },
            400,
            "either",
        ),
        ({"key": "a", "name": "A", "permissionGrants": [{"actionSet": "rule"}]}, 400, "actionSet"),
        (
            {"key": "a", "name": "A", "permissionGrants": [{"actions": ["updateOn"], "memberIDs": []}]},
            400,
            "no action 'updateOn'",
        ),
    ],
)
def test_what_is_no_new_team_is_refused(
    server: TestServer, body: dict[str, Any], status: int, reason: str
) -> None:
    make_team(server)

    answer = server.post(MANY, body)

    assert (answer.status, answer.code) == (status, {400: "invalid_request", 409: "conflict"}[status])
    assert reason in answer.message
    assert keys(server) == ["night"]


def test_lists_are_filtered_and_paged(server: TestServer) -> None:
    ada = invite(server)
    make_team(server, "night", ada)
    make_team(server, "day")

    assert keys(server, filter="query:NIG") == ["night"]
    assert keys(server, filter="nomembers:true") == ["day"]
    assert keys(server, filter="nomembers:false,query:t") == ["night"]
    page = server.get(MANY, query={"limit": 1, "expand": "members"}).json
    assert (page["totalCount"], len(page["items"])) == (2, 1)
    assert page["_links"]["next"]["href"] == f"{MANY}?expand=members&limit=1&offset=1"
    for wrong in ("name:x", "nomembers:perhaps"):
        answer = server.get(MANY, query={"filter": wrong})
        assert (answer.status, answer.code) == (400, "invalid_request")


def test_since_20240415_pages_have_at_most_100_teams(server: TestServer) -> None:
    links = [server.get(MANY, query={"limit": 500}, version=version) for version in ("20220603", "20240415")]

    assert [answer.json["_links"]["self"]["href"] for answer in links] == [
        f"{MANY}?limit=500",
        f"{MANY}?limit=100",
    ]


def test_a_deleted_team_leaves_its_members(server: TestServer) -> None:
    ada = invite(server)
    make_team(server, "night", ada)

    assert server.delete(NIGHT).status == 204

    assert server.get(NIGHT).status == server.delete(NIGHT).status == 404
    assert teams_of(server, ada) == []


@pytest.mark.parametrize("token", [READER, WRITER])
def test_only_those_who_administer_teams_change_them(server: TestServer, token: str) -> None:
    make_team(server)
    rename = {"kind": "updateName", "value": "Day"}

    answers = [
        server.post(MANY, {"key": "day", "name": "Day"}, as_=token),
        server.instruct(NIGHT, rename, as_=token),
        server.delete(NIGHT, as_=token),
    ]

    assert [(answer.status, answer.code) for answer in answers] == [(403, "forbidden")] * 3


def test_a_team_that_may_not_be_seen_does_not_exist(server: TestServer) -> None:
    make_team(server)
    make_team(server, "day")
    token = server.add_token(
        Statement("allow", resources=("team/*",), actions=("*",)),
        Statement("deny", resources=("team/night",), actions=("viewTeam",)),
    )

    page = server.get(MANY, as_=token).json
    assert (page["totalCount"], [team["key"] for team in page["items"]]) == (1, ["day"])
    for path in (NIGHT, f"{NIGHT}/roles", f"{NIGHT}/maintainers"):
        assert server.get(path, as_=token).status == 404
    assert server.delete(NIGHT, as_=token).status == 404


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [
        ({"kind": "updateName", "value": "Late"}, {"name": "Late"}),
        ({"kind": "updateDescription", "value": "New"}, {"description": "New"}),
        (
            {"kind": "addRoleAttribute", "key": "env", "values": ["test"]},
            {"roleAttributes": {"env": ["test"]}},
        ),
    ],
)
def test_a_team_is_changed_by_instructions(
    server: TestServer, instruction: dict[str, Any], shown: dict[str, Any]
) -> None:
    made = make_team(server)
    server.clock.advance(seconds=5)

    answer = server.instruct(NIGHT, instruction)

    assert (answer.status, answer.json) == (
        200,
        made | shown | {"_version": 2, "_lastModified": START + 5_000},
    )
    assert server.instruct(NIGHT, {"kind": "updateName", "value": answer.json["name"]}).json == answer.json


def test_members_come_and_go(server: TestServer) -> None:
    ada, bob = invite(server), invite(server, "bob@example.com")
    ids = [ada["_id"], bob["_id"]]
    make_team(server)

    server.instruct(NIGHT, {"kind": "addMembers", "values": [ids[0], ids[0]]})
    assert (members_in(server), teams_of(server, ada)) == (1, ["night"])
    server.instruct(NIGHT, {"kind": "replaceMembers", "values": [ids[1]]})
    assert (teams_of(server, ada), teams_of(server, bob)) == ([], ["night"])
    server.instruct(NIGHT, {"kind": "removeMembers", "values": [*ids, "nobody"]})
    assert members_in(server) == 0


def test_one_bad_instruction_stops_all(server: TestServer) -> None:
    made = make_team(server)

    answer = server.instruct(
        NIGHT, {"kind": "updateName", "value": "Late"}, {"kind": "addMembers", "values": ["nobody"]}
    )

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert "$.instructions[1]" in answer.message
    assert server.get(NIGHT).json == made
    assert server.patch(NIGHT, [{"op": "replace", "path": "/name", "value": "x"}]).status == 400
    assert server.patch(NIGHT, {"instructions": []}, semantic=True).status == 400


def test_each_part_of_a_change_takes_its_own_action(server: TestServer) -> None:
    make_team(server)
    namer = server.add_token(Statement("allow", resources=("team/*",), actions=("updateTeamName",)))
    rename, describe = (
        {"kind": "updateName", "value": "Late"},
        {"kind": "updateDescription", "value": "New"},
    )

    assert server.instruct(NIGHT, rename, as_=namer).status == 200
    assert server.instruct(NIGHT, describe, as_=namer).status == 403
    assert server.get(NIGHT).json["description"] == ""


def test_a_maintainer_manages_members_and_maintainers_of_the_one_team_and_nothing_more(
    server: TestServer,
) -> None:
    ada, bob = invite(server), invite(server, "bob@example.com")
    make_team(server, permissionGrants=[{**MAINTAIN, "memberIDs": [ada["_id"]]}])
    make_team(server, "day")
    secret = token_of(server, ada)

    def ask(path: str, kind: str, **parameters: Any) -> int:
        return server.instruct(path, {"kind": kind, **parameters}, as_=secret).status

    ids = [bob["_id"]]
    assert ask(NIGHT, "addMembers", values=ids) == 200
    assert ask(NIGHT, "addPermissionGrants", **MAINTAIN, memberIDs=ids) == 200
    assert ask(NIGHT, "addPermissionGrants", actions=["updateTeamCustomRoles"], memberIDs=ids) == 403
    assert ask(NIGHT, "updateName", value="Mine") == 403
    assert ask(f"{MANY}/day", "addMembers", values=ids) == 403
    shown = server.get(f"/api/v2/members/{ada['_id']}").json
    assert shown["permissionGrants"] == [{"actionSet": "maintainTeam", "resource": "team/night"}]
    assert ask(NIGHT, "removePermissionGrants", **MAINTAIN, memberIDs=[ada["_id"]]) == 200
    assert ask(NIGHT, "addMembers", values=[ada["_id"]]) == 403


def test_roles_of_a_team_are_obeyed_at_once(server: TestServer) -> None:
    make_role(server, policy=[{"effect": "allow", "actions": ["*"], "resources": ["proj/default"]}])
    ada = invite(server)
    make_team(server, "night", ada)
    secret, rename = token_of(server, ada), [{"op": "replace", "path": "/name", "value": "Mine"}]
    assert server.patch("/api/v2/projects/default", rename, as_=secret).status == 403

    server.instruct(NIGHT, {"kind": "addCustomRoles", "values": ["ops"]})
    assert server.patch("/api/v2/projects/default", rename, as_=secret).status == 200

    server.instruct(NIGHT, {"kind": "removeCustomRoles", "values": ["ops"]})
    rename[0]["value"] = "Again"
    assert server.patch("/api/v2/projects/default", rename, as_=secret).status == 403


def test_a_team_maintains_a_flag(server: TestServer) -> None:
    make_team(server)
    flag = {"key": "checkout", "name": "Checkout"}
    server.post("/api/v2/flags/default", flag)
    path = "/api/v2/flags/default/checkout"

    answer = server.instruct(path, {"kind": "updateMaintainerTeam", "value": "night"})

    assert (answer.status, answer.json["maintainerTeamKey"]) == (200, "night")
    assert answer.json["_maintainerTeam"]["name"] == "Night"
    assert server.instruct(path, {"kind": "updateMaintainerTeam", "value": "day"}).status == 400
    server.delete(NIGHT)
    shown = server.get(path).json
    assert (shown["maintainerTeamKey"], "_maintainerTeam" in shown) == ("night", False)


def test_the_audit_log_tells_of_a_team(server: TestServer) -> None:
    ada = invite(server)
    make_team(server)
    server.instruct(NIGHT, {"kind": "addMembers", "values": [ada["_id"]]})
    server.delete(NIGHT)

    items = server.get("/api/v2/auditlog", query={"spec": "team/night"}).json["items"]

    assert [entry["titleVerb"] for entry in items] == [
        f"{did} the team" for did in ("deleted", "updated", "created")
    ]
    assert (items[1]["description"], items[1]["accesses"][0]["action"]) == (
        "- Added 1 member",
        "updateTeamMembers",
    )
