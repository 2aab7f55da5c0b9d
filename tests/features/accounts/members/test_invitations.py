"""Inviting: who becomes a member, and what makes a whole request fail."""

from typing import Any

import pytest

from tests.features.accounts.members.calls import MANY, one
from tests.features.accounts.roles.calls import make_role
from tests.support.client import Answer
from tests.support.server import OWNER_EMAIL, TestServer

READER = {"role": "reader"}


def send(server: TestServer, *people: Any) -> Answer:
    return server.post(MANY, list(people))


def test_several_are_invited_at_once_and_wait_to_accept(server: TestServer) -> None:
    role_id = make_role(server)["_id"]

    answer = send(
        server,
        {"email": " Ada@Example.com ", "role": "writer", "firstName": "Ada", "password": "***"},
        {"email": "bob@example.com", "customRoles": ["ops", role_id]},
        {"email": "cyn@example.com", "role": "owner/admin", "roleAttributes": {"env": ["test"]}},
    )

    ada, bob, cyn = answer.json["items"]
    assert (answer.status, answer.json["totalCount"]) == (201, 3)
    assert [member["_pendingInvite"] for member in (ada, bob, cyn)] == [True] * 3
    assert (ada["email"], ada["role"], ada["firstName"]) == ("ada@example.com", "writer", "Ada")
    assert bob["customRoles"] == [role_id]
    assert (cyn["role"], cyn["roleAttributes"]) == ("admin", {"env": ["test"]})
    assert server.count("passwords") == 1  # that of the owner


@pytest.mark.parametrize(
    ("people", "reason"),
    [
        ([], "length >= 1"),
        ([{"email": f"m{n}@example.com", **READER} for n in range(51)], "length <= 50"),
        ([{"email": "ada@example.com"}], "$[0]"),
        ([{"role": "reader"}], "email"),
        ([{"email": "ada", **READER}], "$[0].email"),
        ([{"email": "a@b@c", **READER}], "$[0].email"),
        ([{"email": "a b@example.com", **READER}], "$[0].email"),
        ([{"email": f"{'a' * 300}@example.com", **READER}], "$[0].email"),
        ([{"email": "ok@example.com", **READER}, {"email": "", **READER}], "$[1].email"),
        ([{"email": "ada@example.com", "role": "owner"}], "$[0].role"),
        ([{"email": "ada@example.com", "role": "king"}], "$[0].role"),
        ([{"email": "ada@example.com", "customRoles": ["none"]}], "$[0].customRoles"),
        ([{"email": "ada@example.com", "teamKeys": ["none"]}], "teamKeys"),
        ([{"email": "ada@example.com", "rolle": "reader"}], "rolle"),
        ([{"email": "ada@example.com", "firstName": "x" * 257, **READER}], "firstName"),
    ],
)
def test_what_is_no_invitation_is_refused_whole(server: TestServer, people: list[Any], reason: str) -> None:
    before = server.count("members")

    answer = send(server, *people)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert reason in answer.message
    assert server.count("members") == before


@pytest.mark.parametrize(
    ("emails", "code", "invalid"),
    [
        (["new@example.com", OWNER_EMAIL.upper()], "email_already_exists_in_account", [OWNER_EMAIL]),
        (["a@example.com", "A@example.com", "b@example.com"], "duplicate_email", ["a@example.com"]),
    ],
)
def test_addresses_in_conflict_are_listed(
    server: TestServer, emails: list[str], code: str, invalid: list[str]
) -> None:
    answer = send(server, *({"email": email, **READER} for email in emails))

    assert (answer.status, answer.code) == (400, code)
    assert answer.json["invalid_emails"] == invalid
    assert server.count("members") == 1


def test_the_link_of_an_invitation_that_is_not_mailed_is_shown_once(server: TestServer) -> None:
    ada, bob = send(server, *({"email": f"{name}@example.com", **READER} for name in "ab")).json["items"]

    links = {member["_links"]["invitation"]["href"] for member in (ada, bob)}
    assert len(links) == 2
    assert all("/invite/" in link for link in links)
    assert "invitation" not in server.get(one(ada)).json["_links"]
    assert server.count("member_links") == 2

    server.delete(one(ada))
    assert server.count("member_links") == 1


def test_each_invited_member_has_an_audit_entry(server: TestServer) -> None:
    before = server.count("audit_log")

    send(server, {"email": "a@example.com", **READER}, {"email": "b@example.com", **READER})

    assert server.count("audit_log") - before == 2
