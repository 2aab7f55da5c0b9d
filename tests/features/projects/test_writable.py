"""Projects that roles let change; as teams show them it is in accounts/teams/test_expansions."""

from tests.features.accounts.members.calls import invite, token_of
from tests.features.accounts.roles.calls import make_role
from tests.features.accounts.teams.calls import NIGHT, make_team
from tests.support.server import TestServer

SEES = {"effect": "allow", "actions": ["viewProject"], "resources": ["proj/spare"]}
VIEWS = {"effect": "allow", "actions": ["viewTeam"], "resources": ["team/*"]}
ROLES = {"effect": "allow", "actions": ["updateName"], "resources": ["role/*"]}


def test_projects_that_the_caller_may_not_see_are_left_out(server: TestServer) -> None:
    server.post("/api/v2/projects", {"key": "spare", "name": "Spare"})
    make_role(server)
    make_role(server, "sees", SEES, VIEWS, ROLES, basePermissions="no_access")
    make_team(server, customRoleKeys=["ops"])
    blind = token_of(server, invite(server, customRoles=["sees"]))

    found = [
        server.get(NIGHT, query={"expand": "projects"}, **how).json["projects"]["items"]
        for how in ({}, {"as_": blind})
    ]

    assert [[project["key"] for project in projects] for projects in found] == [
        ["default", "spare"],
        ["spare"],
    ]
    assert found[1][0]["_links"]["self"]["href"] == "/api/v2/projects/spare"
