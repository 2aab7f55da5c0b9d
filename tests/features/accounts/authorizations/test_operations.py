"""The OAuth 2.0 authorization server over HTTP: consent, tokens, refresh, revocation, and misuse of each."""

import pytest

from tests.features.accounts.authorizations.calls import (
    AUTHORIZE,
    LIST,
    TOKEN,
    VERIFIER,
    arrive,
    asking,
    authorize,
    consent,
    own,
    refresh,
    send,
)
from tests.features.accounts.oauth_clients.calls import MANY as CLIENTS
from tests.features.accounts.oauth_clients.calls import REDIRECT, make_client
from tests.features.accounts.sessions.calls import signed_in
from tests.support.client import SESSION
from tests.support.server import OWNER_EMAIL, TestServer

FLAGS = "/api/v2/flags/default"
TOKENS = "/api/v2/tokens"
PROJECTS = "/api/v2/projects"
A_FLAG = {"key": "checkout", "name": "Checkout"}


def works(server: TestServer, token: str) -> bool:
    return server.get(PROJECTS, as_=token).status == 200


def test_a_program_acts_for_the_member_who_has_let_it(server: TestServer) -> None:
    _, issued = authorize(server)

    made = server.post(FLAGS, A_FLAG, as_=f"Bearer {issued['access_token']}")

    assert made.status == 201
    assert (issued["token_type"], issued["expires_in"], issued["scope"]) == ("Bearer", 3600, "writer")


def test_the_audit_log_names_the_program_and_the_member(server: TestServer) -> None:
    client, issued = authorize(server)
    server.post(FLAGS, A_FLAG, as_=issued["access_token"])

    made, authorized = server.get("/api/v2/auditlog", query={"limit": 2}).json["items"]

    assert (made["member"]["email"], made["app"]["name"]) == (OWNER_EMAIL, "Bot")
    assert made["app"]["_id"] == client["_clientId"]
    assert "token" not in made
    assert authorized["titleVerb"] == "authorized the OAuth client"
    assert authorized["description"] == "Scopes: writer"
    assert "app" not in authorized
    server.delete(f"{CLIENTS}/{client['_clientId']}")
    again = server.get(f"/api/v2/auditlog/{made['_id']}").json
    assert (again["member"]["email"], "app" in again) == (OWNER_EMAIL, False)


@pytest.mark.parametrize(
    ("scope", "granted", "allowed"),
    [
        ("", "reader", [200, 403, 403]),
        ("reader", "reader", [200, 403, 403]),
        ("writer", "writer", [200, 201, 403]),
        ("admin", "admin", [200, 201, 201]),
        ("writer reader writer", "reader writer", [200, 201, 403]),
    ],
)
def test_a_scope_bounds_what_a_program_may_do(
    server: TestServer, scope: str, granted: str, allowed: list[int]
) -> None:
    _, issued = authorize(server, scope=scope)
    as_ = issued["access_token"]

    statuses = [
        server.get(f"{PROJECTS}/default", as_=as_).status,
        server.post(FLAGS, A_FLAG, as_=as_).status,
        server.post(TOKENS, {"name": "Mine", "role": "reader"}, as_=as_).status,
    ]

    assert (issued["scope"], statuses) == (granted, allowed)


def test_a_program_never_may_more_than_its_member_may_now(server: TestServer) -> None:
    _, issued = authorize(server, scope="admin")
    body = "json_set(body, '$.role', 'reader')"
    server.write(lambda tx: tx.run(f"UPDATE members SET body = {body}, role = 'reader'"))

    assert works(server, issued["access_token"])
    assert server.post(FLAGS, A_FLAG, as_=issued["access_token"]).status == 403


def test_programs_for_launchdarkly_find_what_they_know(server: TestServer) -> None:
    client = make_client(server)
    sent = arrive(server, asking(client), path=f"/trust{AUTHORIZE}", as_=SESSION)
    code = consent(server, client)["code"]
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT}

    issued = send(server, f"/trust{TOKEN}", own(client) | fields | {"code_verifier": VERIFIER})

    assert sent.headers["location"].startswith("/oauth/consent?response_type=code&")
    assert works(server, issued.json["access_token"])


def test_no_program_opens_what_is_for_sessions(server: TestServer) -> None:
    client, issued = authorize(server, scope="admin")

    answers = [
        server.get("/auth/session", as_=issued["access_token"]),
        server.post(AUTHORIZE, asking(client) | {"decision": "allow"}, as_=issued["access_token"]),
    ]

    assert [answer.status for answer in answers] == [403, 403]


def test_a_deleted_client_is_refused_at_once(server: TestServer) -> None:
    client, issued = authorize(server)

    server.delete(f"{CLIENTS}/{client['_clientId']}")

    assert not works(server, issued["access_token"])
    assert refresh(server, client, issued["refresh_token"]).json["error"] == "invalid_client"
    assert server.count("oauth_grants") == server.count("oauth_tokens") == 0


def test_a_program_ends_with_its_member(server: TestServer) -> None:
    client, issued = authorize(server)
    server.write(lambda tx: tx.run("DELETE FROM members"))

    assert server.get(PROJECTS, as_=issued["access_token"]).status == 401
    assert refresh(server, client, issued["refresh_token"]).json["error"] == "invalid_grant"


def test_a_member_sees_and_ends_what_programs_may_do(server: TestServer) -> None:
    client, issued = authorize(server)
    (item,) = server.get(LIST, as_=SESSION).json["items"]

    assert (item["clientName"], item["scopes"], item["member"]["email"]) == ("Bot", ["writer"], OWNER_EMAIL)
    assert server.delete(f"{LIST}/{item['_id']}", as_=SESSION).status == 204
    assert not works(server, issued["access_token"])
    assert refresh(server, client, issued["refresh_token"]).json["error"] == "invalid_grant"
    assert server.get(LIST, as_=SESSION).json["items"] == []
    (entry,) = server.get("/api/v2/auditlog", query={"limit": 1}).json["items"]
    assert entry["titleVerb"] == "revoked the authorization of the OAuth client"


def test_those_of_others_are_for_administrators(server: TestServer) -> None:
    _, issued = authorize(server)
    robot = server.post(TOKENS, {"name": "R", "role": "admin", "serviceToken": True}).json["token"]
    reader = server.post(TOKENS, {"name": "R", "role": "reader", "serviceToken": True}).json["token"]

    assert server.get(LIST, as_=robot).json["items"] == []
    assert server.get(LIST, query={"showAll": "true"}, as_=reader).json["items"] == []
    (item,) = server.get(LIST, query={"showAll": "true"}, as_=robot).json["items"]
    assert server.delete(f"{LIST}/{item['_id']}", as_=reader).status == 403
    assert server.delete(f"{LIST}/{item['_id']}", as_=robot).status == 204
    assert server.delete(f"{LIST}/{item['_id']}", as_=robot).status == 404
    assert not works(server, issued["access_token"])


def test_what_nobody_uses_any_more_is_not_listed_and_at_last_forgotten(server: TestServer) -> None:
    client, _ = authorize(server)
    consent(server, client)
    assert len(server.get(LIST).json["items"]) == 1

    server.clock.advance(seconds=30 * 24 * 3_600)
    assert server.get(LIST).json["items"] == []
    consent(server, client, as_=signed_in(server))
    assert (server.count("oauth_grants"), server.count("oauth_tokens")) == (1, 0)
