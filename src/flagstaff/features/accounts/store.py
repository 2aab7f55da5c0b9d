"""The account, its members and their passwords in the database."""

from collections.abc import Callable

import msgspec

from flagstaff.features.accounts.model import OWNER, Account, Member, fold_email
from flagstaff.features.accounts.represent import MemberSummaryRep, summarise_member
from flagstaff.kernel.errors import Conflict, NotFound
from flagstaff.storage.audit import Actor, Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.transaction import Transaction

ACCOUNTS = Documents("accounts", Account, lambda account: {"id": account.id})
MEMBERS = Documents(
    "members",
    Member,
    lambda member: {"id": member.id, "email": member.email, "role": member.role},
    remembered=1_024,
    personal=("email", "first_name", "last_name"),
)
SYSTEM = Actor()
# Filled by hooks.py: what ends when a member has a new password.
on_password_set: list[Callable[[Transaction, Member], None]] = []


def find_account(tx: Transaction) -> Account | None:
    """The account of this installation, or None before the first start."""
    return ACCOUNTS.find(tx, "true")


def find_member(tx: Transaction, member_id: str) -> Member | None:
    return MEMBERS.find(tx, "id = :id", id=member_id)


def find_summary(tx: Transaction, member_id: str | None) -> MemberSummaryRep | None:
    """The member in brief, or None where there is none (any more)."""
    member = find_member(tx, member_id) if member_id else None
    return None if member is None else summarise_member(member)


def get_member_by_email(tx: Transaction, email: str) -> Member:
    """The member with that address; raises NotFound."""
    member = find_member_by_email(tx, email)
    if member is None:
        raise NotFound(f"There is no member with the e-mail address {email!r}")
    return member


def find_member_by_email(tx: Transaction, email: str) -> Member | None:
    """The member with that address, however it is written, or None."""
    return MEMBERS.find(tx, "email = :email", email=fold_email(email))


def list_members(tx: Transaction) -> list[Member]:
    """Every member, in the order in which they were invited."""
    return sorted(MEMBERS.list(tx, "TRUE"), key=lambda member: (member.created, member.id))


def get_owner(tx: Transaction) -> Member:
    """The account's owner; raises NotFound before the first start."""
    member = MEMBERS.find(tx, "role = :role", role=OWNER)
    if member is None:
        raise NotFound("The account has no owner")
    return member


def create_account(tx: Transaction, email: str, password_hash: str) -> Member:
    """Make the account and its owner; raises Conflict when there is one already."""
    if find_account(tx) is not None:
        raise Conflict("The account exists already")
    owner = Member(id=tx.ids.object_id(), email=fold_email(email), role=OWNER, created=tx.now)
    account = Account(id=tx.ids.object_id(), name="Flagstaff", owner_id=owner.id, created=tx.now)
    entry = Entry(
        kind="account",
        name=account.name,
        title_verb="created the account",
        description="",
        accesses=(("createMember", f"member/{owner.id}"),),
        actor=SYSTEM,
    )
    save_change(tx, entry, [Write(ACCOUNTS, None, account), Write(MEMBERS, None, owner)])
    set_password(tx, owner, password_hash)
    return owner


def set_password(tx: Transaction, member: Member, password_hash: str) -> None:
    """Store a password's hash; it is no part of any document, so no copy or audit entry carries it.

    Whoever had signed in with the password before it must do so again.
    """
    update_hash(tx, member, password_hash)
    for end in on_password_set:
        end(tx, member)


def update_hash(tx: Transaction, member: Member, password_hash: str) -> None:
    """Store another hash of the same password."""
    tx.run(
        "INSERT INTO passwords (member_id, hash, changed) VALUES (:id, :hash, :now) "
        "ON CONFLICT (member_id) DO UPDATE SET hash = :hash, changed = :now",
        id=member.id,
        hash=password_hash,
        now=tx.now,
    )


def reset_password(tx: Transaction, member: Member, password_hash: str) -> None:
    """Replace a member's password, on the word of whoever operates the installation."""
    said = "Reset on the command line"
    entry = describe_member(member, "reset the password of", "resetPassword", SYSTEM, said)
    save_password(tx, member, member, password_hash, entry)


def save_password(tx: Transaction, before: Member, after: Member, password_hash: str, entry: Entry) -> Member:
    """Give a member a new password, with whatever else has changed of it; return the member as stored."""
    set_password(tx, before, password_hash)
    return note_member(tx, before, entry, after)


def note_member(tx: Transaction, before: Member, entry: Entry, after: Member | None = None) -> Member:
    """Write down what was done with a member or beside its document; return it as stored."""
    stored = msgspec.structs.replace(after or before, version=before.version + 1)
    save_change(tx, entry, [Write(MEMBERS, before, stored)])
    return stored


def describe_member(member: Member, verb: str, action: str, actor: Actor, description: str = "") -> Entry:
    """What the audit log says of a change of a member."""
    return Entry(
        kind="member",
        name=member.id,
        title_verb=verb,
        description=description,
        accesses=((action, f"member/{member.id}"),),
        actor=actor,
    )


def forget_password(tx: Transaction, member: Member) -> None:
    tx.run("DELETE FROM passwords WHERE member_id = :id", id=member.id)


def find_login(tx: Transaction, email: str) -> tuple[str, str]:
    """The id of the member with that address and the stored hash, each empty where there is none.

    One question, so that the time it takes does not tell which addresses there are.
    """
    row = tx.one(
        "SELECT members.id, hash FROM members "
        "LEFT JOIN passwords ON member_id = members.id WHERE email = :email",
        email=fold_email(email),
    )
    return ("", "") if row is None else (row[0], row[1] or "")


def find_password_hash(tx: Transaction, member: Member) -> str | None:
    row = tx.one("SELECT hash FROM passwords WHERE member_id = :id", id=member.id)
    return None if row is None else str(row[0])
