"""How stores fare, and when they are written to."""

from flagstaff.features.integrations.big_segment_stores import store
from flagstaff.features.integrations.big_segment_stores.store import MOST_ERRORS
from tests.support.big_segments import change, make_crowd
from tests.support.server import TestServer

STORES = "/api/v2/integration-capabilities/big-segment-store/default/test/redis"


def test_the_newest_errors_are_kept_and_a_success_keeps_them(server: TestServer) -> None:
    for number in range(MOST_ERRORS + 2):
        server.clock.advance(seconds=1)
        server.write(lambda tx, number=number: store.note_error(tx, "s", f"error {number}"))
    server.write(lambda tx: store.note_sync(tx, "s"))

    found = server.read(lambda tx: store.find_status(tx, "s"))

    assert (found.last_sync, found.last_error) == (server.clock.now, server.clock.now)
    assert [one.message for one in found.errors][:2] == ["error 11", "error 10"]
    assert len(found.errors) == MOST_ERRORS


def test_a_change_of_keys_makes_the_stores_that_are_on_due(server: TestServer) -> None:
    make_crowd(server)
    server.wired.jobs.stopping = True
    config = {"host": "redis.example.com"}
    for on in (True, False):
        body = {"config": config | {"prefix": str(on)}, "on": on}
        assert server.post(STORES, body, version="beta").status == 201
    server.write(lambda tx: tx.run("UPDATE jobs SET due = due + 30000"))

    change(server, included=["ann"])

    assert server.rows("SELECT due FROM jobs") == [(server.clock.now,)]
