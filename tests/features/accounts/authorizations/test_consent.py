"""Asking for consent: what is asked for and answered, and as whole requests."""

import pytest

from flagstaff.features.accounts.authorizations.consent import Destination, check_asked
from flagstaff.features.accounts.authorizations.schemas import AuthorizeQuery
from flagstaff.features.accounts.oauth_clients.model import OAuthClient
from flagstaff.kernel.errors import OAuthError
from tests.features.accounts.authorizations.calls import (
    AUTHORIZE,
    PKCE,
    arrive,
    asking,
    consent,
    exchange,
    read_answer,
)
from tests.features.accounts.oauth_clients.calls import REDIRECT, make_client
from tests.support.client import NOBODY, ORIGIN, OWNER, READER, SESSION, WRITER
from tests.support.server import OWNER_EMAIL, TestServer

CLIENT = OAuthClient(id="c1", name="Bot", redirect_uri="https://bot.example.com/back", created=1)


@pytest.mark.parametrize("state", ["", "s-1", "a b&code=mine", "ü#?/"])
def test_an_answer_cannot_be_mixed_up_with_the_state(state):
    destination = Destination(CLIENT, state, "https://flags.example.com")

    address = destination.answer(code="code-1")

    assert address.startswith("https://bot.example.com/back?")
    assert read_answer(address) == {"code": "code-1", "iss": "https://flags.example.com"} | (
        {"state": state} if state else {}
    )


def test_a_refusal_has_the_name_that_programs_know():
    told = read_answer(Destination(CLIENT, "", "i").refuse(OAuthError("No", error="access_denied")))
    assert told == {"error": "access_denied", "error_description": "No", "iss": "i"}


def test_what_is_asked_for_comes_to_a_scope_and_a_challenge():
    asked = AuthorizeQuery(response_type="code", scope="writer", **PKCE)
    assert check_asked(asked, CLIENT) == ("writer", PKCE["code_challenge"])
    with pytest.raises(OAuthError):
        check_asked(AuthorizeQuery(response_type="token"), CLIENT)


def test_a_page_learns_what_to_ask_the_member(server: TestServer) -> None:
    client = make_client(server, description="Toggles")

    answer = server.get(AUTHORIZE, query=asking(client, scope="writer reader"), as_=SESSION)

    assert answer.status == 200
    assert answer.json["clientName"] == "Bot"
    assert answer.json["description"] == "Toggles"
    assert answer.json["redirectUri"] == REDIRECT
    assert [scope["name"] for scope in answer.json["scopes"]] == ["reader", "writer"]
    assert answer.json["member"]["email"] == OWNER_EMAIL


def test_a_browser_is_sent_to_the_page_that_asks(server: TestServer) -> None:
    asked = asking(make_client(server), state="a b&c=d")

    answer = arrive(server, asked, as_=SESSION)

    assert answer.status == 302
    path, _, _ = answer.headers["location"].partition("?")
    assert (path, read_answer(answer.headers["location"])) == ("/oauth/consent", asked)


def test_a_browser_without_session_is_sent_to_sign_in_and_comes_back(server: TestServer) -> None:
    asked = asking(make_client(server), state="a b&c=d")

    answer = arrive(server, asked, as_=NOBODY)

    assert answer.status == 302
    assert answer.headers["location"].startswith("/login?next=")
    following = read_answer(answer.headers["location"])["next"]
    assert following.startswith(f"{AUTHORIZE}?")
    assert read_answer(following) == asked


def test_a_page_without_session_is_told_so(server: TestServer) -> None:
    answer = server.get(AUTHORIZE, query=asking(make_client(server)), as_=NOBODY)

    assert (answer.status, answer.code) == (401, "unauthorized")


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example.com"}, {"Origin": ""}])
def test_pages_of_others_learn_nothing_and_cannot_consent(
    server: TestServer, headers: dict[str, str]
) -> None:
    asked = asking(make_client(server))

    learned = server.get(AUTHORIZE, query=asked, as_=SESSION, headers=headers)
    given = server.post(AUTHORIZE, asked | {"decision": "allow"}, as_=SESSION, headers=headers)

    assert (learned.status, given.status) == (403, 403)
    assert server.count("oauth_grants") == 0


@pytest.mark.parametrize("as_", [OWNER, WRITER, READER])
def test_no_token_gives_consent(server: TestServer, as_: str) -> None:
    answer = server.post(AUTHORIZE, asking(make_client(server)) | {"decision": "allow"}, as_=as_)

    assert (answer.status, answer.code) == (403, "forbidden")


