"""Links in the database: of their secrets only digests, and one link of each kind for a member."""

from flagstaff.features.accounts.links.model import LIFETIMES, MemberLink
from flagstaff.features.accounts.model import Member
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.secrets import digest
from flagstaff.storage.transaction import Transaction


def make_link(tx: Transaction, kind: str, member: Member) -> str:
    """The secret of a new link; one of the same kind that the member had before ends."""
    tx.run("DELETE FROM member_links WHERE kind = :kind AND member_id = :id", kind=kind, id=member.id)
    secret = tx.ids.secret(kind)
    tx.run(
        "INSERT INTO member_links (digest, kind, member_id, created, expires) "
        "VALUES (:digest, :kind, :id, :now, :expires)",
        digest=digest(secret),
        kind=kind,
        id=member.id,
        now=tx.now,
        expires=tx.now + LIFETIMES[kind],
    )
    return secret


def get_link(tx: Transaction, kind: str, secret: str) -> MemberLink:
    """The link with that secret; raises NotFound for one that was used, has expired or never was."""
    row = tx.one(
        "SELECT member_id, created, expires FROM member_links "
        "WHERE digest = :digest AND kind = :kind AND expires > :now",
        digest=digest(secret),
        kind=kind,
        now=tx.now,
    )
    if row is None:
        raise NotFound("The link was used already, has expired, or never was valid")
    return MemberLink(*row)


def has_fresh_link(tx: Transaction, kind: str, member: Member, since: int) -> bool:
    """Whether the member was given such a link after that moment."""
    found = "SELECT 1 FROM member_links WHERE kind = :kind AND member_id = :id AND created > :since"
    return tx.one(found, kind=kind, id=member.id, since=since) is not None


def end_links_of(tx: Transaction, member: Member) -> None:
    """End every link of a member, who is no longer to come."""
    tx.run("DELETE FROM member_links WHERE member_id = :id", id=member.id)
