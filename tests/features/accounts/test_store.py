"""The account and its members in the database."""

import pytest

from flagstaff.features.accounts import store
from flagstaff.kernel.errors import Conflict, NotFound
from tests.support.audit import recorded
from tests.support.server import OWNER_EMAIL, TestServer


def test_there_is_one_account_with_one_owner(server: TestServer) -> None:
    account, owner = server.read(store.find_account), server.read(store.get_owner)

    assert account is not None
    assert account.owner_id == owner.id
    assert (owner.email, owner.role) == (OWNER_EMAIL, "owner")
    with pytest.raises(Conflict):
        server.write(lambda tx: store.create_account(tx, "other@example.com", "hash"))


@pytest.mark.parametrize("address", [OWNER_EMAIL, OWNER_EMAIL.upper(), f" {OWNER_EMAIL} "])
def test_members_are_found_by_their_address_however_it_is_written(server: TestServer, address: str) -> None:
    assert server.read(lambda tx: store.get_member_by_email(tx, address)).role == "owner"


def test_an_unknown_address_is_named(server: TestServer) -> None:
    with pytest.raises(NotFound, match=r"nobody@example\.com"):
        server.read(lambda tx: store.get_member_by_email(tx, "nobody@example.com"))


def test_a_password_is_replaced_and_its_hash_is_in_no_document(server: TestServer) -> None:
    owner = server.read(store.get_owner)
    before = server.count("audit_log")

    server.write(lambda tx: store.reset_password(tx, owner, "the hash"))

    assert server.read(lambda tx: store.find_password_hash(tx, owner)) == "the hash"
    (entry,) = recorded(server, before)
    assert (entry.kind, entry.name, entry.verb) == ("member", owner.id, "reset the password of")
    assert (entry.member_id, entry.token_id) == ("", "")
    assert "the hash" not in str(entry)
