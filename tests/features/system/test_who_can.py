"""Who may do what, over HTTP."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from flagstaff.features.accounts.roles.store import find_role
from flagstaff.features.accounts.store import SYSTEM
from flagstaff.features.accounts.teams.model import Team, TeamRole
from flagstaff.features.accounts.teams.store import save_team
from flagstaff.storage.audit import Entry
from flagstaff.storage.transaction import Transaction
from tests.features.accounts.members.calls import invite, token_of
from tests.support.client import READER
from tests.support.flag_calls import make
from tests.support.server import TestServer

WHO = "/api/v2/flagstaff/who-can"
FLAG = "proj/default:env/test:flag/checkout"
TOGGLE = {"effect": "allow", "actions": ["updateOn"], "resources": ["proj/*:env/test:flag/*;ops"]}
QUIET = {"effect": "deny", "actions": ["updateOn"], "resources": ["proj/*:env/production:flag/*"]}


def ask(server: TestServer, action: str = "updateOn", resource: str = FLAG, **how: Any) -> Any:
    answer = server.post(WHO, {"action": action, "resource": resource}, **how)
    assert answer.status == 200, answer
    return answer.json


def names(found: Any, kind: str = "members") -> list[str]:
    return sorted(who["name"] for who in found[kind])


def make_role(server: TestServer, key: str = "toggler", *statements: Any) -> None:
    body = {"key": key, "name": key.title(), "policy": list(statements or (TOGGLE, QUIET))}
    assert server.post("/api/v2/roles", body).status == 201


def test_members_are_named_with_the_statement_that_lets_them(server: TestServer) -> None:
    make(server, tags=["ops"])
    make_role(server)
    invite(server, "ada@example.com", customRoles=["toggler"])
    invite(server, "grace@example.com", role="reader")
    invite(server, "edsger@example.com", role="writer")

    found = ask(server)

    assert names(found) == ["ada@example.com", "edsger@example.com", "owner@example.com"]
    reasons = {who["name"]: who["reason"] for who in found["members"]}
    assert reasons["ada@example.com"] == {"role": "Toggler", "statement": TOGGLE}
    assert reasons["edsger@example.com"]["role"] == "Writer"
    assert found["resource"] == f"{FLAG};ops"


def test_tags_are_those_of_today_whatever_is_asked(server: TestServer) -> None:
    make(server)
    make_role(server)
    invite(server, "ada@example.com", customRoles=["toggler"])

    assert names(ask(server)) == names(ask(server, resource=f"{FLAG};ops")) == ["owner@example.com"]
    new = "proj/default:env/test:flag/new"
    assert names(ask(server, resource=f"{new};ops")) == ["ada@example.com", "owner@example.com"]


def test_a_deny_of_the_same_role_shows_in_the_absence(server: TestServer) -> None:
    make(server, tags=["ops"])
    make_role(server, "all", {**TOGGLE, "resources": ["proj/*:env/*:flag/*"]}, QUIET)
    invite(server, "ada@example.com", customRoles=["all"])

    assert "ada@example.com" in names(ask(server))
    assert "ada@example.com" not in names(ask(server, resource="proj/default:env/production:flag/checkout"))


def test_tokens_say_what_their_member_and_what_they_themselves_allow(server: TestServer) -> None:
    make(server)
    writer = invite(server, "edsger@example.com", role="writer")
    token_of(server, writer, role="reader")
    token_of(server, writer, role="admin")
    server.add_token(Statement("allow", resources=(FLAG,), actions=("updateOn",)), service=True)

    tokens = ask(server)["tokens"]

    mine = [who for who in tokens if who.get("member", {}).get("email") == "edsger@example.com"]
    assert [(who["kind"], who["reason"]["role"], who["bound"]["role"]) for who in mine] == [
        ("token", "Writer", "Admin")
    ]
    (robot,) = [who for who in tokens if who["kind"] == "service-token"]
    assert robot["reason"] == {
        "role": "inline policy",
        "statement": {"effect": "allow", "resources": [FLAG], "actions": ["updateOn"]},
    }
    assert "bound" not in robot
    assert "member" not in robot


def test_what_nobody_denies_is_seen_by_the_base_of_a_role(server: TestServer) -> None:
    make_role(server)
    invite(server, "ada@example.com", customRoles=["toggler"])

    found = ask(server, "viewProject", "proj/default")

    (ada,) = [who for who in found["members"] if who["name"] == "ada@example.com"]
    assert ada["reason"] == {"role": "Toggler"}


def test_a_team_may_what_its_roles_let_its_members_do(server: TestServer) -> None:
    make(server, tags=["ops"])
    make_role(server)
    ada = invite(server, "ada@example.com", role="no_access")
    save_team_of(server, "Checkout", [ada["_id"]], "toggler")

    found = ask(server)

    assert names(found, "teams") == ["Checkout"]
    assert found["teams"][0]["reason"] == {"role": "Toggler", "statement": TOGGLE}
    assert found["teams"][0]["resource"] == "team/checkout"
    assert "ada@example.com" in names(found)
    assert names(ask(server, "updateName"), "teams") == []


def save_team_of(server: TestServer, name: str, member_ids: list[str], role: str) -> None:
    def unit(tx: Transaction) -> None:
        held = find_role(tx, role)
        assert held is not None
        team = Team(
            id=tx.ids.object_id(),
            key=name.lower(),
            name=name,
            member_ids=tuple(member_ids),
            roles=(TeamRole(held.id, tx.now),),
            created=tx.now,
            modified=tx.now,
        )
        entry = Entry("team", name, "created the team", "", (("createTeam", team.resource.text),), SYSTEM)
        save_team(tx, None, team, entry)

    server.write(unit)


def test_only_those_are_named_whom_the_caller_may_see(server: TestServer) -> None:
    make(server)
    see = {"effect": "allow", "actions": ["viewProject"], "resources": ["proj/default"]}
    role = {"key": "blind", "name": "Blind", "policy": [see], "basePermissions": "no_access"}
    role_id = server.post("/api/v2/roles", role).json["_id"]
    blind = server.add_token(service=True, custom_roles=(role_id,))

    assert names(ask(server, as_=READER)) == names(ask(server)) == ["owner@example.com"]
    assert (names(ask(server, as_=blind)), names(ask(server, as_=blind), "tokens")) == ([], [])
    seen = ask(server, "viewProject", "proj/default", as_=blind)
    assert [who["kind"] for who in seen["tokens"]] == ["service-token"]


def test_a_project_that_is_hidden_is_not_found(server: TestServer) -> None:
    make(server)
    outsider = server.add_token(Statement("deny", resources=("proj/*",), actions=("viewProject",)))

    hidden = server.post(WHO, {"action": "updateOn", "resource": FLAG}, as_=outsider)

    assert (hidden.status, hidden.code) == (404, "not_found")


@pytest.mark.parametrize(
    ("action", "resource", "message"),
    [
        ("updateOn", "proj/*:env/test:flag/checkout", "it must name one resource"),
        ("updateOn", "nonsense", "invalid resource specifier"),
        ("updateOn", "", "invalid resource specifier"),
        ("fly", FLAG, "has no action 'fly' - at `$.action`"),
        ("updateOn", "proj/default", "has no action 'updateOn'"),
    ],
)
def test_what_is_no_question_is_refused(server: TestServer, action: str, resource: str, message: str) -> None:
    answer = server.post(WHO, {"action": action, "resource": resource})

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert message in answer.message
