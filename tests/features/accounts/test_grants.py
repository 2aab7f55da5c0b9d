"""What a member may do by all that is given to them together."""

from typing import Any

from flagstaff.access.decision import Decision, decide
from flagstaff.access.specifiers import Resource, project_resource
from flagstaff.features.accounts.grants import caller_of_member
from flagstaff.features.accounts.members.store import get_member
from flagstaff.features.accounts.roles.store import find_role
from flagstaff.features.accounts.store import get_owner
from flagstaff.features.accounts.teams.model import Grant, Team, TeamRole
from flagstaff.features.accounts.teams.store import save_team
from flagstaff.storage.audit import Actor, Entry
from tests.features.accounts.members.calls import invite, token_of
from tests.features.accounts.roles.calls import make_role
from tests.support.server import TestServer

PROJECT = project_resource("default")
WHERE = {"effect": "allow", "actions": ["updateOn"], "resources": ["proj/*:env/${roleAttribute/env}:flag/*"]}


def flag_in(environment: str) -> Resource:
    return PROJECT.environment(environment, critical=False).child("flag", "checkout")


def add_team(server: TestServer, key: str, *roles: str, **members: Any) -> Team:
    """A team that has these custom roles."""
    entry = Entry("team", key, "created the team", "", (("createTeam", f"team/{key}"),), Actor())

    def unit(tx: Any) -> Team:
        held = tuple(TeamRole(role.id, tx.now) for role in (find_role(tx, name) for name in roles) if role)
        made = {"id": tx.ids.object_id(), "key": key, "name": key, "created": tx.now, "modified": tx.now}
        team = Team(roles=held, **(made | members))
        save_team(tx, None, team, entry)
        return team

    return server.write(unit)


def may(server: TestServer, member: Any, action: str, *resources: Resource) -> list[bool]:
    caller = server.read(lambda tx: caller_of_member(tx, get_member(tx, member["_id"])))
    return [decide(caller, action, resource) is Decision.ALLOWED for resource in resources]


def test_roles_of_a_team_count_for_its_members_beside_their_own(server: TestServer) -> None:
    make_role(server)  # toggles in test
    make_role(server, "on-call", policy=[WHERE | {"resources": ["proj/*:env/production:flag/*"]}])
    ada, bob = invite(server, customRoles=["ops"]), invite(server, "bob@example.com", role="writer")
    places = flag_in("test"), flag_in("production")
    assert may(server, ada, "updateOn", *places) == [True, False]

    add_team(server, "night", "on-call", member_ids=(ada["_id"],))

    assert may(server, ada, "updateOn", *places) == [True, True]
    assert may(server, bob, "updateTags", PROJECT) == [True]


def test_a_role_of_a_team_replaces_the_built_in_one_but_the_owners(server: TestServer) -> None:
    make_role(server)
    ada, owner = invite(server, role="writer"), server.read(get_owner)

    add_team(server, "night", "ops", member_ids=(ada["_id"], owner.id))

    assert may(server, ada, "updateTags", PROJECT) == [False]
    assert may(server, {"_id": owner.id}, "updateTags", PROJECT) == [True]


def test_values_of_role_attributes_hold_where_they_were_given(server: TestServer) -> None:
    make_role(server, "there", policy=[WHERE])
    make_role(server, "here", policy=[WHERE | {"actions": ["updateTargets"]}])
    ada = invite(server, customRoles=["here"], roleAttributes={"env": ["test"]})
    add_team(server, "night", "there", member_ids=(ada["_id"],), role_attributes={"env": ("production",)})
    add_team(server, "day", "there", member_ids=(ada["_id"],))
    places = flag_in("test"), flag_in("production")

    assert may(server, ada, "updateTargets", *places) == [True, False]
    assert may(server, ada, "updateOn", *places) == [False, True]


def test_a_permission_grant_adds_to_the_built_in_role(server: TestServer) -> None:
    ada = invite(server, role="reader")
    grants = (Grant(action_set="maintainTeam", member_ids=(ada["_id"],)),)
    night, day = add_team(server, "night", grants=grants), add_team(server, "day")

    assert may(server, ada, "updateTeamMembers", night.resource, day.resource) == [True, False]
    assert may(server, ada, "updateTeamName", night.resource) == [False]
    assert may(server, ada, "viewProject", PROJECT) == [True]


def test_a_change_of_a_team_counts_for_open_tokens_at_once(server: TestServer) -> None:
    make_role(server)
    ada = invite(server, role="writer")
    secret, rename = token_of(server, ada), [{"op": "replace", "path": "/name", "value": "Renamed"}]
    assert server.patch("/api/v2/projects/default", rename, as_=secret).status == 200

    add_team(server, "night", "ops", member_ids=(ada["_id"],))

    rename[0]["value"] = "Again"
    assert server.patch("/api/v2/projects/default", rename, as_=secret).status == 403
