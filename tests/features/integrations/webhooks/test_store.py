"""Deliveries in the database: what is queued with a change, and what is forgotten."""

from flagstaff.features.integrations.webhooks.store import KEPT, find_webhook, list_deliveries, note_attempt
from tests.features.integrations.webhooks.calls import make_webhook
from tests.support.flag_calls import make
from tests.support.server import TestServer


def test_a_change_is_queued_in_its_own_unit_for_webhooks_that_are_on(
    server: TestServer,
) -> None:
    server.wired.jobs.stopping = True  # nothing is sent
    make_webhook(server)
    make_webhook(server, on=False)
    before = server.count("deliveries")

    make(server)

    assert server.count("deliveries") == before + 1
    assert server.rows("SELECT count(*) FROM jobs WHERE kind = 'webhook'") == [(1,)]


def test_a_change_that_is_refused_is_not_queued(server: TestServer) -> None:
    server.wired.jobs.stopping = True
    make_webhook(server)
    make(server)
    before = server.count("deliveries")

    assert server.post("/api/v2/flags/default", {"key": "checkout", "name": "Again"}).status == 409

    assert server.count("deliveries") == before


def test_finished_deliveries_are_forgotten_after_30_days(server: TestServer) -> None:
    server.wired.jobs.stopping = True
    made = make_webhook(server)
    make(server, "first")
    make(server, "second")

    def finish(place):
        def unit(tx):
            found, _ = list_deliveries(tx, find_webhook(tx, made["_id"]), 10, 0)
            note_attempt(tx, found[place], 200, "")

        return unit

    server.write(finish(-1))
    server.clock.advance(seconds=KEPT / 1000 + 1)
    server.write(finish(0))

    states = server.rows("SELECT state FROM deliveries ORDER BY position")
    assert ("delivered",) in states
    assert server.rows("SELECT count(*) FROM deliveries WHERE finished > 0") == [(1,)]
