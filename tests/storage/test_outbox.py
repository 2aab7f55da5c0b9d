"""The outbox."""

import pytest

from flagstaff.storage import outbox
from flagstaff.storage.outbox import KEPT, add_event, list_topics, prune_events, read_position
from tests.support.server import TestServer


@pytest.fixture
def filled(server: TestServer) -> TestServer:
    """Three events, the last a day younger than the others."""
    server.write(lambda tx: tx.run("DELETE FROM outbox"))
    for days in (0, 0, 1):
        server.clock.advance(seconds=days * 24 * 3600)
        server.write(lambda tx: add_event(tx, "5e1", "flag"))
    return server


def first_position(server: TestServer) -> int:
    return int(server.rows("SELECT min(position) FROM outbox")[0][0])


def age(server: TestServer, *, of_last: int) -> None:
    """Let the youngest event be so old."""
    server.clock.advance(seconds=of_last / 1000)


def test_what_is_young_is_kept(filled: TestServer) -> None:
    age(filled, of_last=KEPT - 1)

    assert filled.write(prune_events) == 2
    assert filled.count("outbox") == 1
    assert filled.write(prune_events) == 0


@pytest.mark.parametrize(("passed", "kept"), [((0,), 3), ((1, 2), 2), ((2, 3), 1), ((3, 3), 0)])
def test_what_a_consumer_has_not_passed_on_is_kept_however_old(
    filled: TestServer, monkeypatch: pytest.MonkeyPatch, passed: tuple[int, ...], kept: int
) -> None:
    before = first_position(filled) - 1
    monkeypatch.setattr(outbox, "read_positions", [lambda _, n=n: before + n for n in passed])
    age(filled, of_last=KEPT)

    assert filled.write(prune_events) == 3 - kept
    assert filled.count("outbox") == kept


def test_one_unit_removes_a_bounded_number(filled: TestServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "BATCH", 2)
    age(filled, of_last=KEPT)

    assert [filled.write(prune_events) for _ in range(3)] == [2, 1, 0]


def test_every_change_has_a_position_and_a_topic(server: TestServer) -> None:
    before = server.read(read_position)

    server.post("/api/v2/flags/default", {"key": "f", "name": "F"})
    server.post("/api/v2/projects", {"key": "web", "name": "Web"})

    after = server.read(read_position)
    assert after > before
    assert server.read(lambda tx: list_topics(tx, before)) == {"flag", "project", "environment"}
    assert server.read(lambda tx: list_topics(tx, after)) == set()


def test_the_position_stays_when_events_are_removed(server: TestServer) -> None:
    before = server.read(read_position)

    server.write(lambda tx: tx.run("DELETE FROM outbox"))

    assert server.read(read_position) == before
