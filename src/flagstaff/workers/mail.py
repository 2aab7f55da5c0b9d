"""Sending mails with links, and finding out whom a new password was asked for."""

import asyncio
from functools import partial

from cryptography.exceptions import InvalidTag

from flagstaff.features.accounts.links.mails import MAIL, REQUEST, compose_mail, queue_mail, unseal
from flagstaff.features.accounts.links.model import OFTEN, RESET, address_of
from flagstaff.features.accounts.links.store import get_link, has_fresh_link, make_link
from flagstaff.features.accounts.store import find_member, find_member_by_email
from flagstaff.http.mail import MailRefused, MailServer
from flagstaff.kernel.errors import NotFound, Unavailable
from flagstaff.storage.jobs import Job
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import Transaction
from flagstaff.workers.run import JobFailed, Run, Work, Works


def mail_works(server: MailServer | None, base_url: str, key: SecretKey) -> Works:
    """What is done for mails; without a server they wait for the time when one is set."""

    async def send(run: Run) -> None:
        if server is None:
            raise Unavailable("FLAGSTAFF_SMTP_URL is not set", retry_after=60)
        secret = _open(run.job.arguments["secret"], key)
        to = await run.read(partial(_find_address, job=run.job, secret=secret))
        if not to:
            return
        kind = run.job.arguments["link"]
        mail = compose_mail(kind, to, address_of(base_url, kind, secret))
        try:
            await asyncio.to_thread(server.send, mail.to, mail.subject, mail.text)
        except MailRefused as refused:
            raise (JobFailed if refused.final else Unavailable)(str(refused)) from None

    async def look_up(run: Run) -> None:
        await run.write(partial(_answer_request, email=_open(run.job.arguments["email"], key), key=key))

    return {MAIL: Work(send), REQUEST: Work(look_up)}


def _open(text: str, key: SecretKey) -> str:
    try:
        return unseal(text, key)
    except InvalidTag:
        raise JobFailed("The secret key was replaced meanwhile") from None


def _find_address(tx: Transaction, job: Job, secret: str) -> str:
    """Where the link is to be sent; empty where it does not work any more."""
    try:
        link = get_link(tx, job.arguments["link"], secret)
    except NotFound:
        return ""
    member = find_member(tx, link.member_id)
    return member.email if member is not None and member.may_be_mailed else ""


def _answer_request(tx: Transaction, email: str, key: SecretKey) -> None:
    """Mail a link to the member with that address, if it is verified and none was mailed just now."""
    member = find_member_by_email(tx, email)
    if member is None or not member.may_be_mailed or has_fresh_link(tx, RESET, member, tx.now - OFTEN):
        return
    queue_mail(tx, RESET, member, make_link(tx, RESET, member), key)
