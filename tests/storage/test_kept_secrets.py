"""Secrets by what they belong to."""

from flagstaff.storage.kept_secrets import find_secret, forget_secret, keep_secret
from flagstaff.storage.secrets import SecretKey

KEY = SecretKey(b"k" * 32)


def test_a_secret_is_kept_encrypted_replaced_and_forgotten(database):
    assert database.read_now(lambda tx: find_secret(tx, "thing/1", KEY)) == ""
    for secret in ("first", "second"):
        database.write_now(lambda tx, secret=secret: keep_secret(tx, "thing/1", secret, KEY))

    assert database.read_now(lambda tx: find_secret(tx, "thing/1", KEY)) == "second"
    ((stored,),) = database.read_now(lambda tx: tx.all("SELECT ciphertext FROM kept_secrets"))
    assert b"second" not in stored

    database.write_now(lambda tx: forget_secret(tx, "thing/1"))
    assert database.read_now(lambda tx: find_secret(tx, "thing/1", KEY)) == ""
