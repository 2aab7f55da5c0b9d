"""Accounts, members and access tokens in the database."""

import pytest

from flagstaff.features.accounts import store
from flagstaff.kernel.errors import Conflict, NotFound
from flagstaff.storage.audit import Actor
from tests.support.audit import recorded
from tests.support.client import OWNER, READER
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
    assert (entry.kind, entry.name, entry.verb) == ("member", OWNER_EMAIL, "reset the password of")
    assert (entry.member_id, entry.token_id) == ("", "")
    assert "the hash" not in str(entry)


def test_a_token_is_known_by_its_secret_of_which_only_the_digest_is_kept(server: TestServer) -> None:
    secret = server.add_token(role="reader", default_api_version=20240415)
    identity = server.read(lambda tx: store.identify(tx, secret))

    assert identity is not None
    assert identity.default_version == 20240415
    assert server.read(lambda tx: store.has_token(tx, secret))
    assert not server.read(lambda tx: store.has_token(tx, f"{secret}x"))
    bodies = server.rows("SELECT body FROM tokens")
    assert not [body for (body,) in bodies if secret in str(body)]
    assert secret not in str(recorded(server)[-1])


def test_tokens_are_listed_from_the_oldest_on(server: TestServer) -> None:
    server.clock.advance(seconds=1)
    server.add_token(role="writer")

    tokens = server.read(store.list_tokens)

    assert tokens[-1].role == "writer"
    assert {token.ending for token in tokens[:-1]} >= {OWNER[-4:], READER[-4:]}


def test_a_deleted_token_opens_nothing_any_more(server: TestServer) -> None:
    secret = server.add_token(role="reader")
    assert server.get("/api/v2/projects", as_=secret).status == 200
    (token,) = [one for one in server.read(store.list_tokens) if one.ending == secret[-4:]]
    before = server.count("audit_log")

    server.write(lambda tx: store.delete_token(tx, store.get_token(tx, token.id), Actor(token.member_id)))

    assert server.get("/api/v2/projects", as_=secret).status == 401
    (entry,) = recorded(server, before)
    assert entry.verb == "deleted the access token"
    assert entry.accesses == [["deleteAccessToken", f"member/{token.member_id}:token/{token.id}"]]
    with pytest.raises(NotFound, match=token.id):
        server.read(lambda tx: store.get_token(tx, token.id))


def test_a_service_token_is_recorded_as_one(server: TestServer) -> None:
    server.add_token(role="reader", service=True)

    entry = recorded(server)[-1]
    ((action, resource),) = entry.accesses
    assert action == "createAccessToken"
    assert resource.startswith("service-token/")
