"""Teams in the database."""

import pytest

from flagstaff.features.accounts.teams import store
from flagstaff.features.accounts.teams.model import Grant
from flagstaff.kernel.errors import Conflict, NotFound
from flagstaff.storage.audit import Actor, Entry
from tests.features.accounts.members.calls import invite, one
from tests.features.accounts.roles.calls import make_role
from tests.features.accounts.test_grants import add_team
from tests.support.server import TestServer


def test_a_team_is_found_by_its_key_and_by_whom_it_concerns(server: TestServer) -> None:
    grants = (Grant(action_set="maintainTeam", member_ids=("c",)),)
    night = add_team(server, "night", member_ids=("a", "b"), grants=grants)
    add_team(server, "day", member_ids=("a",))

    assert server.read(lambda tx: store.get_team(tx, "night")) == night
    found = server.read(lambda tx: [store.list_teams_of(tx, who) for who in "abcd"])
    assert [[team.key for team in teams] for teams in found] == [["day", "night"], ["night"], ["night"], []]


def test_a_key_belongs_to_one_team_and_an_unknown_one_to_none(server: TestServer) -> None:
    add_team(server, "night")

    with pytest.raises(Conflict, match="'night'"):
        add_team(server, "night")
    with pytest.raises(NotFound, match="'day'"):
        server.read(lambda tx: store.get_team(tx, "day"))


def test_a_deleted_team_concerns_nobody(server: TestServer) -> None:
    night = add_team(server, "night", member_ids=("a",))
    entry = Entry("team", "night", "deleted the team", "", (), Actor())

    server.write(lambda tx: store.delete_team(tx, night, entry))

    assert server.read(lambda tx: (store.list_teams(tx), store.list_teams_of(tx, "a"))) == ([], [])


def test_a_removed_member_and_a_deleted_role_leave_every_team(server: TestServer) -> None:
    make_role(server)
    ada = invite(server)
    grants = (Grant(action_set="maintainTeam", member_ids=(ada["_id"],)),)
    add_team(server, "night", "ops", member_ids=(ada["_id"], "b"), grants=grants)

    server.delete(one(ada))
    server.delete("/api/v2/roles/ops")

    night = server.read(lambda tx: store.get_team(tx, "night"))
    assert (night.member_ids, night.grants, night.roles, night.version) == (("b",), (), (), 3)
    assert server.count("team_members") == 1
