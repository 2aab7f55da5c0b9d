"""Access tokens in the database: secrets of which only digests are kept, and what a lost role leaves."""

import pytest

from flagstaff.features.accounts.identities import identify
from flagstaff.features.accounts.roles.store import find_role
from flagstaff.features.accounts.tokens import store
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.audit import Actor
from tests.features.accounts.roles.calls import make_role
from tests.features.accounts.tokens.calls import make_token
from tests.support.audit import recorded
from tests.support.client import OWNER, READER
from tests.support.server import START, TestServer


def test_a_token_is_known_by_its_secret_of_which_only_the_digest_is_kept(server: TestServer) -> None:
    secret = server.add_token(role="reader", default_api_version=20240415)
    identity = server.read(lambda tx: identify(tx, secret))

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


def test_only_the_tokens_that_have_a_role_give_it_up(server: TestServer) -> None:
    make_role(server)
    make_token(server, name="other")
    held = make_token(server, customRoleIds=["ops"])

    def writes(tx):
        return store.give_up_role(tx, find_role(tx, "ops"))

    (write,) = server.read(writes)
    assert (write.before.id, write.after.custom_roles) == (held["_id"], ())


def test_an_expired_secret_is_forgotten_at_the_next_reset(server: TestServer) -> None:
    made = make_token(server)
    path = f"/api/v2/tokens/{made['_id']}/reset"
    server.post(path, query={"expiry": START + 1_000})
    server.clock.advance(seconds=2)

    server.post(path)

    assert server.count("former_secrets") == 0