UNKNOWN = "0" * 36
ELSEWHERE = [
    {"client_id": UNKNOWN},
    {"client_id": ""},
    {"redirect_uri": "https://evil.example.com/back"},
    {"redirect_uri": REDIRECT + "/"},
    {"redirect_uri": REDIRECT + "?x=1"},
    {"redirect_uri": REDIRECT.replace("https", "HTTPS")},
    {"redirect_uri": REDIRECT.replace("/back", "/Back")},
    {"redirect_uri": REDIRECT + "#x"},
    {"redirect_uri": REDIRECT.replace("bot.", "bot.example.com@evil.")},
]


@pytest.mark.parametrize("changes", ELSEWHERE)
def test_nobody_is_sent_to_an_address_that_is_not_registered(
    server: TestServer, changes: dict[str, str]
) -> None:
    asked = asking(make_client(server), **changes)

    answers = [
        arrive(server, asked, as_=SESSION),
        arrive(server, asked, as_=NOBODY),
        server.get(AUTHORIZE, query=asked, as_=SESSION),
        server.post(AUTHORIZE, asked | {"decision": "allow"}, as_=SESSION),
        server.post(AUTHORIZE, asked | {"decision": "deny"}, as_=SESSION),
    ]

    assert [(answer.status, answer.code) for answer in answers] == [(400, "invalid_request")] * 5
    assert all("location" not in answer.headers for answer in answers)


WRONG = [
    ({"response_type": "token"}, "unsupported_response_type"),
    ({"response_type": ""}, "unsupported_response_type"),
    ({"scope": "owner"}, "invalid_scope"),
    ({"scope": "reader everything"}, "invalid_scope"),
    ({"code_challenge_method": "plain"}, "invalid_request"),
    ({"code_challenge_method": ""}, "invalid_request"),
    ({"code_challenge": "short"}, "invalid_request"),
    ({"code_challenge": ""}, "invalid_request"),
    ({"code_challenge": "=" * 43}, "invalid_request"),
]


@pytest.mark.parametrize(("changes", "error"), WRONG)
def test_what_is_asked_for_wrongly_is_told_to_the_program(
    server: TestServer, changes: dict[str, str], error: str
) -> None:
    asked = asking(make_client(server), **changes)

    browser = arrive(server, asked, as_=SESSION)
    page = server.get(AUTHORIZE, query=asked, as_=SESSION)
    given = server.post(AUTHORIZE, asked | {"decision": "allow"}, as_=SESSION)

    told = read_answer(browser.headers["location"])
    assert browser.headers["location"].startswith(f"{REDIRECT}?")
    assert (browser.status, told["error"], told["state"], told["iss"]) == (302, error, "s-1", ORIGIN)
    assert [(answer.status, answer.json["error"]) for answer in (page, given)] == [(400, error)] * 2
    assert server.count("oauth_grants") == 0


def test_a_parameter_that_comes_twice_is_refused(server: TestServer) -> None:
    asked = [*asking(make_client(server)).items(), ("redirect_uri", "https://evil.example.com")]

    assert server.get(AUTHORIZE, query=asked, as_=SESSION).status == 400


def test_a_member_may_refuse(server: TestServer) -> None:
    told = consent(server, make_client(server), "deny")

    assert (told["error"], told["state"], told["iss"]) == ("access_denied", "s-1", ORIGIN)
    assert server.count("oauth_grants") == 0


def test_the_code_comes_with_the_state_and_the_issuer(server: TestServer) -> None:
    told = consent(server, make_client(server), state="a b&c=d#e")

    assert (told["state"], told["iss"]) == ("a b&c=d#e", ORIGIN)
    assert "state" not in consent(server, make_client(server), state="")


def test_no_code_and_no_token_is_stored_as_it_is(server: TestServer) -> None:
    client = make_client(server)
    code = consent(server, client)["code"]
    issued = exchange(server, client, code).json

    stored = str(server.rows("SELECT * FROM oauth_grants")) + str(server.rows("SELECT * FROM oauth_tokens"))
    assert [
        secret for secret in (code, issued["access_token"], issued["refresh_token"]) if secret in stored
    ] == []


def test_programs_can_learn_of_the_server(server: TestServer) -> None:
    answer = server.get("/.well-known/oauth-authorization-server", as_=NOBODY)

    assert answer.json["issuer"] == ORIGIN
    assert answer.json["token_endpoint"] == f"{ORIGIN}/oauth/token"
    assert answer.json["code_challenge_methods_supported"] == ["S256"]
    assert answer.json["scopes_supported"] == ["reader", "writer", "admin"]
