"""One's own password and second factor, as whole requests."""

import pytest

from tests.features.accounts.factors.codes import code_at
from tests.features.accounts.profile.calls import turn_on
from tests.features.accounts.sessions.calls import cookie_of, sign_in, signed_in
from tests.support.client import SESSION
from tests.support.server import OWNER_EMAIL, OWNER_PASSWORD, TestServer

NEW = "another password"


def test_a_new_password_ends_every_other_session_and_this_one_goes_on_under_a_new_secret(
    server: TestServer,
) -> None:
    other = signed_in(server)

    answer = server.put("/auth/password", {"password": OWNER_PASSWORD, "newPassword": NEW}, as_=SESSION)

    assert (answer.status, answer.body) == (204, b"")
    assert [server.get("/auth/session", as_=old).status for old in (other, SESSION)] == [401, 401]
    assert server.get("/auth/session", as_=cookie_of(answer)).status == 200
    assert sign_in(server).status == 401
    assert sign_in(server, password=NEW).status == 200
    (entry,) = server.get("/api/v2/auditlog", query={"limit": 1}).json["items"]
    assert (entry["titleVerb"], entry["name"]) == ("changed the password of", OWNER_EMAIL)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"password": "wrong", "newPassword": NEW}, 403, "invalid_credentials"),
        ({"password": OWNER_PASSWORD, "newPassword": "short"}, 400, "invalid_request"),
        ({"password": OWNER_PASSWORD}, 400, "invalid_request"),
    ],
)
def test_what_is_refused_changes_nothing(server: TestServer, body: object, status: int, code: str) -> None:
    answer = server.put("/auth/password", body, as_=SESSION)

    assert (answer.status, answer.code) == (status, code)
    assert server.get("/auth/session", as_=SESSION).status == 200
    assert sign_in(server).status == 200


def test_the_password_cannot_be_guessed_with_a_session(server: TestServer) -> None:
    body = {"password": "wrong", "newPassword": NEW}

    answers = [server.put("/auth/password", body, as_=SESSION).status for _ in range(11)]

    assert answers == [403] * 10 + [429]


def test_with_a_second_factor_a_password_alone_does_not_sign_in(server: TestServer) -> None:
    secret, codes = turn_on(server)

    assert sign_in(server).code == "second_factor_required"
    assert sign_in(server, code=code_at(server.clock.now, secret)).code == "invalid_code"  # it turned it on
    server.clock.advance(seconds=30)
    code = code_at(server.clock.now, secret)
    answer = sign_in(server, code=code)
    assert answer.json["secondFactor"] is True
    assert sign_in(server, code=code).code == "invalid_code"
    assert sign_in(server, password="wrong", code=codes[0]).code == "invalid_credentials"
    assert [sign_in(server, code=codes[0]).status for _ in range(2)] == [200, 401]
    assert sign_in(server, code=codes[1].replace("-", " ").upper()).status == 200


def test_one_code_that_is_sent_many_times_at_once_signs_in_once(server: TestServer) -> None:
    secret, _ = turn_on(server)
    server.clock.advance(seconds=30)
    body = {"email": OWNER_EMAIL, "password": OWNER_PASSWORD, "code": code_at(server.clock.now, secret)}
    call = {"method": "POST", "path": "/auth/sign-in", "json": body, "as_": ""}

    answers = server.request_all(call, call, call)

    assert sorted(answer.status for answer in answers) == [200, 401, 401]


def test_codes_cannot_be_guessed(server: TestServer) -> None:
    turn_on(server)

    answers = [sign_in(server, code=f"{guess:06}").status for guess in range(11)]

    assert answers == [401] * 10 + [429]


def test_a_factor_that_was_not_confirmed_is_not_asked_for(server: TestServer) -> None:
    made = server.post("/auth/totp", as_=SESSION).json

    wrong = server.post("/auth/totp/confirm", {"code": "000000"}, as_=SESSION)

    assert made["uri"].startswith("otpauth://totp/Flagstaff:owner%40example.com?")
    assert (wrong.status, wrong.code) == (403, "invalid_code")
    assert sign_in(server).json["secondFactor"] is False


def test_a_second_factor_is_turned_off_with_the_password(server: TestServer) -> None:
    turn_on(server)

    wrong = server.delete("/auth/totp", json={"password": "wrong"}, as_=SESSION)
    right = server.delete("/auth/totp", json={"password": OWNER_PASSWORD}, as_=SESSION)

    assert (wrong.status, right.status) == (403, 204)
    assert sign_in(server).status == 200
    assert server.count("recovery_codes") == server.count("kept_secrets") == 0
    assert server.delete("/auth/totp", json={"password": OWNER_PASSWORD}, as_=SESSION).status == 404


def test_a_second_one_is_refused_while_there_is_one(server: TestServer) -> None:
    secret, _ = turn_on(server)

    assert server.post("/auth/totp", as_=SESSION).status == 409
    assert server.post("/auth/totp/confirm", {"code": "000000"}, as_=SESSION).status == 404
    server.clock.advance(seconds=30)
    assert sign_in(server, code=code_at(server.clock.now, secret)).status == 200


def test_what_is_done_with_a_second_factor_is_in_the_audit_log_without_its_secret(server: TestServer) -> None:
    secret, codes = turn_on(server)
    server.delete("/auth/totp", json={"password": OWNER_PASSWORD}, as_=SESSION)

    entries = server.get("/api/v2/auditlog", query={"limit": 2}).json["items"]

    assert [entry["titleVerb"] for entry in entries] == [
        "turned off the second factor of",
        "turned on the second factor of",
    ]
    assert all(text not in str(entries) for text in (secret, *codes))
