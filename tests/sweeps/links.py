"""What of the world signing in needs: links that work, and a second factor that waits to be confirmed."""

from flagstaff.features.accounts.factors.store import owner_of
from flagstaff.features.accounts.links.model import INVITATION, RESET
from flagstaff.features.accounts.store import get_owner
from flagstaff.storage.kept_secrets import keep_secret
from flagstaff.storage.secrets import SecretKey, digest
from flagstaff.storage.transaction import Transaction
from tests.features.accounts.factors.codes import SECRET
from tests.sweeps.callers import make_member
from tests.sweeps.examples import FORGOTTEN, INVITED


def add_links(tx: Transaction, key: SecretKey) -> None:
    owner, pending = get_owner(tx), make_member(tx, "pending", "reader")
    keep_secret(tx, owner_of(owner), SECRET, key)
    tx.run("INSERT INTO second_factors VALUES (:id, 0, :now, 0)", id=owner.id, now=tx.now)
    for secret, kind, member in ((INVITED, INVITATION, pending), (FORGOTTEN, RESET, owner)):
        tx.run(
            "INSERT INTO member_links VALUES (:digest, :kind, :id, :now, :expires)",
            digest=digest(secret),
            kind=kind,
            id=member.id,
            now=tx.now,
            expires=tx.now + 3_600_000,
        )
