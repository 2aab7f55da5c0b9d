"""Encrypting and sealing an installation anew under another secret key, while nobody else has it open."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from flagstaff.storage.kept_secrets import keep_secret
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import Transaction


class InUse(RuntimeError):
    """Another process has the database open."""


@contextmanager
def open_alone(database: Path) -> Iterator[sqlite3.Connection]:
    """One transaction on a connection that shuts out all others; raises InUse if there is any."""
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise
            raise InUse(f"{database} is in use: stop the server first") from None
        yield connection
        connection.execute("COMMIT")


def encrypt_again(tx: Transaction, old: SecretKey, new: SecretKey) -> None:
    """Make every SDK and mobile key, and every kept secret, readable with `new` alone."""
    _replace_texts(tx, new, "true", old.decrypt)
    for owner, ciphertext in tx.all("SELECT owner, ciphertext FROM kept_secrets"):
        keep_secret(tx, owner, old.decrypt(bytes(ciphertext)), new)


def blank_expiring(tx: Transaction, key: SecretKey) -> None:
    """Nobody can read the texts of replaced keys any more: they work until they expire, and show nothing.

    Kept secrets are lost: whoever needs them must be given them anew.
    """
    tx.run("DELETE FROM kept_secrets")
    _replace_texts(tx, key, "expires > 0", lambda _: "")


def _replace_texts(tx: Transaction, key: SecretKey, where: str, text: Callable[[bytes], str]) -> None:
    rows = tx.all(f"SELECT digest, ciphertext FROM credentials WHERE {where}")
    tx.run_many(
        "UPDATE credentials SET ciphertext = :ciphertext WHERE digest = :digest",
        [
            {"digest": digest, "ciphertext": key.encrypt(text(bytes(old)), tx.ids.draw(12))}
            for digest, old in rows
        ],
    )
