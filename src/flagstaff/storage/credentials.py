"""SDK and mobile keys: looked up by digest, shown from their encrypted form, valid until they expire."""

import msgspec

from flagstaff.kernel.clock import Millis
from flagstaff.storage.secrets import SecretKey, digest
from flagstaff.storage.transaction import CredentialChange, Row, Transaction

SDK, MOBILE = "sdk", "mobile"
COLUMNS = "digest, environment_id, kind, ciphertext, expires"


class Credential(msgspec.Struct, frozen=True):
    """One key of one environment. `expires` is 0 for the current key, else when the old one stops."""

    digest: bytes
    environment_id: str
    kind: str
    ciphertext: bytes
    expires: Millis

    def is_valid(self, now: Millis) -> bool:
        return not self.expires or now < self.expires


def find_credential(tx: Transaction, secret: str) -> Credential | None:
    """The key with that text, expired or not, or None."""
    row = tx.one(f"SELECT {COLUMNS} FROM credentials WHERE digest = :digest", digest=digest(secret))
    return None if row is None else _credential(row)


def list_credentials(tx: Transaction, environment_id: str) -> list[Credential]:
    """The keys of an environment, expired ones included."""
    rows = tx.all(f"SELECT {COLUMNS} FROM credentials WHERE environment_id = :id", id=environment_id)
    return [_credential(row) for row in rows]


def list_all_credentials(tx: Transaction) -> list[Credential]:
    """The keys of every environment, one environment after another."""
    rows = tx.all(f"SELECT {COLUMNS} FROM credentials ORDER BY environment_id")
    return [_credential(row) for row in rows]


def current_secret(tx: Transaction, environment_id: str, kind: str, key: SecretKey) -> str:
    """The text of the key that does not expire."""
    row = tx.one(
        "SELECT ciphertext FROM credentials WHERE environment_id = :id AND kind = :kind AND expires = 0",
        id=environment_id,
        kind=kind,
    )
    return key.decrypt(row[0]) if row else ""


def replace_credential(
    tx: Transaction, environment_id: str, kind: str, secret: str, key: SecretKey, *, expires: Millis = 0
) -> None:
    """Make `secret` the current key; the one before it works until `expires`, or no longer when that is 0."""
    where = "environment_id = :id AND kind = :kind AND expires = 0"
    if expires > tx.now:
        tx.run(
            f"UPDATE credentials SET expires = :expires WHERE {where}",
            expires=expires,
            id=environment_id,
            kind=kind,
        )
    else:
        tx.run(f"DELETE FROM credentials WHERE {where}", id=environment_id, kind=kind)
    tx.run("DELETE FROM credentials WHERE expires BETWEEN 1 AND :now", now=tx.now)
    tx.run(
        f"INSERT INTO credentials ({COLUMNS}) VALUES (:digest, :id, :kind, :ciphertext, 0)",
        digest=digest(secret),
        id=environment_id,
        kind=kind,
        ciphertext=key.encrypt(secret, tx.ids.draw(12)),
    )
    tx.effects.append(CredentialChange(environment_id))


def forget_credentials(tx: Transaction, environment_id: str) -> None:
    """End every key of a deleted environment."""
    tx.run("DELETE FROM credentials WHERE environment_id = :id", id=environment_id)
    tx.effects.append(CredentialChange(environment_id))


def _credential(row: Row) -> Credential:
    found, environment_id, kind, ciphertext, expires = row
    return Credential(bytes(found), environment_id, kind, bytes(ciphertext), expires)
