"""How snapshots are loaded, advance, and come to the newest version whatever happens."""

import asyncio
import sqlite3

import msgspec
import pytest
from structlog.testing import capture_logs

from flagstaff.delivery import snapshots
from flagstaff.storage.transaction import Item
from tests.delivery.builders import a_change
from tests.delivery.planes import Plane, settle, until


def flags_of(snapshot) -> dict:
    return {key: msgspec.json.decode(entry.payload) for key, entry in snapshot.flags.items()}


def write_flag(key: str, **members: object):
    return lambda tx: tx.items.append(Item("e", "flags", key, {"key": key, **members}))


async def test_an_environment_nobody_asked_for_is_not_kept(plane: Plane) -> None:
    await plane.publish_flag("a")
    assert plane.delivery.snapshots.find("e") is None


async def test_an_environment_is_loaded_as_it_is(plane: Plane) -> None:
    await plane.publish_flag("a", on=True)
    await plane.publish_flag("b")
    await plane.publish(("flags", "b", None), ("segments", "s", {}))
    snapshot = await plane.delivery.snapshot("e")
    assert snapshot.data_version == 3
    assert flags_of(snapshot) == {"a": {"key": "a", "on": True, "version": 1}}
    assert set(snapshot.segments) == {"s"}


async def test_an_environment_without_flags_is_empty_at_version_0(plane: Plane) -> None:
    snapshot = await plane.delivery.snapshot("e")
    assert (snapshot.data_version, snapshot.flags, snapshot.segments) == (0, {}, {})


async def test_all_who_ask_share_one_load(plane: Plane) -> None:
    found = await asyncio.gather(*(plane.delivery.snapshot("e") for _ in range(100)))
    assert plane.database.reads == 1
    assert len({id(snapshot) for snapshot in found}) == 1


async def test_who_stops_waiting_does_not_end_the_load_of_others(plane: Plane) -> None:
    with plane.held_readers() as go:
        first = asyncio.ensure_future(plane.delivery.snapshot("e"))
        second = asyncio.ensure_future(plane.delivery.snapshot("e"))
        await settle()
        first.cancel()
        await settle()
        go.set()
        assert (await second).data_version == 0


async def test_a_commit_advances_what_is_kept_before_its_answer(plane: Plane) -> None:
    await plane.delivery.snapshot("e")
    for version in range(1, 20):
        await plane.publish_flag("a", number=version)
        snapshot = plane.delivery.snapshots.find("e")
        assert snapshot is not None
        assert snapshot.data_version == version
        assert flags_of(snapshot)["a"]["number"] == version
    assert plane.database.reads == 1


async def test_environments_do_not_mix(plane: Plane) -> None:
    first, second = await plane.delivery.snapshot("e"), await plane.delivery.snapshot("f")
    await plane.publish_flag("a")
    assert plane.delivery.snapshots.find("e") is not first
    assert plane.delivery.snapshots.find("f") is second


async def test_commits_during_a_load_are_applied_on_top(plane: Plane) -> None:
    await plane.publish_flag("a")
    with plane.held_readers() as go:
        load = asyncio.ensure_future(plane.delivery.snapshot("e"))
        await settle()
        await plane.publish_flag("b")
        await plane.publish(("flags", "a", None))
        go.set()
        snapshot = await load
    assert snapshot.data_version == 3
    assert set(snapshot.flags) == {"b"}


async def test_commits_that_a_load_has_seen_are_not_applied_again(plane: Plane) -> None:
    load = asyncio.ensure_future(plane.delivery.snapshot("e"))
    await plane.publish_flag("a")
    await load
    await plane.publish_flag("a", on=True)
    snapshot = await plane.delivery.snapshot("e")
    assert (snapshot.data_version, flags_of(snapshot)["a"]["on"]) == (2, True)


async def test_a_gap_is_read_from_the_change_log(plane: Plane) -> None:
    await plane.publish(("flags", "a", {}), ("flags", "b", {}))
    await plane.delivery.snapshot("e")
    plane.write_elsewhere(write_flag("c"))
    plane.write_elsewhere(lambda tx: tx.items.append(Item("e", "flags", "a", None)))
    await plane.publish_flag("d")
    snapshot = await plane.delivery.snapshot("e")
    assert snapshot.data_version == 4
    assert set(snapshot.flags) == {"b", "c", "d"}


async def test_a_snapshot_that_is_behind_is_not_given_out(plane: Plane) -> None:
    await plane.delivery.snapshot("e")
    plane.write_elsewhere(write_flag("a"))
    with plane.held_readers() as go:
        await plane.publish_flag("b")
        assert plane.delivery.snapshots.find("e") is None
        assert plane.delivery.snapshots.find_stale("e") is not None
        go.set()
        assert set((await plane.delivery.snapshot("e")).flags) == {"a", "b"}


