"""OAuth 2.0 clients over HTTP: registered, listed, changed, deleted, and refused."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from tests.features.accounts.oauth_clients.calls import MANY, REDIRECT, make_client
from tests.support.client import READER, WRITER
from tests.support.server import TestServer

A_BODY = {"name": "Bot", "redirectUri": REDIRECT}


def test_only_the_answer_that_makes_a_client_shows_its_secret(server: TestServer) -> None:
    made = make_client(server, description="Toggles")
    secret = made.pop("_clientSecret")

    assert server.get(f"{MANY}/{made['_clientId']}").json == made
    assert server.get(MANY).json["items"] == [made]
    stored = server.rows("SELECT body, digest FROM oauth_clients")
    assert len(secret) > 32
    assert secret not in str(stored)


def test_a_public_client_gets_no_secret(server: TestServer) -> None:
    made = make_client(server, public=True, redirectUri="http://127.0.0.1:7000/back")

    assert made["_public"] is True
    assert "_clientSecret" not in made


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({}, "name"),
        ({"name": "Bot"}, "redirectUri"),
        (A_BODY | {"name": ""}, "$.name"),
        (A_BODY | {"name": "x" * 257}, "$.name"),
        (A_BODY | {"redirectUri": "http://bot.example.com"}, "$.redirectUri"),
        (A_BODY | {"redirectUri": "https://bot.example.com/" + "x" * 2_048}, "$.redirectUri"),
        (A_BODY | {"public": "yes"}, "$.public"),
        (A_BODY | {"_clientSecret": "mine"}, "_clientSecret"),
    ],
)
def test_what_is_no_client_is_refused(server: TestServer, body: dict[str, Any], reason: str) -> None:
    answer = server.post(MANY, body)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert reason in answer.message
    assert server.count("oauth_clients") == 0


@pytest.mark.parametrize(
    ("patch", "shown"),
    [
        ([{"op": "replace", "path": "/name", "value": "Robot"}], {"name": "Robot"}),
        ([{"op": "add", "path": "/description", "value": "New"}], {"description": "New"}),
        (
            [{"op": "replace", "path": "/redirectUri", "value": "https://other.example.com"}],
            {"redirectUri": "https://other.example.com"},
        ),
        ([], {}),
    ],
)
def test_name_description_and_redirect_uri_can_be_changed(server: TestServer, patch: Any, shown: Any) -> None:
    made = make_client(server)
    made.pop("_clientSecret")
    path = f"{MANY}/{made['_clientId']}"

    changed = server.patch(path, patch)

    assert (changed.status, changed.json) == (200, made | shown)
    assert server.get(path).json == made | shown


def test_a_description_can_be_removed(server: TestServer) -> None:
    made = make_client(server, description="Toggles")

    changed = server.patch(f"{MANY}/{made['_clientId']}", [{"op": "remove", "path": "/description"}])

    assert (changed.status, "description" in changed.json) == (200, False)


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ({"op": "replace", "path": "/_clientId", "value": "mine"}, "_clientId"),
        ({"op": "add", "path": "/_clientSecret", "value": "mine"}, "_clientSecret"),
        ({"op": "add", "path": "/_public", "value": True}, "_public"),
        ({"op": "remove", "path": "/name"}, "name"),
        ({"op": "replace", "path": "/redirectUri", "value": "http://127.0.0.1/"}, "$.redirectUri"),
    ],
)
def test_nothing_else_can_be_changed(server: TestServer, step: Any, reason: str) -> None:
    made = make_client(server)

    answer = server.patch(f"{MANY}/{made['_clientId']}", [step])

    assert answer.status == 400
    assert reason in answer.message


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
@pytest.mark.parametrize("token", [READER, WRITER])
def test_they_are_for_those_who_administer_the_account(server: TestServer, method: str, token: str) -> None:
    made = make_client(server)
    one = f"{MANY}/{made['_clientId']}"
    body = {"POST": A_BODY, "PATCH": [{"op": "replace", "path": "/name", "value": "X"}]}.get(method)

    answer = server.request(method, MANY if method == "POST" else one, json=body, as_=token)

    assert (answer.status, answer.code) == (403, "forbidden")


def test_a_role_may_be_given_the_account_to_administer(server: TestServer) -> None:
    keeper = server.add_token(Statement("allow", resources=("acct",), actions=("*",)))
    viewer = server.add_token(Statement("allow", resources=("acct",), actions=("viewOAuthClients",)))

    assert server.post(MANY, A_BODY, as_=keeper).status == 201
    assert server.get(MANY, as_=viewer).status == 200
    assert server.post(MANY, A_BODY, as_=viewer).status == 403


def test_a_deleted_client_is_gone(server: TestServer) -> None:
    one = f"{MANY}/{make_client(server)['_clientId']}"

    assert server.delete(one).status == 204
    assert server.get(one).status == server.delete(one).status == 404


def test_the_audit_log_tells_what_became_of_a_client(server: TestServer) -> None:
    one = f"{MANY}/{make_client(server)['_clientId']}"
    server.patch(one, [{"op": "replace", "path": "/name", "value": "Robot"}])
    server.delete(one)

    items = server.get("/api/v2/auditlog", query={"spec": "acct"}).json["items"]

    assert [entry["titleVerb"] for entry in items[:3]] == [
        "deleted the OAuth client",
        "updated the OAuth client",
        "created the OAuth client",
    ]
    assert [entry["accesses"][0]["action"] for entry in items[:3]] == [
        "deleteOAuthClient",
        "updateOAuthClient",
        "createOAuthClient",
    ]
