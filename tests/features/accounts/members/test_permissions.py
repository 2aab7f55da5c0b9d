"""What it takes to change a member; the actions on members themselves are in test_operations."""

from tests.features.accounts.members.calls import invite, one, token_of
from tests.features.accounts.roles.calls import make_role
from tests.support.server import TestServer

GIVE = {"effect": "allow", "actions": ["updateMembers"], "resources": ["role/ops"]}
ADD = [{"op": "add", "path": "/customRoles/-", "value": "ops"}]


def test_who_may_give_a_role_may_not_give_it_to_members_they_do_not_see(server: TestServer) -> None:
    make_role(server)
    make_role(server, "giver", policy=[GIVE], basePermissions="no_access")
    make_role(server, "seeing-giver", policy=[GIVE])
    blind = token_of(server, invite(server, "b@example.com", customRoles=["giver"]))
    seeing = token_of(server, invite(server, "s@example.com", customRoles=["seeing-giver"]))
    ada = invite(server)

    assert server.patch(one(ada), ADD, as_=blind).status == 404
    assert server.patch(one(ada), ADD, as_=seeing).status == 200
