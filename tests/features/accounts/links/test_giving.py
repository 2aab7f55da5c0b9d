"""Links that are given: shown where no mail can be sent, and mailed where it can."""

from typing import Any

from msgspec.structs import replace

from flagstaff.features.accounts.links.giving import invite
from flagstaff.features.accounts.links.mails import MAIL, unseal
from flagstaff.features.accounts.links.store import get_link
from flagstaff.features.accounts.store import get_owner
from flagstaff.http.call import Call
from flagstaff.http.identity import ANONYMOUS
from flagstaff.http.operations import Operation
from flagstaff.kernel.versions import DEFAULT
from flagstaff.storage.jobs import list_jobs
from flagstaff.storage.transaction import Transaction
from tests.support.rows import a_row
from tests.support.server import TestServer

ROW: Operation = a_row()


def invite_owner(server: TestServer, **settings: Any) -> str:
    installation = replace(server.wired.dispatcher.installation, **settings)

    def unit(tx: Transaction) -> str:
        call = Call(tx, ROW, ANONYMOUS, DEFAULT, installation, "", {}, None)
        return invite(call, get_owner(tx))

    return server.write(unit)


def test_without_mail_the_link_is_given_back(server: TestServer) -> None:
    link = invite_owner(server)

    assert link.startswith("http://127.0.0.1:8080/invite/invitation-")
    secret = link.rpartition("/")[2]
    owner = server.read(get_owner)
    assert server.read(lambda tx: get_link(tx, "invitation", secret)).member_id == owner.id


def test_with_mail_a_job_sends_it_and_holds_no_secret_in_plain_text(server: TestServer) -> None:
    assert invite_owner(server, sends_mail=True) == ""

    (job,) = server.read(lambda tx: list_jobs(tx, MAIL))
    secret = unseal(job.arguments["secret"], server.secret_key)
    assert job.arguments["member"] == server.read(get_owner).id
    assert server.read(lambda tx: get_link(tx, "invitation", secret))
    assert secret not in str(server.rows("SELECT * FROM jobs"))
