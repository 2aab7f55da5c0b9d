"""Secrets that were replaced and still work until they end, of every table that has a `digest`."""

from flagstaff.kernel.clock import Millis
from flagstaff.storage.transaction import Transaction


def keep_former(tx: Transaction, table: str, owner_id: str, expires: Millis) -> None:
    """Let the secret that a row has, before it changes, work until `expires`, if that is to come."""
    tx.run("DELETE FROM former_secrets WHERE expires <= :now", now=tx.now)
    if expires > tx.now:
        tx.run(
            "INSERT INTO former_secrets (digest, owner_id, expires) "
            f"SELECT digest, id, :expires FROM {table} WHERE id = :id",
            expires=expires,
            id=owner_id,
        )


def find_owner(tx: Transaction, digest: bytes) -> tuple[str, Millis] | None:
    """Whose secret it was, and when it ends; None where none with this digest works."""
    row = tx.one(
        "SELECT owner_id, expires FROM former_secrets WHERE digest = :digest AND expires > :now",
        digest=digest,
        now=tx.now,
    )
    return None if row is None else (str(row[0]), int(row[1]))


def forget_former(tx: Transaction, owner_id: str) -> None:
    """End every former secret of what is deleted."""
    tx.run("DELETE FROM former_secrets WHERE owner_id = :id", id=owner_id)
