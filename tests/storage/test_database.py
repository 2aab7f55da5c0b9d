import asyncio
import contextvars
import resource
import signal
import threading
from contextlib import asynccontextmanager, contextmanager

import pytest

from flagstaff.kernel.errors import Conflict, InvalidRequest, Unavailable
from flagstaff.storage import database as database_module
from flagstaff.storage.audit import Actor, Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.documents import Write
from flagstaff.storage.publishing import load_items
from flagstaff.storage.schema import EVENT_MIGRATIONS, upgrade_schema
from flagstaff.storage.sqlite import events_beside
from flagstaff.storage.transaction import EnvironmentChange, Item, Saved
from tests.storage.conftest import THINGS, Thing

ENTRY = Entry("thing", "a thing", "made", "", (("createThing", "thing/1"),), Actor())


@asynccontextmanager
async def running(database):
    database.start()
    yield database
    await database.stop()


def making(name, filler=0):
    thing = Thing(name, name + "x" * filler)
    return lambda tx: save_change(tx, ENTRY, [Write(THINGS, None, thing)]) and name


def names(tx):
    return [thing.id for thing in THINGS.list(tx, "true ORDER BY id")]


async def test_a_unit_that_fails_takes_nothing_from_its_neighbours(database):
    def failing(tx):
        making("b")(tx)
        raise Conflict("taken")

    async with running(database):
        units = [making("a"), failing, making("c")]
        results = await asyncio.gather(*map(database.write, units), return_exceptions=True)
        assert [str(result) for result in results] == ["a", "taken", "c"]
        assert await database.read(names) == ["a", "c"]


async def test_a_read_sees_every_change_that_was_answered_before_it(database):
    async with running(database):
        for number in range(50):
            await database.write(making(f"{number:02}"))
            assert len(await database.read(names)) == number + 1


async def test_a_dry_run_answers_and_keeps_nothing(database):
    def trying(tx):
        tx.discard()
        return making("a")(tx)

    async with running(database):
        assert await database.write(trying) == "a"
        assert await database.read(names) == []


async def test_each_unit_runs_in_the_context_of_its_call(database):
    caller = contextvars.ContextVar("caller")

    async def call(number):
        caller.set(number)
        return await database.write(lambda _: caller.get())

    async with running(database):
        assert await asyncio.gather(*map(call, range(100))) == list(range(100))


async def test_effects_are_told_before_answers_and_again_after_them(database):
    told = []
    database.advance = lambda effects: told.append(("advance", len(effects)))
    database.announce = lambda effects: told.append(("announce", len(effects)))

    async def write():
        await database.write(lambda tx: tx.items.append(Item("e1", "flags", "f", {"key": "f"})))
        told.append(("answered",))

    async with running(database):
        await write()
    assert told == [("advance", 1), ("announce", 1), ("answered",)]


@pytest.mark.parametrize("value", [2**70, "\ud800"])
async def test_a_value_that_cannot_be_stored_is_the_callers_fault(database, value):
    async with running(database):
        with pytest.raises(InvalidRequest):
            await database.write(lambda tx: tx.one("SELECT :value", value=value))
        with pytest.raises(InvalidRequest):
            await database.read(lambda tx: tx.one("SELECT :value", value=value))


async def test_a_disk_that_fills_in_the_middle_of_a_group_loses_the_group_and_nothing_else(database):
    published = []
    database.announce = published.extend

    def publishing(tx):
        tx.items.append(Item("e1", "flags", "f", {"key": "f"}))
        return making("published")(tx)

    async with running(database):
        await database.write(making("kept"))
        await database.write(lambda tx: _limit_pages(tx, 2))
        units = [publishing, making("too-large", 100_000), making("after")]
        results = await asyncio.gather(*map(database.write, units), return_exceptions=True)
        answered = [result for result in results if isinstance(result, str)]
        assert any(isinstance(result, Unavailable) and result.retry_after for result in results)
        stored = await database.read(names)
        assert stored == sorted(["kept", *answered])
        items = await database.read(lambda tx: load_items(tx, "e1"))
        seen = [effect for effect in published if isinstance(effect, EnvironmentChange)]
        assert len(seen) == len(items) == answered.count("published")
        await database.write(lambda tx: _limit_pages(tx, 10_000))
        assert await database.write(making("later")) == "later"


async def test_a_disk_that_is_full_at_commit_answers_every_unit_with_503(database):
    published = []
    database.announce = published.extend

    def publishing(tx):
        tx.items.append(Item("e1", "flags", "f", {"key": "f"}))
        return making("a", 50_000)(tx)

    async with running(database):
        await database.write(making("kept"))
        with full_disk():
            results = await asyncio.gather(
                *map(database.write, [publishing, making("b"), lambda _: "read nothing"]),
                return_exceptions=True,
            )
        assert [type(result) for result in results] == [Unavailable] * 3
        assert published == [Saved("thing")]  # of the one before
        assert await database.read(names) == ["kept"]
        assert await database.write(making("later")) == "later"


@pytest.mark.parametrize(
    ("most_units", "most_seconds", "groups"),
    [(64, 60, [1 + 9]), (4, 60, [4, 4, 2]), (64, -1, [1] * 10)],
    ids=["all who wait", "no more than so many", "no longer than so long"],
)
async def test_a_group_takes_in_who_waits_within_its_bounds(
    database, monkeypatch, most_units, most_seconds, groups
):
    monkeypatch.setattr(database_module, "GROUP_UNITS", most_units)
    monkeypatch.setattr(database_module, "GROUP_SECONDS", most_seconds)
    advanced, go = [], threading.Event()
    database.advance = lambda effects: advanced.append(len(effects))

    def publishing(tx):
        assert go.wait(10)
        tx.items.append(Item("e1", "flags", "f", {"key": "f"}))

    async with running(database):
        writes = [asyncio.ensure_future(database.write(publishing)) for _ in range(10)]
        await asyncio.sleep(0)
        go.set()
        await asyncio.gather(*writes)
    assert advanced == groups


async def test_what_was_handed_in_before_the_end_is_finished(database):
    database.start()
    writes = [asyncio.ensure_future(database.write(making(f"{number:03}"))) for number in range(200)]
    await asyncio.sleep(0)
    await database.stop()
    assert len(await asyncio.gather(*writes)) == 200
    with pytest.raises(Unavailable):
        await database.write(making("late"))
    with pytest.raises(Unavailable):
        await database.read(names)


def _limit_pages(tx, more):
    (pages,) = tx.one("PRAGMA page_count")
    tx.one(f"PRAGMA max_page_count={pages + more}")


@contextmanager
def full_disk():
    """No file of this process can grow: writing fails as it does on a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)


async def test_a_database_that_cannot_be_opened_is_answered_with_503(database):
    async with running(database):
        database.path = database.path.with_name("none.db")
        with pytest.raises(Unavailable):
            await database.read(names)


async def test_a_read_unit_may_ask_the_event_store_and_a_write_unit_may_not(database):
    upgrade_schema(events_beside(database.path), EVENT_MIGRATIONS)
    async with running(database):
        assert await database.read(lambda tx: tx.events.all("SELECT * FROM contexts")) == []
        with pytest.raises(RuntimeError, match="main database only"):
            await database.write(lambda tx: tx.events.all("SELECT * FROM contexts"))


async def test_what_needs_the_event_store_is_told_to_try_again_while_it_is_gone(database):
    async with running(database):
        with pytest.raises(Unavailable):
            await database.read(lambda tx: tx.events.one("SELECT 1"))
        assert await database.read(names) == []
