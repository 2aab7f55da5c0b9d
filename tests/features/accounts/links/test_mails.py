"""What mails say, and the jobs that send them."""

import pytest

from flagstaff.features.accounts.links import mails
from flagstaff.features.accounts.links.model import INVITATION, RESET
from flagstaff.storage.jobs import list_jobs
from tests.support.server import TestServer


@pytest.mark.parametrize(("kind", "within"), [(INVITATION, "seven days"), (RESET, "an hour")])
def test_a_mail_has_the_link_on_a_line_of_its_own_and_says_how_long_it_works(kind: str, within: str) -> None:
    mail = mails.compose_mail(kind, "ada@example.com", "https://f.test/x")

    assert mail.to == "ada@example.com"
    assert "https://f.test/x" in mail.text.splitlines()
    assert within in mail.text


def test_a_request_holds_the_address_encrypted(server: TestServer) -> None:
    server.write(lambda tx: mails.queue_request(tx, "ada@example.com", server.secret_key))

    (job,) = server.read(lambda tx: list_jobs(tx, mails.REQUEST))
    assert mails.unseal(job.arguments["email"], server.secret_key) == "ada@example.com"
    assert "ada@" not in str(server.rows("SELECT * FROM jobs"))
