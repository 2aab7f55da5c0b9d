"""Mails with links, from a call to the mailbox."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flagstaff.features.accounts.links.mails import MAIL, REQUEST, queue_mail
from flagstaff.features.accounts.links.model import INVITATION
from flagstaff.features.accounts.links.store import end_links_of, make_link
from flagstaff.features.accounts.store import get_member_by_email
from flagstaff.storage.jobs import FAILED, QUEUED, list_jobs
from flagstaff.storage.transaction import Transaction
from tests.features.accounts.sessions.calls import sign_in
from tests.support.client import NOBODY
from tests.support.mailbox import Mailbox, receiving_mail
from tests.support.server import OWNER_EMAIL, TestServer
from tests.sweeps.callers import make_member

BASE = "https://flags.example.com"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with receiving_mail() as running:
        yield running


@pytest.fixture
def server(template: Path, tmp_path: Path, mailbox: Mailbox) -> Iterator[TestServer]:
    settings = {
        "FLAGSTAFF_SMTP_URL": f"smtp://127.0.0.1:{mailbox.port}",
        "FLAGSTAFF_MAIL_FROM": "flags@example.com",
        "FLAGSTAFF_BASE_URL": BASE,
    }
    running = TestServer(template, tmp_path, **settings).start()
    yield running
    running.stop()


def ask(server: TestServer, email: str = OWNER_EMAIL) -> None:
    assert server.post("/auth/resets", {"email": email}, as_=NOBODY).status == 202
    server.run(server.wired.jobs.run_due())


def link_in(mailbox: Mailbox) -> str:
    """The path behind the base URL in the newest mail."""
    (line,) = [line for line in mailbox.mails[-1].get_content().splitlines() if line.startswith(BASE)]
    return line.removeprefix(BASE)


def invite(tx: Transaction, server: TestServer, name: str = "ada") -> None:
    member = make_member(tx, name, "writer")
    queue_mail(tx, INVITATION, member, make_link(tx, INVITATION, member), server.secret_key)


def test_who_has_lost_the_password_is_mailed_a_link_and_comes_in_by_it(
    server: TestServer, mailbox: Mailbox
) -> None:
    ask(server)

    assert mailbox.mails[0]["To"] == OWNER_EMAIL
    path = link_in(mailbox).replace("/reset/", "/auth/resets/")
    assert server.post(path, {"password": "a new password"}, as_=NOBODY).status == 200
    assert sign_in(server, password="a new password").status == 200


def test_who_is_not_known_is_not_mailed(server: TestServer, mailbox: Mailbox) -> None:
    ask(server, "nobody@example.com")

    assert mailbox.mails == []
    assert [job.state for job in server.read(lambda tx: list_jobs(tx, REQUEST))] == ["done"]
    assert server.count("member_links") == 0


def test_an_address_that_a_session_alone_has_set_gets_no_link(server: TestServer, mailbox: Mailbox) -> None:
    unverified = "UPDATE members SET body = json_set(body, '$.verified', json('false'))"
    server.write(lambda tx: tx.run(unverified))

    ask(server)

    assert mailbox.mails == []
    assert server.count("member_links") == 0


def test_who_asks_again_at_once_is_mailed_once_and_later_again(server: TestServer, mailbox: Mailbox) -> None:
    ask(server)
    ask(server)
    assert len(mailbox.mails) == 1
    server.clock.advance(seconds=60)

    ask(server)

    assert len(mailbox.mails) == 2


def test_an_invitation_is_mailed(server: TestServer, mailbox: Mailbox) -> None:
    server.write(lambda tx: invite(tx, server))
    server.run(server.wired.jobs.run_due())

    path = link_in(mailbox).replace("/invite/", "/auth/invitations/")
    assert server.get(path, as_=NOBODY).json["email"] == "ada@example.com"


def test_a_mail_that_is_not_taken_is_sent_again(server: TestServer, mailbox: Mailbox) -> None:
    mailbox.answers = ["451 come back later"]
    ask(server)
    (job,) = server.read(lambda tx: list_jobs(tx, MAIL))
    assert (job.state, mailbox.mails) == (QUEUED, [])
    assert job.error == "the mail server says 451 come back later"

    server.clock.advance(seconds=5)
    server.run(server.wired.jobs.run_due())

    assert len(mailbox.mails) == 1


def test_a_mail_that_is_refused_for_good_is_given_up(server: TestServer, mailbox: Mailbox) -> None:
    server.write(lambda tx: invite(tx, server, "unknown"))
    server.run(server.wired.jobs.run_due())

    (job,) = server.read(lambda tx: list_jobs(tx, MAIL))
    assert (job.state, job.error) == (FAILED, "550 no such mailbox")


def test_a_link_that_has_ended_meanwhile_is_not_mailed(server: TestServer, mailbox: Mailbox) -> None:
    def unit(tx: Transaction) -> None:
        invite(tx, server)
        end_links_of(tx, get_member_by_email(tx, "ada@example.com"))

    server.write(unit)
    server.run(server.wired.jobs.run_due())

    assert mailbox.mails == []
    assert [job.state for job in server.read(lambda tx: list_jobs(tx, MAIL))] == ["done"]


def test_what_another_secret_key_has_encrypted_is_given_up(server: TestServer, mailbox: Mailbox) -> None:
    server.write(lambda tx: invite(tx, server))
    other = "json_set(arguments, '$.secret', :other)"
    server.write(lambda tx: tx.run(f"UPDATE jobs SET arguments = {other}", other="00" * 40))
    server.run(server.wired.jobs.run_due())

    (job,) = server.read(lambda tx: list_jobs(tx, MAIL))
    assert (job.state, job.error) == (FAILED, "The secret key was replaced meanwhile")


def test_without_a_mail_server_mails_wait_for_one(template: Path, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    server = TestServer(template, folder).start()
    server.write(lambda tx: invite(tx, server))
    server.run(server.wired.jobs.run_due())

    (job,) = server.read(lambda tx: list_jobs(tx, MAIL))
    assert (job.state, job.error) == (QUEUED, "FLAGSTAFF_SMTP_URL is not set")
    server.stop()
