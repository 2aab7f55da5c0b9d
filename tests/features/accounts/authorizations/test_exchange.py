"""The token endpoint: how clients authenticate, and what codes and tokens are good for."""

import base64
from urllib.parse import quote

import pytest

from flagstaff.features.accounts.authorizations.exchange import read_basic
from flagstaff.kernel.errors import InvalidClient
from tests.features.accounts.authorizations.calls import (
    AUTHORIZE,
    REVOKE,
    TOKEN,
    VERIFIER,
    asking,
    authorize,
    consent,
    exchange,
    own,
    refresh,
    send,
)
from tests.features.accounts.oauth_clients.calls import REDIRECT, make_client
from tests.support.client import OWNER, SESSION
from tests.support.server import TestServer

FLAGS = "/api/v2/flags/default"
PROJECTS = "/api/v2/projects"
A_FLAG = {"key": "checkout", "name": "Checkout"}
LOCAL = "http://127.0.0.1:7000/back"


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("header", "pair"),
    [
        (f"Basic {encoded('c1:secret')}", ("c1", "secret")),
        (f"basic   {encoded('c1:se:cret')}", ("c1", "se:cret")),
        (f"Basic {encoded('c1:')}", ("c1", "")),
        (f"Basic {encoded('c%3A1:a%20b+c')}", ("c:1", "a b c")),
    ],
)
def test_http_basic_holds_id_and_secret_as_in_a_form(header, pair):
    assert read_basic(header) == pair


@pytest.mark.parametrize(
    "header",
    ["", "Basic", "Basic !!", f"Basic {encoded('c1')}", f"Bearer {encoded('c1:secret')}", "Basic /w=="],
)
def test_anything_else_is_no_client(header):
    with pytest.raises(InvalidClient):
        read_basic(header)


def works(server: TestServer, token: str) -> bool:
    return server.get(PROJECTS, as_=token).status == 200


def test_an_access_token_ends_after_an_hour_and_a_refresh_token_after_thirty_days(server: TestServer) -> None:
    client, issued = authorize(server)
    assert works(server, issued["access_token"])

    server.clock.advance(seconds=3_600)

    assert server.get(PROJECTS, as_=issued["access_token"]).status == 401
    fresh = refresh(server, client, issued["refresh_token"])
    assert works(server, fresh.json["access_token"])
    server.clock.advance(seconds=30 * 24 * 3_600)
    late = refresh(server, client, fresh.json["refresh_token"])
    assert (late.status, late.json["error"]) == (400, "invalid_grant")


def test_a_refresh_token_is_no_access_token_and_a_code_is_neither(server: TestServer) -> None:
    client = make_client(server)
    code = consent(server, client)["code"]
    issued = exchange(server, client, code).json

    assert server.get(PROJECTS, as_=issued["refresh_token"]).status == 401
    assert server.get(PROJECTS, as_=code).status == 401
    assert refresh(server, client, issued["access_token"]).json["error"] == "invalid_grant"


def test_a_refreshed_token_may_be_for_less_and_never_for_more(server: TestServer) -> None:
    client, issued = authorize(server, scope="writer reader")

    less = refresh(server, client, issued["refresh_token"], scope="reader")
    assert less.json["scope"] == "reader"
    assert server.post(FLAGS, A_FLAG, as_=less.json["access_token"]).status == 403
    more = refresh(server, client, less.json["refresh_token"], scope="admin")
    assert (more.status, more.json["error"]) == (400, "invalid_scope")
    all_again = refresh(server, client, less.json["refresh_token"])
    assert all_again.json["scope"] == "reader writer"


@pytest.mark.parametrize("seconds", [0, 59, 61])
def test_a_code_that_comes_again_ends_everything_that_came_of_it(server: TestServer, seconds: int) -> None:
    client = make_client(server)
    code = consent(server, client)["code"]
    issued = exchange(server, client, code).json
    server.clock.advance(seconds=seconds)

    again = exchange(server, client, code)

    assert (again.status, again.json["error"]) == (400, "invalid_grant")
    assert server.get(PROJECTS, as_=issued["access_token"]).status == 401
    assert refresh(server, client, issued["refresh_token"]).json["error"] == "invalid_grant"
    (entry,) = server.get("/api/v2/auditlog", query={"limit": 1}).json["items"]
    assert entry["titleVerb"] == "revoked the authorization of the OAuth client"
    assert entry["description"] == "Its code was used twice"


