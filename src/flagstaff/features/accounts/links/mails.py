"""Mails with a link: what they say, and the jobs that send them, in which secrets are encrypted."""

import msgspec

from flagstaff.features.accounts.links.model import INVITATION, RESET
from flagstaff.features.accounts.model import Member
from flagstaff.storage.jobs import Job, enqueue
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import Transaction

MAIL, REQUEST = "mail", "password-reset"  # kinds of jobs
BODIES = {
    INVITATION: (
        "You are invited to Flagstaff",
        "You are invited to Flagstaff, where feature flags are managed. Choose your password here:",
        "The link works once, within seven days.",
    ),
    RESET: (
        "Choose a new password for Flagstaff",
        "Somebody, hopefully you, has asked for a new password for Flagstaff. Choose it here:",
        "The link works once, within an hour. If it was not you, there is nothing to do.",
    ),
}


class Mail(msgspec.Struct, frozen=True):
    """What is sent to whom."""

    to: str
    subject: str
    text: str


def compose_mail(kind: str, to: str, address: str) -> Mail:
    """The mail with a link of that kind, which leads to this address."""
    subject, before, after = BODIES[kind]
    return Mail(to, subject, f"{before}\n\n{address}\n\n{after}\n")


def queue_mail(tx: Transaction, kind: str, member: Member, secret: str, key: SecretKey) -> None:
    """Have a link mailed to a member once this unit is committed."""
    arguments = {"link": kind, "member": member.id, "secret": _seal(tx, secret, key)}
    enqueue(tx, Job(kind=MAIL, subject=f"member/{member.id}", arguments=arguments))


def queue_request(tx: Transaction, email: str, key: SecretKey) -> None:
    """Have a member with that address, if there is one, mailed the way to a new password.

    Whether there is one is found out by the job, so that the answer takes the same time in either case.
    """
    enqueue(tx, Job(kind=REQUEST, arguments={"email": _seal(tx, email, key)}))


def unseal(text: str, key: SecretKey) -> str:
    """A secret from the arguments of a job."""
    return key.decrypt(bytes.fromhex(text))


def _seal(tx: Transaction, secret: str, key: SecretKey) -> str:
    return key.encrypt(secret, tx.ids.draw(12)).hex()