async def test_streams_are_told_what_other_processes_wrote(plane: Plane) -> None:
    transport, stream = await plane.open()
    plane.write_elsewhere(write_flag("a"))
    await plane.publish_flag("b")
    await until(lambda: stream.version == 2)
    assert transport.text.endswith(
        b'"flags":{"a":{"key":"a","version":1},"b":{"key":"b","version":2}},"segments":{}}}\n\n\r\n'
    )


async def test_commits_during_a_catch_up_reach_streams_once(plane: Plane) -> None:
    transport, stream = await plane.open()
    plane.write_elsewhere(write_flag("a"))
    with plane.held_readers() as go:
        await plane.publish_flag("b")
        await plane.publish_flag("c")
        go.set()
        await until(lambda: stream.version == 3)
    await settle()
    assert transport.text.count(b"event: put") == 2
    assert b"event: patch" not in transport.text


async def test_a_load_that_fails_is_tried_again_by_the_next_who_asks(plane: Plane) -> None:
    damage(plane)
    with capture_logs(), pytest.raises(sqlite3.OperationalError):
        await plane.delivery.snapshot("e")
    repair(plane)
    assert (await plane.delivery.snapshot("e")).data_version == 0


async def test_a_catch_up_that_fails_is_tried_again_by_itself(
    plane: Plane, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "RETRY", 0.001)
    _, stream = await plane.open()
    plane.write_elsewhere(write_flag("a"))
    with capture_logs() as logs:
        damage(plane)
        plane.delivery.snapshots.catch_up("e")
        await until(lambda: len(logs) >= 4)
        repair(plane)
        await until(lambda: stream.version == 1)
    assert {"snapshot_not_read", "delivery_task_failed"} >= {entry["event"] for entry in logs}


async def test_a_forgotten_environment_is_loaded_anew(plane: Plane) -> None:
    first = await plane.delivery.snapshot("e")
    plane.delivery.snapshots.forget("e")
    assert plane.delivery.snapshots.find("e") is None
    assert await plane.delivery.snapshot("e") is not first


async def test_a_confirmation_asks_the_database_at_most_once_a_second(plane: Plane) -> None:
    await plane.delivery.snapshot("e")
    plane.write_elsewhere(write_flag("a"))
    for _ in range(10):
        snapshot = await plane.delivery.snapshots.get_confirmed("e")
    assert snapshot.data_version == 1
    assert plane.database.reads == 2


async def test_a_confirmation_that_finds_nothing_new_tells_no_stream(plane: Plane) -> None:
    await plane.open()
    await plane.delivery.snapshots.get_confirmed("e")
    await settle()
    assert plane.delivery.metrics.broadcasts._value.get() == 0


def damage(plane: Plane) -> None:
    plane.write_elsewhere(lambda tx: tx.run("ALTER TABLE sdk_items RENAME TO hidden"))


def repair(plane: Plane) -> None:
    plane.write_elsewhere(lambda tx: tx.run("ALTER TABLE hidden RENAME TO sdk_items"))


async def test_one_change_that_was_missed_reaches_streams_as_it_was(plane: Plane) -> None:
    transport, stream = await plane.open()
    plane.write_elsewhere(write_flag("a"))
    plane.delivery.snapshots.catch_up_with({"e": 1, "other": 7})
    await until(lambda: stream.version == 1)
    assert transport.text.count(b"event: put") == 1
    assert b'event: patch\ndata: {"path":"/flags/a"' in transport.text


async def test_changes_that_come_in_another_order_reach_streams_in_theirs(plane: Plane) -> None:
    await plane.publish_flag("long", filler="x" * 1_000)  # so that a `put` is not the shorter way
    transport, stream = await plane.open()
    plane.write_elsewhere(write_flag("a"))
    plane.write_elsewhere(write_flag("b"))
    with plane.held_readers() as go:
        for change in (a_change(3, b={"key": "b"}), a_change(2, a={"key": "a"})):
            plane.delivery.advance([change])
            plane.delivery.announce([change])
        go.set()
        await until(lambda: stream.version == 3)
    events = transport.text.partition(b"event: put")[2]
    assert events.count(b"event: patch") == 2
    assert events.index(b"/flags/a") < events.index(b"/flags/b")
    assert b"event: put" not in events


async def test_a_second_gap_during_a_catch_up_is_made_up_for_from_where_streams_stand(plane: Plane) -> None:
    transport, stream = await plane.open()
    plane.write_elsewhere(write_flag("a"))
    plane.write_elsewhere(write_flag("b"))
    with plane.held_readers() as go:
        plane.delivery.snapshots.catch_up("e")
        plane.delivery.advance([a_change(4, d={"key": "d"})])
        go.set()
        await until(lambda: plane.delivery.snapshots.find_stale("e").data_version == 2)
        plane.write_elsewhere(write_flag("c"))
        plane.write_elsewhere(write_flag("d"))
        plane.delivery.advance([a_change(4, d={"key": "d"})])
    await until(lambda: stream.version == 4)
    assert all(b'"%s"' % key in transport.text for key in (b"a", b"b", b"c", b"d"))
