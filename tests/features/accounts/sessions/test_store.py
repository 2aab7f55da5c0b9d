"""Sessions in the database."""

import msgspec

from flagstaff.features.accounts.sessions import store
from flagstaff.features.accounts.sessions.model import IDLE, LIFETIME, Session
from flagstaff.features.accounts.store import get_owner
from flagstaff.storage.transaction import Transaction
from tests.support.server import START, TestServer

A_SESSION = Session(
    id="", member_id="m1", created=START, expires=START + LIFETIME, address="10.0.0.1", user_agent="A browser"
)


def add(tx: Transaction, name: str) -> None:
    session = msgspec.structs.replace(
        A_SESSION, id=name, created=tx.now, expires=tx.now + LIFETIME, member_id=get_owner(tx).id
    )
    store.add_session(tx, session, f"session-{name}")


def list_ids(server: TestServer) -> list[str]:
    found = server.read(lambda tx: store.list_sessions(tx, get_owner(tx).id))
    return [session.id for session in found if session.id in {"first", "second", "third"}]


def test_the_session_that_was_used_last_comes_first_and_the_ended_are_gone(server: TestServer) -> None:
    server.write(lambda tx: add(tx, "first"))
    server.clock.advance(seconds=1)
    server.write(lambda tx: add(tx, "second"))
    server.write(lambda tx: add(tx, "third"))
    server.write(lambda tx: store.save_uses(tx, {"first": START + 2_000, "gone": START + 9_000}))
    server.write(lambda tx: store.end_session(tx, "third"))

    assert list_ids(server) == ["first", "second"]
    assert server.count("session_uses") == 1


def test_sessions_that_are_over_are_removed_when_the_next_begins(server: TestServer) -> None:
    server.write(lambda tx: add(tx, "first"))
    server.clock.advance(seconds=IDLE // 2000)
    server.write(lambda tx: store.save_uses(tx, {"first": tx.now}))
    server.clock.advance(seconds=IDLE // 2000)

    server.write(lambda tx: add(tx, "second"))
    assert {row[0] for row in server.rows("SELECT id FROM sessions")} == {"first", "second"}

    server.clock.advance(seconds=IDLE // 1000)
    assert list_ids(server) == []
    server.write(lambda tx: add(tx, "third"))
    assert server.rows("SELECT id FROM sessions") == [("third",)]
    assert server.count("session_uses") == 0


def test_an_older_use_never_replaces_a_newer_one(server: TestServer) -> None:
    server.write(lambda tx: add(tx, "first"))
    server.write(lambda tx: store.save_uses(tx, {"first": START + 20}))
    server.write(lambda tx: store.save_uses(tx, {"first": START + 10}))

    assert server.rows("SELECT last_used FROM session_uses") == [(START + 20,)]
