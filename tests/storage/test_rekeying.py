import sqlite3

import pytest

from flagstaff.storage import audit
from flagstaff.storage.audit import Actor, Entry
from flagstaff.storage.credentials import MOBILE, SDK, current_secret, list_credentials, replace_credential
from flagstaff.storage.kept_secrets import find_secret, keep_secret
from flagstaff.storage.rekeying import InUse, blank_expiring, encrypt_again, open_alone
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import Transaction

OLD, NEW = SecretKey(b"\xab" * 32), SecretKey(b"\xcd" * 32)


def give(database, secret, kind=SDK, expires=0):
    database.write_now(lambda tx: replace_credential(tx, "e1", kind, secret, OLD, expires=expires))


def test_every_text_is_read_with_the_new_key_alone(database):
    give(database, "sdk-1")
    give(database, "sdk-2", expires=database.clock() + 60_000)
    give(database, "mob-1", MOBILE)

    database.write_now(lambda tx: encrypt_again(tx, OLD, NEW))

    kept = database.read_now(lambda tx: list_credentials(tx, "e1"))
    assert sorted(NEW.decrypt(one.ciphertext) for one in kept) == ["mob-1", "sdk-1", "sdk-2"]
    assert database.read_now(lambda tx: current_secret(tx, "e1", SDK, NEW)) == "sdk-2"


def test_kept_secrets_are_read_with_the_new_key_and_lost_with_the_old_one(database):
    database.write_now(lambda tx: keep_secret(tx, "thing/1", "s3cret", OLD))

    database.write_now(lambda tx: encrypt_again(tx, OLD, NEW))
    assert database.read_now(lambda tx: find_secret(tx, "thing/1", NEW)) == "s3cret"

    database.write_now(lambda tx: blank_expiring(tx, OLD))
    assert database.read_now(lambda tx: find_secret(tx, "thing/1", OLD)) == ""


def test_texts_that_nobody_can_read_are_left_empty_and_their_keys_go_on(database):
    give(database, "sdk-1")
    database.write_now(
        lambda tx: replace_credential(tx, "e1", SDK, "sdk-2", NEW, expires=database.clock() + 60_000)
    )

    database.write_now(lambda tx: blank_expiring(tx, NEW))

    kept = {one.expires > 0: one for one in database.read_now(lambda tx: list_credentials(tx, "e1"))}
    assert NEW.decrypt(kept[True].ciphertext) == ""
    assert NEW.decrypt(kept[False].ciphertext) == "sdk-2"


def test_a_database_that_anybody_has_open_is_left_alone(database, scratch):
    database.read_now(audit.head)
    with pytest.raises(InUse, match="stop the server first"), open_alone(scratch):
        pass


def insert_alone(path, member, divisor=1):
    with open_alone(path) as connection:
        connection.execute("INSERT INTO passwords VALUES (?, 'hash', 0)", (member,))
        connection.execute("UPDATE passwords SET changed = 1 / ?", (divisor,))


def test_alone_means_in_one_transaction_which_an_error_ends(scratch, database):
    insert_alone(scratch, "m1")
    with pytest.raises(sqlite3.IntegrityError):
        insert_alone(scratch, "m2", divisor=0)
    assert database.read_now(lambda tx: tx.all("SELECT member_id FROM passwords")) == [("m1",)]


def test_a_log_that_is_sealed_again_holds_under_the_new_key_only(scratch, database):
    entry = Entry("thing", "a", "made", "", (("createThing", "thing/a"),), Actor())
    for _ in range(3):
        database.write_now(lambda tx: audit.record(tx, entry, []))
    database.close()

    with open_alone(scratch) as connection:
        tx = Transaction(connection, 0, database.ids, NEW.seal_key)
        assert audit.verify(tx) is not None
        audit.seal_again(tx)
        assert audit.verify(tx) is None

    assert database.read_now(audit.verify) is not None
