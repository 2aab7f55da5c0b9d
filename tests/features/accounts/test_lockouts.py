"""Locking oneself out, over HTTP: refused to whoever has signed in, whatever way the right was come by."""

import pytest

from flagstaff.features.accounts.sessions.model import LIFETIME, Session
from flagstaff.features.accounts.sessions.store import add_session
from flagstaff.storage.transaction import Transaction
from tests.features.accounts.members.calls import invite
from tests.features.accounts.roles.calls import TOGGLE, make_role
from tests.features.accounts.teams.calls import NIGHT, make_team
from tests.support.server import TestServer

KEEPER = {"effect": "allow", "actions": ["*"], "resources": ["role/*"]}


def enter(server: TestServer, member_id: str) -> str:
    """A session of that member."""

    def add(tx: Transaction) -> None:
        times = {"created": tx.now, "expires": tx.now + LIFETIME}
        session = Session(id="keeper", member_id=member_id, address="", user_agent="", **times)
        add_session(tx, session, "session-keeper")

    server.write(add)
    return "session-keeper"


@pytest.fixture
def keeper(server: TestServer) -> str:
    """The session of a member whose role lets them change roles."""
    role = make_role(server, "keeper", KEEPER)
    invited = {"email": "keeper@example.com", "customRoles": ["keeper"]}
    member_id = server.post("/api/v2/members", [invited]).json["items"][0]["_id"]
    assert role["key"] == "keeper"

    return enter(server, member_id)


def test_who_has_signed_in_does_not_lock_themself_out(server: TestServer, keeper: str) -> None:
    one = "/api/v2/roles/keeper"
    for policy in ([], [KEEPER | {"actions": ["updateName"]}]):
        answer = server.patch(one, [{"op": "replace", "path": "/policy", "value": policy}], as_=keeper)
        assert (answer.status, answer.code) == (403, "forbidden")
        assert "lock you out" in answer.message
    assert server.delete(one, as_=keeper).status == 403
    assert server.get(one).json["policy"] == [KEEPER]

    harmless = [{"op": "add", "path": "/policy/-", "value": TOGGLE}]
    assert server.patch(one, harmless, as_=keeper).status == 200


def test_others_take_away_what_somebody_may(server: TestServer, keeper: str) -> None:
    emptied = [{"op": "replace", "path": "/policy", "value": []}]

    assert server.patch("/api/v2/roles/keeper", emptied).status == 200
    renamed = [{"op": "replace", "path": "/name", "value": "Mine"}]
    assert server.patch("/api/v2/roles/keeper", renamed, as_=keeper).status == 403


LEADER = {"effect": "allow", "actions": ["*"], "resources": ["team/*"]}


@pytest.mark.parametrize(
    "instruction",
    [
        {"kind": "removeMembers", "values": ["ADA"]},
        {"kind": "replaceMembers", "values": []},
        {"kind": "removeCustomRoles", "values": ["leader"]},
        {"kind": "replaceRoleAttributes", "value": {"of": ["day"]}},
    ],
)
def test_who_changes_teams_by_a_team_stays_in_it(server: TestServer, instruction: dict[str, object]) -> None:
    make_role(server, "leader", LEADER | {"resources": ["team/${roleAttribute/of}"]})
    ada = invite(server)
    make_team(server, "night", ada, customRoleKeys=["leader"], roleAttributes={"of": ["night"]})
    session = enter(server, ada["_id"])
    values = instruction.get("values")
    meant = instruction | ({"values": [ada["_id"]]} if values == ["ADA"] else {})
    before = server.get(NIGHT, query={"expand": "members,roles"}).json

    answer = server.instruct(NIGHT, meant, as_=session)

    assert (answer.status, answer.code) == (403, "forbidden")
    assert "lock you out" in answer.message
    assert server.delete(NIGHT, as_=session).status == 403
    assert server.get(NIGHT, query={"expand": "members,roles"}).json == before
    assert server.instruct(NIGHT, {"kind": "updateName", "value": "Late"}, as_=session).status == 200
    assert server.instruct(NIGHT, meant).status == 200
