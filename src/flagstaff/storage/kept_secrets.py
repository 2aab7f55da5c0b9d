"""Secrets that the installation must be able to read again, encrypted, by what they belong to.

They are no part of any document, so no copy, audit entry or export carries them.
"""

from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import Transaction


def keep_secret(tx: Transaction, owner: str, secret: str, key: SecretKey) -> None:
    """Keep the one secret of `owner` (such as `webhook/<id>`), in place of the one before."""
    tx.run(
        "INSERT INTO kept_secrets (owner, ciphertext) VALUES (:owner, :ciphertext) "
        "ON CONFLICT (owner) DO UPDATE SET ciphertext = excluded.ciphertext",
        owner=owner,
        ciphertext=key.encrypt(secret, tx.ids.draw(12)),
    )


def find_secret(tx: Transaction, owner: str, key: SecretKey) -> str:
    """The secret of `owner`; empty where it has none."""
    row = tx.one("SELECT ciphertext FROM kept_secrets WHERE owner = :owner", owner=owner)
    return "" if row is None else key.decrypt(bytes(row[0]))


def forget_secret(tx: Transaction, owner: str) -> None:
    """Remove the secret of `owner`, if it has one."""
    tx.run("DELETE FROM kept_secrets WHERE owner = :owner", owner=owner)
