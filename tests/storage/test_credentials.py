import pytest

from flagstaff.storage.credentials import (
    MOBILE,
    SDK,
    current_secret,
    find_credential,
    forget_credentials,
    list_credentials,
    replace_credential,
)
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import CredentialChange

KEY = SecretKey(b"s" * 32)
NOW = 1_700_000_000_000


def give(database, secret, kind=SDK, expires=0):
    database.write_now(lambda tx: replace_credential(tx, "e1", kind, secret, KEY, expires=expires))


def find(database, secret):
    return database.read_now(lambda tx: find_credential(tx, secret))


def test_a_key_is_found_by_its_text_and_shown_from_its_encrypted_form(database):
    give(database, "sdk-1")
    give(database, "mob-1", MOBILE)
    assert find(database, "sdk-1").environment_id == "e1"
    assert find(database, "sdk-2") is None
    assert database.read_now(lambda tx: current_secret(tx, "e1", MOBILE, KEY)) == "mob-1"


def test_the_text_of_a_key_is_not_in_the_database(database, scratch):
    give(database, "sdk-very-secret")
    database.close()
    assert b"very-secret" not in scratch.read_bytes()


@pytest.mark.parametrize(("expires", "valid"), [(NOW + 1000, True), (NOW, None), (0, None)])
def test_the_old_key_works_until_it_expires_or_not_at_all(database, expires, valid):
    give(database, "sdk-old")
    give(database, "sdk-new", expires=expires)
    old = find(database, "sdk-old")
    assert (old and old.is_valid(NOW)) is valid
    assert find(database, "sdk-new").is_valid(NOW + 10**9)
    if old:
        assert not old.is_valid(NOW + 1000)


def test_an_environment_that_is_deleted_has_no_keys(database):
    give(database, "sdk-1")
    give(database, "mob-1", MOBILE)
    database.write_now(lambda tx: forget_credentials(tx, "e1"))
    assert database.read_now(lambda tx: list_credentials(tx, "e1")) == []


def test_a_new_key_is_announced_to_the_process(database):
    def unit(tx):
        replace_credential(tx, "e1", SDK, "sdk-1", KEY)
        return tx.effects

    assert database.write_now(unit) == [CredentialChange("e1")]
