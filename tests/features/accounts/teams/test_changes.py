"""What it takes to change a team, where the tests of operations do not show it."""

from tests.features.accounts.members.calls import invite, token_of
from tests.features.accounts.roles.calls import make_role
from tests.features.accounts.teams.calls import MANY, NIGHT, make_team
from tests.support.server import TestServer

GRANT = {"effect": "allow", "actions": ["updateTeamPermissionGrants", "createTeam"], "resources": ["team/*"]}


def test_nobody_gives_others_what_they_may_not_do_themselves(server: TestServer) -> None:
    make_role(server, "granter", GRANT)
    ada = invite(server, customRoles=["granter"])
    make_team(server)
    secret, own = token_of(server, ada), {"memberIDs": [ada["_id"]]}
    rename = {"kind": "addPermissionGrants", "actions": ["updateTeamName"], **own}
    pass_on = {"kind": "addPermissionGrants", "actions": ["updateTeamPermissionGrants"], **own}
    new_team = {"key": "day", "name": "Day", "permissionGrants": [{"actions": ["deleteTeam"], **own}]}

    assert server.instruct(NIGHT, rename, as_=secret).status == 403
    assert server.instruct(NIGHT, pass_on, as_=secret).status == 200
    assert server.post(MANY, new_team, as_=secret).status == 403
    assert server.get(f"{MANY}/day").status == 404


def test_a_refused_change_is_in_the_audit_log(server: TestServer) -> None:
    make_role(server, "granter", GRANT)
    ada = invite(server, customRoles=["granter"])
    make_team(server)

    server.instruct(NIGHT, {"kind": "updateName", "value": "Mine"}, as_=token_of(server, ada))

    newest = server.get("/api/v2/auditlog", query={"spec": "team/night"}).json["items"][0]
    assert newest["accesses"] == [{"action": "updateTeamName", "resource": "team/night", "access": "deny"}]
