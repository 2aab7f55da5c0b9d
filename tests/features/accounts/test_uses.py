"""When tokens and sessions were last used, as it is written down and shown."""

import pytest

from flagstaff.features.accounts.tokens.store import last_uses, save_uses
from flagstaff.features.accounts.uses import Uses
from flagstaff.http.identity import ANONYMOUS, Identity
from flagstaff.kernel.errors import Unavailable
from flagstaff.storage.audit import Actor
from tests.features.accounts.tokens.calls import MANY, make_token
from tests.support.client import SESSION
from tests.support.server import START, TestServer


def save(server: TestServer) -> None:
    server.run(server.wired.uses.save_uses(server.database))


def test_a_use_is_written_down_without_an_audit_entry_and_shown(server: TestServer) -> None:
    made = make_token(server)
    server.clock.advance(seconds=5)
    assert server.get("/api/v2/projects", as_=made["token"]).status == 200
    entries = server.count("audit_log")

    save(server)

    assert server.get(f"{MANY}/{made['_id']}").json["lastUsed"] == START + 5_000
    assert server.count("audit_log") == entries


def test_an_answer_from_memory_counts_as_a_use(server: TestServer) -> None:
    made = make_token(server)
    for _ in range(2):
        server.clock.advance(seconds=1)
        server.get("/api/v2/flags/default", as_=made["token"])

    save(server)

    assert server.read(last_uses)[made["_id"]] == START + 2_000


def test_a_refused_call_is_no_use(server: TestServer) -> None:
    made = make_token(server)
    assert server.get("/api/v2/flags/nowhere", as_=made["token"]).status == 404

    save(server)

    assert made["_id"] not in server.read(last_uses)


def test_a_session_is_seen_without_an_audit_entry(server: TestServer) -> None:
    server.clock.advance(seconds=5)
    assert server.get("/api/v2/projects", as_=SESSION).status == 200
    entries = server.count("audit_log")

    save(server)

    (session,) = server.get("/auth/sessions", as_=SESSION).json["items"]
    assert session["lastSeen"] == START + 5_000
    assert server.count("audit_log") == entries


def test_an_older_use_never_replaces_a_newer_one_and_no_row_outlives_its_token(server: TestServer) -> None:
    made = make_token(server)
    server.write(lambda tx: save_uses(tx, {made["_id"]: 20, "gone": 20}))
    server.write(lambda tx: save_uses(tx, {made["_id"]: 10}))

    assert server.read(last_uses) == {made["_id"]: 20}


def test_what_a_database_that_has_ended_cannot_take_is_told(server: TestServer) -> None:
    uses = Uses(server.database)
    uses.note(Identity(ANONYMOUS.caller, Actor(token_id="t1")))
    server.run(server.database.stop())

    with pytest.raises(Unavailable):
        server.run(uses.save_uses(server.database))


def test_a_member_is_seen_with_each_token_and_in_person(server: TestServer) -> None:
    made = make_token(server)
    owner = server.get("/api/v2/members/me").json["_id"]
    assert server.get("/api/v2/projects", as_=made["token"]).status == 200
    save(server)

    seen = server.get(f"/api/v2/members/{owner}").json
    assert (seen["_lastSeen"], seen["_lastSeenMetadata"]) == (START, {"tokenId": made["_id"]})

    server.clock.advance(seconds=5)
    assert server.get("/api/v2/projects", as_=SESSION).status == 200
    save(server)

    assert server.post("/auth/sign-out", as_=SESSION).status == 204
    seen = server.get(f"/api/v2/members/{owner}").json
    assert (seen["_lastSeen"], "_lastSeenMetadata" in seen) == (START + 5_000, False)


def test_a_service_token_shows_nobody(server: TestServer) -> None:
    robot = make_token(server, serviceToken=True)["token"]
    save(server)
    server.clock.advance(seconds=5)

    assert server.get("/api/v2/projects", as_=robot).status == 200
    save(server)

    assert server.rows("SELECT last_used FROM member_uses") == [(START,)]
