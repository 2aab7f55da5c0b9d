"""The audit chain walked on in steps."""

import asyncio

import pytest
from msgspec.structs import replace

from flagstaff.storage import audit, audit_watch
from flagstaff.storage.audit_watch import ANEW, AuditWatch, Walk, step
from tests.storage.test_audit import record


def walk_to_end(database, walk):
    while not walk.at_end and walk.broken is None:
        walk = database.read_now(lambda tx, walk=walk: step(tx, walk))
    return walk


def go_on(database, walk):
    return walk_to_end(database, replace(walk, at_end=False))


def tamper(database, sql):
    database.write_now(lambda tx: tx.run(sql))


def test_the_end_is_the_newest_entry_also_in_many_steps(database, monkeypatch):
    monkeypatch.setattr(audit_watch, "STEP", 2)
    record(database, *"abcde")

    walk = walk_to_end(database, Walk(0))

    assert (walk.position, walk.broken) == (5, None)
    assert walk.mac == database.read_now(audit.head)


def test_only_what_is_new_is_checked_when_it_goes_on(database):
    record(database, "a", "b")
    walk = walk_to_end(database, Walk(0))
    tamper(database, "UPDATE audit_log SET description = 'nothing' WHERE position = 1")
    record(database, "c")

    assert (go_on(database, walk).position, go_on(database, walk).broken) == (3, None)
    assert walk_to_end(database, Walk(0)).broken.position == 1


@pytest.mark.parametrize(
    ("tampering", "broken"),
    [
        ("UPDATE audit_log SET description = 'nothing' WHERE position = 3", 3),
        ("DELETE FROM audit_log WHERE position = 3", 4),
        ("DELETE FROM audit_log WHERE position > 1", 2),
    ],
)
def test_what_was_altered_behind_the_walk_is_named(database, tampering, broken):
    record(database, "a", "b")
    walk = walk_to_end(database, Walk(0))
    record(database, "c", "d")
    tamper(database, tampering)

    assert go_on(database, walk).broken.position == broken


def test_entries_that_were_removed_for_their_age_are_passed_over(database):
    record(database, "a", "b")
    walk = walk_to_end(database, Walk(0))
    record(database, "c", "d")
    database.write_now(lambda tx: audit.prune(tx, tx.now + 1, 3))

    assert (go_on(database, walk).position, go_on(database, walk).broken) == (4, None)
    tamper(database, "UPDATE audit_anchor SET position = 2")
    assert go_on(database, walk).broken is not None


def test_a_watch_goes_on_and_after_a_day_begins_anew(database):
    watch, found = AuditWatch(), []
    record(database, "a")

    async def walk():
        await watch.walk(database)
        found.append(watch.known.broken)

    altered = "UPDATE audit_log SET description = 'nothing' WHERE position = 1"

    async def run():
        database.start()
        await walk()
        await database.write(lambda tx: tx.run(altered))
        await walk()
        watch.known = replace(watch.known, begun=watch.known.begun - ANEW)
        await walk()
        await database.stop()

    assert watch.known is None
    asyncio.run(run())
    assert found[:2] == [None, None]
    assert found[2].position == 1
