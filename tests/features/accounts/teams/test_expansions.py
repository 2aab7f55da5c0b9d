"""What is shown beside a team."""

from typing import Any

import pytest

from tests.features.accounts.members.calls import invite
from tests.features.accounts.roles.calls import make_role
from tests.features.accounts.teams.calls import MANY, NIGHT, make_team
from tests.support.client import READER
from tests.support.server import START, TestServer

IN_SPARE = {"effect": "allow", "actions": ["updateOn"], "resources": ["proj/spare:env/*:flag/*"]}


@pytest.fixture
def night(server: TestServer) -> Any:
    """A team with two members, of whom one maintains it, and with two roles for different projects."""
    server.post("/api/v2/projects", {"key": "spare", "name": "Spare"})
    make_role(server, "spare", IN_SPARE)
    make_role(server, "everywhere")
    ada, bob = invite(server), invite(server, "bob@example.com")
    grants = [{"actionSet": "maintainTeam", "memberIDs": [bob["_id"]]}]
    roles = ["spare", "everywhere"]
    return make_team(server, "night", ada, bob, permissionGrants=grants, customRoleKeys=roles)


def expanded(server: TestServer, *names: str, **how: Any) -> Any:
    return server.get(NIGHT, query={"expand": ",".join(names)}, **how).json


def test_nothing_is_expanded_unless_it_is_asked_for(server: TestServer, night: Any) -> None:
    parts = {"members", "roles", "projects", "maintainers"}

    assert parts.isdisjoint(night)
    assert parts <= expanded(server, *parts, "nonsense").keys()


def test_members_are_counted(server: TestServer, night: Any) -> None:
    assert expanded(server, "members") == night | {"members": {"totalCount": 2}}


def test_roles_come_with_the_projects_that_they_let_change(server: TestServer, night: Any) -> None:
    roles = expanded(server, "roles")["roles"]

    assert roles["totalCount"] == 2
    assert roles["_links"] == {"self": {"href": f"{NIGHT}/roles?limit=25", "type": "application/json"}}
    shown = {
        role["key"]: [project["key"] for project in role["projects"]["items"]] for role in roles["items"]
    }
    assert shown == {"spare": ["spare"], "everywhere": ["default", "spare"]}
    assert {role["appliedOn"] for role in roles["items"]} == {START}


def test_projects_are_those_of_all_roles_that_the_caller_sees(server: TestServer, night: Any) -> None:
    found = expanded(server, "projects")["projects"]
    assert (found["totalCount"], [project["key"] for project in found["items"]]) == (2, ["default", "spare"])

    server.instruct(NIGHT, {"kind": "removeCustomRoles", "values": ["everywhere"]})
    assert expanded(server, "projects")["projects"]["totalCount"] == 1


def test_maintainers_are_shown_in_brief(server: TestServer, night: Any) -> None:
    (shown,) = expanded(server, "maintainers", as_=READER)["maintainers"]["items"]

    assert shown["email"] == "bob@example.com"


def test_since_20240415_neither_roles_nor_projects_are_expanded(server: TestServer, night: Any) -> None:
    shown = expanded(server, "members", "roles", "projects", version="20240415")

    assert ("members" in shown, "roles" in shown, "projects" in shown) == (True, False, False)


def test_a_change_answers_expanded_too(server: TestServer, night: Any) -> None:
    made = server.post(f"{MANY}?expand=members", {"key": "day", "name": "Day"}).json
    changed = server.instruct(f"{NIGHT}?expand=members", {"kind": "updateName", "value": "Late"}).json

    assert (made["members"]["totalCount"], changed["members"]["totalCount"]) == (0, 2)


@pytest.mark.parametrize(("part", "total"), [("roles", 2), ("maintainers", 1)])
def test_roles_and_maintainers_are_lists_of_their_own(
    server: TestServer, night: Any, part: str, total: int
) -> None:
    page = server.get(f"{NIGHT}/{part}", query={"limit": 1}).json

    assert (page["totalCount"], len(page["items"])) == (total, 1)
    assert ("next" in page["_links"]) is (total > 1)
    assert server.get(f"{NIGHT}/{part}").json["_links"]["self"]["href"] == f"{NIGHT}/{part}?limit=20"
    assert server.get(f"{MANY}/none/{part}").status == 404
    assert server.get(f"{NIGHT}/{part}", query={"limit": 0}).status == 400