def test_a_refresh_token_that_comes_again_ends_everything(server: TestServer) -> None:
    client, issued = authorize(server)
    fresh = refresh(server, client, issued["refresh_token"]).json

    again = refresh(server, client, issued["refresh_token"])

    assert (again.status, again.json["error"]) == (400, "invalid_grant")
    assert not works(server, fresh["access_token"])
    assert refresh(server, client, fresh["refresh_token"]).json["error"] == "invalid_grant"


def test_another_authorization_of_the_same_program_goes_on(server: TestServer) -> None:
    client, issued = authorize(server)
    _, other = authorize(server, client)
    refresh(server, client, issued["refresh_token"])
    refresh(server, client, issued["refresh_token"])

    assert works(server, other["access_token"])


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "code-" + "0" * 64},
        {"code": ""},
        {"code_verifier": VERIFIER + "x"},
        {"code_verifier": ""},
        {"code_verifier": "short"},
        {"redirect_uri": REDIRECT + "/"},
        {"redirect_uri": ""},
        {"redirect_uri": "https://evil.example.com/back"},
    ],
)
def test_a_code_that_is_not_proven_gives_nothing(server: TestServer, changes: dict[str, str]) -> None:
    client = make_client(server)
    code = consent(server, client)["code"]

    answer = exchange(server, client, code, **changes)

    assert (answer.status, answer.json["error"]) == (400, "invalid_grant")
    assert server.count("oauth_tokens") == 0


def test_a_code_lasts_a_minute(server: TestServer) -> None:
    client = make_client(server)
    code = consent(server, client)["code"]
    server.clock.advance(seconds=60)

    assert exchange(server, client, code).json["error"] == "invalid_grant"


def test_a_code_and_tokens_are_of_use_to_their_client_alone(server: TestServer) -> None:
    client, other = make_client(server), make_client(server)
    code = consent(server, client)["code"]

    assert exchange(server, other, code).json["error"] == "invalid_grant"
    issued = exchange(server, client, code).json
    assert refresh(server, other, issued["refresh_token"]).json["error"] == "invalid_grant"
    stolen = send(server, REVOKE, own(other) | {"token": issued["access_token"]})
    assert (stolen.status, stolen.json["error"]) == (400, "invalid_grant")
    assert works(server, issued["access_token"])


def test_a_client_with_a_secret_may_do_without_pkce_but_cannot_be_given_a_verifier_then(
    server: TestServer,
) -> None:
    client = make_client(server)
    plain = {"code_challenge": "", "code_challenge_method": ""}
    first, second = (consent(server, client, **plain)["code"] for _ in range(2))

    assert exchange(server, client, first).json["error"] == "invalid_grant"
    assert exchange(server, client, second, code_verifier="").status == 200


def test_the_redirect_uri_may_be_left_out(server: TestServer) -> None:
    client = make_client(server)
    first, second = (consent(server, client, redirect_uri="")["code"] for _ in range(2))

    assert exchange(server, client, first, redirect_uri="").status == 200
    assert exchange(server, client, second).status == 200


def test_a_public_client_needs_no_secret_and_must_use_pkce(server: TestServer) -> None:
    client = make_client(server, public=True, redirectUri=LOCAL)
    without = asking(client, redirect_uri=LOCAL, code_challenge="", code_challenge_method="")

    refused = server.get(AUTHORIZE, query=without, as_=SESSION)
    code = consent(server, client, redirect_uri=LOCAL)["code"]
    issued = exchange(server, client, code, redirect_uri=LOCAL)

    assert (refused.status, refused.json["error"]) == (400, "invalid_request")
    assert works(server, issued.json["access_token"])
    assert refresh(server, client, issued.json["refresh_token"]).status == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"client_secret": ""},
        {"client_secret": "wrong"},
        {"client_id": ""},
        {"client_id": "unknown"},
        {"client_id": "", "client_secret": ""},
    ],
)
@pytest.mark.parametrize("path", [TOKEN, REVOKE])
def test_a_client_that_does_not_prove_who_it_is_is_refused(
    server: TestServer, path: str, changes: dict[str, str]
) -> None:
    client = make_client(server)

    answer = send(server, path, own(client) | {"grant_type": "authorization_code", "token": "x"} | changes)

    assert (answer.status, answer.json["error"]) == (401, "invalid_client")
    assert answer.headers["www-authenticate"].startswith("Basic ")


