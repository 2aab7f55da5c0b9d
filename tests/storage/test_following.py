"""Following what other processes write."""

import asyncio
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from flagstaff.storage import following
from flagstaff.storage.following import Follower, Written
from flagstaff.storage.transaction import Item
from tests.delivery.planes import until
from tests.delivery.serving import ForwardClock, make_database, make_template


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_template(tmp_path)


def write_elsewhere(path, topic):
    def unit(tx):
        tx.run("INSERT INTO outbox (entry_id, topic, created) VALUES ('e', :topic, 1)", topic=topic)
        tx.items.append(Item("e1", "flags", "f", {"key": "f"}))

    other = make_database(path, ForwardClock())
    other.write_now(unit)
    other.close()


async def test_what_others_write_is_found_with_where_it_leads(path, monkeypatch):
    monkeypatch.setattr(following, "EVERY", 0.01)
    database = make_database(path, ForwardClock())
    database.start()
    write_elsewhere(path, "before")
    found: asyncio.Queue[Written] = asyncio.Queue()
    follower = Follower(database, found.put_nowait)
    follower.start()
    await asyncio.sleep(0.05)  # nothing is told of what was there at the start
    assert found.empty()

    write_elsewhere(path, "flag")
    first = await asyncio.wait_for(found.get(), 10)
    write_elsewhere(path, "project")
    second = await asyncio.wait_for(found.get(), 10)

    assert (first.topics, first.versions) == ({"flag"}, {"e1": 2})
    assert (second.topics, second.versions) == ({"project"}, {"e1": 3})
    assert second.position > first.position
    await follower.stop()
    await database.stop()


async def test_a_call_is_answered_at_once(path, monkeypatch):
    monkeypatch.setattr(following, "EVERY", 1_000)
    database = make_database(path, ForwardClock())
    database.start()
    found: asyncio.Queue[Written] = asyncio.Queue()
    follower = Follower(database, found.put_nowait)
    follower.start()
    while found.empty():
        write_elsewhere(path, "flag")
        follower.call()
        await asyncio.sleep(0.01)

    assert found.get_nowait().topics == {"flag"}
    await follower.stop()
    await database.stop()


async def test_a_database_that_cannot_be_read_is_asked_again(path, monkeypatch):
    monkeypatch.setattr(following, "EVERY", 0.01)
    database = make_database(path, ForwardClock())
    database.start()
    found: asyncio.Queue[Written] = asyncio.Queue()
    follower = Follower(database, found.put_nowait)
    with capture_logs() as logs:
        database._running = False
        follower.start()
        await until(lambda: len(logs) >= 2)
        database._running = True
    while found.empty():
        write_elsewhere(path, "flag")
        await asyncio.sleep(0.01)

    assert {entry["event"] for entry in logs} == {"changes_not_followed"}
    assert found.get_nowait().versions["e1"] > 0
    await follower.stop()
    await database.stop()
