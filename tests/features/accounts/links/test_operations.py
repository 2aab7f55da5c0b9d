"""Invitations and lost passwords, as whole requests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flagstaff.features.accounts.links.mails import MAIL, REQUEST
from flagstaff.features.accounts.links.model import INVITATION, LIFETIMES, RESET
from flagstaff.features.accounts.links.store import make_link
from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.sessions.model import LIFETIME, Session
from flagstaff.features.accounts.sessions.store import add_session
from flagstaff.features.accounts.store import find_member_by_email
from flagstaff.storage.jobs import list_jobs
from flagstaff.storage.transaction import Transaction
from tests.features.accounts.factors.codes import code_at
from tests.features.accounts.profile.calls import turn_on
from tests.features.accounts.sessions.calls import cookie_of, sign_in
from tests.support.client import NOBODY, SESSION, WRITER, Answer
from tests.support.server import OWNER_EMAIL, START, TestServer
from tests.sweeps.callers import make_member

ADA = "ada@example.com"
PASSWORD = "a good password"


@pytest.fixture
def mailing(template: Path, tmp_path: Path) -> Iterator[TestServer]:
    """A server that can send mail, to where nobody listens."""
    folder = tmp_path / "mailing"
    folder.mkdir()
    settings = {"FLAGSTAFF_SMTP_URL": "smtp://127.0.0.1:9", "FLAGSTAFF_MAIL_FROM": "flags@example.com"}
    running = TestServer(template, folder, **settings).start()
    yield running
    running.stop()


def invited(server: TestServer) -> str:
    """A new member, and the path of the invitation."""

    def unit(tx: Transaction) -> str:
        return make_link(tx, INVITATION, make_member(tx, "ada", "writer"))

    return f"/auth/invitations/{server.write(unit)}"


def forgotten(server: TestServer, email: str = OWNER_EMAIL) -> str:
    """The path of a link to a new password."""

    def unit(tx: Transaction) -> str:
        member = find_member_by_email(tx, email)
        assert member is not None
        return make_link(tx, RESET, member)

    return f"/auth/resets/{server.write(unit)}"


def test_who_is_invited_chooses_a_password_and_is_in(server: TestServer) -> None:
    path = invited(server)
    shown = server.get(path, as_=NOBODY).json

    answer = server.post(path, {"firstName": "Ada", "lastName": "L", "password": PASSWORD}, as_=NOBODY)

    assert shown == {
        "email": ADA,
        "firstName": "",
        "lastName": "",
        "expiresAt": START + LIFETIMES[INVITATION],
    }
    assert answer.status == 200
    assert (answer.json["member"]["firstName"], answer.json["member"]["role"]) == ("Ada", "writer")
    assert server.get("/auth/session", as_=cookie_of(answer)).json["member"]["email"] == ADA
    assert sign_in(server, ADA, PASSWORD).status == 200
    (shown,) = server.get("/api/v2/members", query={"filter": "query:ada"}).json["items"]
    assert (shown["_pendingInvite"], shown["_verified"]) == (False, True)
    (entry,) = server.get("/api/v2/auditlog", query={"limit": 1}).json["items"]
    assert (entry["titleVerb"], entry["member"]["email"]) == ("accepted the invitation of", ADA)


def test_who_is_invited_cannot_sign_in_before(server: TestServer) -> None:
    invited(server)

    assert sign_in(server, ADA, "").code == "invalid_credentials"


@pytest.mark.parametrize("kind", ["invitation", "reset"])
def test_a_link_works_once(server: TestServer, kind: str) -> None:
    path = invited(server) if kind == "invitation" else forgotten(server)

    answers = [server.post(path, {"password": PASSWORD}, as_=NOBODY).status for _ in range(2)]

    assert answers == [200, 404]
    assert server.get(path, as_=NOBODY).status == 404


@pytest.mark.parametrize("kind", ["invitation", "reset"])
def test_a_link_that_is_used_twice_at_once_works_once(server: TestServer, kind: str) -> None:
    path = invited(server) if kind == "invitation" else forgotten(server)
    call = {"method": "POST", "path": path, "json": {"password": PASSWORD}, "as_": NOBODY}

    answers = server.request_all(call, call, call)

    assert sorted(answer.status for answer in answers) == [200, 404, 404]


@pytest.mark.parametrize("kind", ["invitation", "reset"])
def test_a_password_that_is_too_short_uses_no_link_up(server: TestServer, kind: str) -> None:
    path = invited(server) if kind == "invitation" else forgotten(server)

    assert server.post(path, {"password": "short"}, as_=NOBODY).status == 400
    assert server.get(path, as_=NOBODY).status == 200


def test_an_invitation_of_a_member_who_is_gone_is_not_found(server: TestServer) -> None:
    path = invited(server)
    server.write(lambda tx: tx.run("DELETE FROM members WHERE email = :email", email=ADA))

    assert server.get(path, as_=NOBODY).status == 404
    assert server.post(path, {"password": PASSWORD}, as_=NOBODY).status == 404


def test_a_new_password_ends_every_session_and_every_link(server: TestServer) -> None:
    path, invitation = forgotten(server), invited(server)

    answer = server.post(path, {"password": PASSWORD}, as_=NOBODY)

    assert server.get("/auth/session", as_=SESSION).status == 401
    assert server.get("/auth/session", as_=cookie_of(answer)).status == 200
    assert sign_in(server).status == 401
    assert sign_in(server, password=PASSWORD).status == 200
    assert server.get(invitation, as_=NOBODY).status == 200
    (entry,) = server.get("/api/v2/auditlog", query={"limit": 1}).json["items"]
    assert (entry["titleVerb"], entry["member"]["email"]) == ("reset the password of", OWNER_EMAIL)


def test_a_link_does_not_get_around_the_second_factor(server: TestServer) -> None:
    secret, _ = turn_on(server)
    server.clock.advance(seconds=30)
    path = forgotten(server)

    assert server.get(path, as_=NOBODY).json["secondFactor"] is True
    assert server.post(path, {"password": PASSWORD}, as_=NOBODY).code == "second_factor_required"
    assert server.post(path, {"password": PASSWORD, "code": "000000"}, as_=NOBODY).code == "invalid_code"
    right = {"password": PASSWORD, "code": code_at(server.clock.now, secret)}
    assert server.post(path, right, as_=NOBODY).status == 200


def test_codes_cannot_be_guessed_through_a_link(server: TestServer) -> None:
    turn_on(server)
    path = forgotten(server)

    answers = [
        server.post(path, {"password": PASSWORD, "code": f"{guess:06}"}, as_=NOBODY).status
        for guess in range(11)
    ]

    assert answers == [401] * 10 + [429]


@pytest.mark.parametrize("email", [OWNER_EMAIL, " OWNER@example.com", "nobody@example.com", ""])
def test_a_request_is_answered_alike_for_everybody(mailing: TestServer, email: str) -> None:
    answer = mailing.post("/auth/resets", {"email": email}, as_=NOBODY)

    assert (answer.status, answer.json) == (202, {"mail": True})
    assert len(mailing.read(lambda tx: list_jobs(tx, REQUEST))) == 1


def test_without_mail_a_request_says_so_and_leaves_nothing_behind(server: TestServer) -> None:
    answer = server.post("/auth/resets", {"email": OWNER_EMAIL}, as_=NOBODY)

    assert (answer.status, answer.json) == (202, {"mail": False})
    assert server.count("jobs") == server.count("member_links") == 0


def test_nobody_is_mailed_without_end(mailing: TestServer) -> None:
    answers = [mailing.post("/auth/resets", {"email": OWNER_EMAIL}, as_=NOBODY).status for _ in range(12)]

    assert answers == [202] * 12
    assert len(mailing.read(lambda tx: list_jobs(tx, REQUEST))) == 10
    mailing.run(mailing.wired.jobs.run_due())
    assert len(mailing.read(lambda tx: list_jobs(tx, MAIL))) == 1


def invite(server: TestServer) -> None:
    assert server.post("/api/v2/members", [{"email": ADA, "role": "writer"}]).status == 201


def renew(server: TestServer, email: str = ADA, **how: str) -> Answer:
    """Invite somebody anew."""
    member = server.read(lambda tx: find_member_by_email(tx, email))
    return server.post(f"/api/v2/flagstaff/members/{member.id}/invitation", **how)


def test_a_lost_invitation_is_replaced_by_a_new_link_that_ends_the_old_one(server: TestServer) -> None:
    invite(server)
    before = renew(server).json["link"]
    server.clock.advance(seconds=8 * 24 * 3600)

    answer = renew(server)

    assert answer.status == 200
    assert answer.json["expiresAt"] == server.clock.now + LIFETIMES[INVITATION]
    assert answer.json["link"].startswith("http://127.0.0.1:8080/invite/invitation-")
    (entry,) = server.get("/api/v2/auditlog", query={"limit": 1}).json["items"]
    assert entry["titleVerb"] == "invited anew the member"
    secrets = [link.rpartition("/")[2] for link in (before, answer.json["link"], renew(server).json["link"])]
    used = [
        server.post(f"/auth/invitations/{secret}", {"password": PASSWORD}, as_=NOBODY).status
        for secret in secrets
    ]
    assert used == [404, 404, 200]


def test_a_new_invitation_is_mailed_where_that_can_be_and_not_shown(mailing: TestServer) -> None:
    invite(mailing)

    assert renew(mailing).json["link"] == ""
    assert len(mailing.read(lambda tx: list_jobs(tx, MAIL))) == 2


def test_who_has_come_already_is_not_invited_anew(server: TestServer) -> None:
    assert renew(server, OWNER_EMAIL).status == 409
    assert server.count("member_links") == 0


def test_only_who_may_invite_invites_anew(server: TestServer) -> None:
    before = invited(server)

    assert renew(server, as_=WRITER).status == 403
    assert server.get(before, as_=NOBODY).status == 200


def link_for(server: TestServer, email: str, as_: str = SESSION) -> tuple[int, str]:
    member = server.read(lambda tx: find_member_by_email(tx, email))
    answer = server.post(f"/api/v2/flagstaff/members/{member.id}/reset-link", as_=as_)
    return answer.status, answer.json.get("link", "")


def signed_in_as(server: TestServer, name: str, role: str) -> str:
    """The session of a new member with that role."""
    secret = f"session-{name}"

    def unit(tx: Transaction) -> Member:
        member = make_member(tx, name, role)
        session = Session(
            id=name, member_id=member.id, created=tx.now, expires=tx.now + LIFETIME, address="", user_agent=""
        )
        add_session(tx, session, secret)
        return member

    server.write(unit)
    return secret


def test_an_administrator_makes_a_link_for_who_cannot_be_mailed(server: TestServer) -> None:
    admin, _ = signed_in_as(server, "admin", "admin"), signed_in_as(server, "ada", "writer")

    status, link = link_for(server, ADA, admin)

    assert status == 200
    assert link.startswith("http://127.0.0.1:8080/reset/reset-")
    path = f"/auth/resets/{link.rpartition('/')[2]}"
    assert server.post(path, {"password": PASSWORD}, as_=NOBODY).status == 200
    entries = server.get("/api/v2/auditlog", query={"limit": 2}).json["items"]
    assert entries[1]["titleVerb"] == "made a link to a new password of"


@pytest.mark.parametrize(
    ("caller", "whose", "status"),
    [
        ("admin", "writer", 200),
        ("admin", "admin", 200),
        ("admin", "owner", 403),
        ("owner", "owner", 200),
        ("writer", "reader", 403),
        ("reader", "writer", 403),
        ("no_access", "writer", 404),
    ],
)
def test_nobody_takes_over_who_may_do_more(server: TestServer, caller: str, whose: str, status: int) -> None:
    session = signed_in_as(server, "caller", caller)
    signed_in_as(server, "whose", whose)

    assert link_for(server, "whose@example.com", session)[0] == status