def test_a_public_client_that_sends_a_secret_is_not_the_one_that_was_registered(server: TestServer) -> None:
    client = make_client(server, public=True)

    answer = send(server, TOKEN, own(client) | {"client_secret": "any", "grant_type": "refresh_token"})

    assert (answer.status, answer.json["error"]) == (401, "invalid_client")


def basic(user: str, password: str) -> str:
    text = f"{quote(user, safe='')}:{quote(password, safe='')}"
    return "Basic " + base64.b64encode(text.encode()).decode()


def test_a_client_may_authenticate_by_http_basic(server: TestServer) -> None:
    client, issued = authorize(server)
    as_ = basic(client["_clientId"], client["_clientSecret"])
    fields = {"grant_type": "refresh_token", "refresh_token": issued["refresh_token"]}

    twice = send(server, TOKEN, fields | own(client), as_=as_)
    once = send(server, TOKEN, fields, as_=as_)

    assert (twice.status, twice.json["error"]) == (400, "invalid_request")
    assert once.status == 200


@pytest.mark.parametrize("secret", ["", "wrong"])
def test_a_wrong_secret_in_http_basic_is_refused(server: TestServer, secret: str) -> None:
    client = make_client(server)

    answer = send(server, TOKEN, {"grant_type": "refresh_token"}, as_=basic(client["_clientId"], secret))

    assert (answer.status, answer.json["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("header", [OWNER, f"Bearer {OWNER}", "Basic", "Basic !!", "Basic bm9jb2xvbg=="])
def test_what_is_not_http_basic_is_no_client(server: TestServer, header: str) -> None:
    answer = send(server, TOKEN, {"grant_type": "refresh_token"}, as_=header)

    assert (answer.status, answer.json["error"]) == (401, "invalid_client")


def test_an_id_beside_http_basic_must_be_the_same(server: TestServer) -> None:
    client, other = make_client(server), make_client(server)
    as_ = basic(client["_clientId"], client["_clientSecret"])

    answer = send(server, TOKEN, {"client_id": other["_clientId"]}, as_=as_)

    assert (answer.status, answer.json["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    ("grant_type", "error"),
    [
        ("", "invalid_request"),
        ("password", "unsupported_grant_type"),
        ("client_credentials", "unsupported_grant_type"),
        ("implicit", "unsupported_grant_type"),
    ],
)
def test_there_are_two_types_of_grants(server: TestServer, grant_type: str, error: str) -> None:
    answer = send(server, TOKEN, own(make_client(server)) | {"grant_type": grant_type})

    assert (answer.status, answer.json["error"]) == (400, error)
    assert answer.headers["cache-control"] == "no-store"


def test_a_revoked_access_token_ends_alone_and_a_refresh_token_ends_all(server: TestServer) -> None:
    client, issued = authorize(server)

    first = send(server, REVOKE, own(client) | {"token": issued["access_token"]})
    assert (first.status, works(server, issued["access_token"])) == (200, False)
    fresh = refresh(server, client, issued["refresh_token"]).json
    hint = {"token_type_hint": "access_token"}  # which is wrong, and only a hint
    second = send(server, REVOKE, own(client) | {"token": fresh["refresh_token"]} | hint)
    assert (second.status, works(server, fresh["access_token"])) == (200, False)
    assert server.count("oauth_grants") == 0


def test_an_unknown_token_has_ended_already(server: TestServer) -> None:
    client = make_client(server)

    assert send(server, REVOKE, own(client) | {"token": "unknown"}).status == 200
    missing = send(server, REVOKE, own(client))
    assert (missing.status, missing.json["error"]) == (400, "invalid_request")
