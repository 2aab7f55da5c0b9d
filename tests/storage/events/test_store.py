import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from flagstaff.kernel.errors import InvalidRequest, Unavailable
from flagstaff.storage.events import store as store_module
from flagstaff.storage.events.store import EventStore, explain_loss
from flagstaff.storage.events.transaction import EventTransaction

ADD = "INSERT INTO event_keys VALUES (NULL, 'e', 'custom', ?, 1, 1)"


def write_keys(tx: EventTransaction, keys: Sequence[str]) -> list[str]:
    for key in keys:
        if key == "defect":
            raise ZeroDivisionError
        tx.run(ADD, (key,))
    return [key.upper() for key in keys]


@asynccontextmanager
async def running(path: Path, write: Any = write_keys) -> AsyncIterator[EventStore[str]]:
    store: EventStore[str] = EventStore(path, write)
    store.start()
    yield store
    await store.stop()


def keys(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [key for (key,) in connection.execute("SELECT key FROM event_keys ORDER BY key")]


async def test_a_batch_is_durable_when_it_is_answered(events: Path) -> None:
    async with running(events) as store:
        assert await store.add("e", 1, "a") == "A"
        assert keys(events) == ["a"]


async def test_batches_that_wait_together_are_committed_together(events: Path) -> None:
    groups: list[int] = []

    def write(tx: EventTransaction, batch: Sequence[str]) -> list[str]:
        groups.append(len(batch))
        return write_keys(tx, batch)

    async with running(events, write) as store:
        assert await asyncio.gather(*(store.add("e", 1, key) for key in "abcdef")) == list("ABCDEF")
    assert len(groups) < 6
    assert keys(events) == list("abcdef")


async def test_a_batch_that_hits_a_defect_takes_nothing_from_its_neighbours(events: Path) -> None:
    async with running(events) as store:
        batches = ("a", "defect", "b", "a")  # the second "a" breaks a constraint
        results = await asyncio.gather(*(store.add("e", 1, key) for key in batches), return_exceptions=True)
    assert [type(result) for result in results] == [str, ZeroDivisionError, str, sqlite3.IntegrityError]
    assert keys(events) == ["a", "b"]


async def test_a_store_that_is_locked_asks_to_be_called_again_and_goes_on(
    events: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flagstaff.storage.sqlite.BUSY", 0.01)
    async with running(events) as store:
        with closing(sqlite3.connect(events)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(Unavailable) as caught:
                await store.add("e", 1, "a")
            assert caught.value.retry_after == 5
            other.rollback()
        assert await store.add("e", 1, "a") == "A"


async def test_a_full_disk_asks_to_be_called_again_and_nothing_is_kept(events: Path) -> None:
    def fill(tx: EventTransaction, batch: Sequence[str]) -> list[str]:
        tx.run(ADD, (batch[0],))
        tx.one("PRAGMA max_page_count=1")
        for number in range(100_000):
            tx.run(ADD, (batch[0] + "x" * 500 + str(number),))
        return list(batch)

    async with running(events, fill) as store:
        with pytest.raises(Unavailable):
            await store.add("e", 1, "a")
    assert keys(events) == []


async def test_who_waits_too_long_is_told_to_try_again_and_nothing_is_stored_for_them(
    events: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "SLOW", 0.05)
    go = threading.Event()

    def wait(tx: EventTransaction, batch: Sequence[str]) -> list[str]:
        go.wait(10)
        return write_keys(tx, batch)

    async with running(events, wait) as store:
        first = asyncio.ensure_future(store.add("e", 1, "a"))
        await asyncio.sleep(0)
        with pytest.raises(Unavailable, match="slow"):
            await first
        with pytest.raises(Unavailable, match="slow"):
            await store.add("e", 1, "b")
        go.set()
    assert keys(events) == ["a"]


async def test_a_unit_has_a_transaction_of_its_own(events: Path) -> None:
    def unit(tx: EventTransaction) -> int:
        return tx.run(ADD, ("u",))

    def failing(tx: EventTransaction) -> None:
        tx.run(ADD, ("v",))
        raise InvalidRequest("no")

    async with running(events) as store:
        results = await asyncio.gather(
            store.add("e", 1, "a"), store.write(unit), store.write(failing), return_exceptions=True
        )
    assert results[:2] == ["A", 1]
    assert isinstance(results[2], InvalidRequest)
    assert keys(events) == ["a", "u"]


async def test_what_was_handed_in_is_finished_before_the_end(events: Path) -> None:
    async with running(events) as store:
        waiting = [asyncio.ensure_future(store.add("e", 1, key)) for key in "abc"]
        await asyncio.sleep(0)
    assert await asyncio.gather(*waiting) == ["A", "B", "C"]
    with pytest.raises(Unavailable):
        await store.add("e", 1, "d")


def test_a_value_that_cannot_be_stored_is_the_fault_of_the_request() -> None:
    assert isinstance(explain_loss(OverflowError()), InvalidRequest)
    assert isinstance(explain_loss(ZeroDivisionError()), ZeroDivisionError)
