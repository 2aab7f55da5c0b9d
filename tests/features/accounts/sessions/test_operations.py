"""Signing in and out, and sessions, as whole requests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from flagstaff.features.accounts.passwords import hash_password
from flagstaff.features.accounts.sessions.model import IDLE, LIFETIME
from flagstaff.features.accounts.store import get_owner, reset_password
from tests.features.accounts.roles.calls import make_role
from tests.features.accounts.sessions.calls import SIGN_IN, cookie_of, sign_in, signed_in
from tests.support.client import NOBODY, ORIGIN, SESSION
from tests.support.server import OWNER_EMAIL, OWNER_PASSWORD, START, TestServer

FLAGS = "/api/v2/flags/default"
MINUTE = 60


def uses(server: TestServer) -> None:
    server.run(server.wired.uses.save_uses(server.database))


def test_who_signs_in_gets_a_session_and_a_cookie_that_scripts_cannot_read(server: TestServer) -> None:
    answer = sign_in(server, email="  OWNER@example.com")

    assert answer.status == 200
    assert answer.json["member"]["email"] == OWNER_EMAIL
    assert answer.json["createdAt"] == START
    assert answer.json["expiresAt"] == START + LIFETIME
    assert answer.json["secondFactor"] is False
    assert answer.headers["cache-control"] == "no-store"
    assert {"HttpOnly", "SameSite=Lax", "Path=/", f"Max-Age={LIFETIME // 1000}"} <= set(
        answer.headers["set-cookie"].split("; ")
    )
    shown = server.get("/auth/session", as_=cookie_of(answer))
    assert shown.json == answer.json


def test_a_session_tells_which_kinds_of_things_its_member_sees_none_of(server: TestServer) -> None:
    assert sign_in(server).json["unseen"] == []
    toggle = {"effect": "allow", "actions": ["updateOn"], "resources": ["proj/*:env/*:flag/*", "webhook/a1"]}
    make_role(server, "toggler", toggle, basePermissions="no_access")
    asked = [{"email": "ada@example.com", "customRoles": ["toggler"]}]
    (invited,) = server.post("/api/v2/members", asked).json["items"]
    token = invited["_links"]["invitation"]["href"].rpartition("/")[2]

    joined = server.post(f"/auth/invitations/{token}", {"password": "a good password"}, as_=NOBODY)

    assert joined.json["unseen"] == ["team", "role", "relay-proxy-config"]
    assert server.get("/auth/session", as_=cookie_of(joined)).json["unseen"] == joined.json["unseen"]


def test_a_session_tells_how_far_the_changes_have_come(server: TestServer) -> None:
    session = sign_in(server)
    made = server.post("/api/v2/projects", {"key": "shop", "name": "Shop"})
    after = server.get("/auth/session", as_=cookie_of(session)).json["position"]

    assert session.json["position"] < after == int(made.headers["x-flagstaff-change"])


def test_with_https_the_cookie_is_for_this_host_alone(template: Path, tmp_path: Path) -> None:
    server = TestServer(template, tmp_path, FLAGSTAFF_BASE_URL="https://flags.example.com").start()

    answer = sign_in(server, headers={"Origin": "https://flags.example.com"})

    assert answer.headers["set-cookie"].startswith("__Host-flagstaff-session=session-")
    assert "Secure" in answer.headers["set-cookie"].split("; ")
    server.stop()


@pytest.mark.parametrize(
    ("email", "password"), [(OWNER_EMAIL, "wrong"), ("nobody@example.com", OWNER_PASSWORD), ("", "")]
)
def test_a_wrong_password_and_an_unknown_account_are_refused_alike(
    server: TestServer, email: str, password: str
) -> None:
    answer = sign_in(server, email, password)

    assert (answer.status, answer.code) == (401, "invalid_credentials")
    assert answer.message == "The e-mail address or the password is wrong"
    assert "set-cookie" not in answer.headers


def test_the_session_of_before_ends_when_its_browser_signs_in(server: TestServer) -> None:
    first = signed_in(server)

    second = signed_in(server, as_=first)

    assert first != second
    assert server.get("/auth/session", as_=first).status == 401
    assert server.get("/auth/session", as_=second).status == 200


def test_a_member_may_do_with_a_session_what_the_role_allows(server: TestServer) -> None:
    session = signed_in(server)

    made = server.post(FLAGS, {"key": "checkout", "name": "Checkout"}, as_=session)

    assert made.status == 201
    (entry,) = server.get("/api/v2/auditlog", query={"limit": 1}).json["items"]
    assert entry["member"]["email"] == OWNER_EMAIL
    assert "token" not in entry


def test_own_pages_may_send_their_session_across_origins_and_nobody_else(server: TestServer) -> None:
    ours = server.get(FLAGS, as_=SESSION)
    theirs = server.get(FLAGS, as_=SESSION, headers={"Origin": "https://pages.example.com"})

    assert ours.headers["access-control-allow-credentials"] == "true"
    assert ours.headers["access-control-allow-origin"] == ORIGIN
    assert theirs.status == 403
    assert "access-control-allow-credentials" not in theirs.headers


def test_an_access_token_goes_before_a_session_which_must_still_come_from_its_own_pages(
    server: TestServer,
) -> None:
    cookie = {"Cookie": f"flagstaff-session={SESSION}"}

    wrong = server.get(FLAGS, as_="api-nothing", headers=cookie | {"Origin": ORIGIN})
    elsewhere = server.get(FLAGS, headers=cookie | {"Origin": "https://pages.example.com"})

    assert (wrong.status, elsewhere.status) == (401, 403)


def test_sign_out_ends_the_session_and_takes_the_cookie_away(server: TestServer) -> None:
    session = signed_in(server)

    answer = server.post("/auth/sign-out", as_=session)

    assert (answer.status, cookie_of(answer)) == (204, "")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert server.get(FLAGS, as_=session).status == 401
    assert server.get("/auth/session", as_=SESSION).status == 200


def test_a_session_that_is_not_used_ends(server: TestServer) -> None:
    session = signed_in(server)
    server.clock.advance(seconds=IDLE // 1000 - MINUTE)
    assert server.get(FLAGS, as_=session).status == 200
    uses(server)
    server.clock.advance(seconds=IDLE // 1000 - MINUTE)
    assert server.get(FLAGS, as_=session).status == 200
    uses(server)

    server.clock.advance(seconds=IDLE // 1000)

    assert server.get(FLAGS, as_=session).status == 401


def test_a_session_that_is_used_ends_all_the_same(server: TestServer) -> None:
    session = signed_in(server)
    for _ in range(LIFETIME // (IDLE // 2) - 1):
        server.clock.advance(seconds=IDLE // 2000)
        assert server.get("/auth/session", as_=session).status == 200
        uses(server)

    server.clock.advance(seconds=IDLE // 2000)

    assert server.get("/auth/session", as_=session).status == 401


def test_a_session_is_refused_as_soon_as_it_ends_however_often_it_has_read_the_same(
    server: TestServer,
) -> None:
    session = signed_in(server)
    assert [server.get(FLAGS, as_=session).status for _ in range(3)] == [200] * 3

    server.clock.advance(seconds=IDLE // 1000)

    assert server.get(FLAGS, as_=session).status == 401


def test_sessions_are_listed_with_what_tells_them_apart(server: TestServer) -> None:
    there = signed_in(server, headers={"User-Agent": "Phone" * 100}, address="203.0.113.9")
    server.clock.advance(seconds=30)
    server.get(FLAGS, as_=there)
    uses(server)

    listed = server.get("/auth/sessions", as_=SESSION).json["items"]

    assert [item["current"] for item in listed] == [False, True]
    assert listed[0]["address"] == "203.0.113.9"
    assert listed[0]["userAgent"] == ("Phone" * 100)[:300]
    assert listed[0]["lastSeen"] == START + 30_000
    assert listed[1]["lastSeen"] == START


def test_another_session_can_be_ended(server: TestServer) -> None:
    there = signed_in(server)
    there_id = server.get("/auth/session", as_=there).json["_id"]

    assert server.delete(f"/auth/sessions/{there_id}", as_=SESSION).status == 204

    assert server.get(FLAGS, as_=there).status == 401
    assert server.delete(f"/auth/sessions/{there_id}", as_=SESSION).status == 404


def test_a_session_of_somebody_else_cannot_be_ended(server: TestServer) -> None:
    there = signed_in(server)
    there_id = server.get("/auth/session", as_=there).json["_id"]
    server.write(lambda tx: tx.run("UPDATE sessions SET member_id = 'other' WHERE id = :id", id=there_id))

    assert server.delete(f"/auth/sessions/{there_id}", as_=SESSION).status == 404
    assert server.count("sessions") == 2


def remove_member(server: TestServer) -> None:
    server.write(lambda tx: tx.run("DELETE FROM members"))


def reset(server: TestServer) -> None:
    server.write(lambda tx: reset_password(tx, get_owner(tx), hash_password("another one")))


@pytest.mark.parametrize("what", [remove_member, reset])
def test_a_session_ends_with_its_member_and_with_its_password(
    server: TestServer, what: Callable[[TestServer], None]
) -> None:
    session = signed_in(server)
    assert server.get(FLAGS, as_=session).status == 200

    what(server)

    assert server.get(FLAGS, as_=session).status == 401


def test_the_secret_of_a_session_is_not_stored(server: TestServer) -> None:
    session = signed_in(server)

    assert session not in str(server.rows("SELECT * FROM sessions"))


def test_the_methods_are_told_to_anybody(server: TestServer) -> None:
    answer = server.get("/auth/methods", as_=NOBODY)

    assert answer.json == {"password": True, "oidc": None, "mail": False}


def test_a_server_that_any_address_reaches_has_sessions_for_this_machine_alone(
    template: Path, tmp_path: Path
) -> None:
    server = TestServer(template, tmp_path, FLAGSTAFF_HOST="0.0.0.0").start()

    assert sign_in(server, address="203.0.113.9").status == 403
    assert sign_in(server, headers={"X-Forwarded-For": "203.0.113.9"}).status == 403
    assert sign_in(server, headers={"Origin": "http://localhost:8080"}).status == 200
    assert server.get(FLAGS, as_=SESSION, address="203.0.113.9").status == 403
    server.stop()


def test_nothing_but_json_signs_in(server: TestServer) -> None:
    answer = server.post(
        SIGN_IN, body=b"email=a&password=b", content_type="application/x-www-form-urlencoded", as_=NOBODY
    )

    assert answer.status == 415
