"""Broadcasts to the streams of one environment."""

import asyncio
import re

from structlog.testing import capture_logs

from flagstaff.delivery.channel import SLICE, slices
from tests.delivery.builders import a_change
from tests.delivery.planes import Plane, Transport, settle, until

SEVERAL = SLICE * 2 + 10  # streams in three slices


def events(transport: Transport) -> list[str]:
    """The events after the first put, in short."""
    text = transport.text.decode().split("event: put", 1)[1]
    return re.findall(r'event: (put|patch|delete)\ndata: \{"path":"(?:/flags/|/segments/|/)(\w*)"', text)


def writes(transport: Transport) -> int:
    """How many writes followed the head and the first put."""
    return len(transport.written) - 2


async def test_a_change_reaches_every_stream(plane: Plane) -> None:
    opened = [await plane.open() for _ in range(SEVERAL)]
    await plane.publish_flag("a")
    await until(lambda: all(stream.version == 1 for _, stream in opened))
    await plane.publish_flag("b")
    await until(lambda: all(stream.version == 2 for _, stream in opened))
    assert {tuple(events(transport)) for transport, _ in opened} == {(("patch", "a"), ("patch", "b"))}
    await until(lambda: plane.delivery.metrics.broadcasts._value.get() == 2)


async def test_every_stream_is_given_the_same_bytes(plane: Plane) -> None:
    transports = [(await plane.open())[0] for _ in range(3)]
    written: list[list[bytes]] = [[], [], []]
    for transport, seen in zip(transports, written, strict=True):
        transport.write = seen.append  # type: ignore[method-assign]
    await plane.publish_flag("a")
    await until(lambda: all(written))
    assert len({id(seen[0]) for seen in written}) == 1


async def test_a_broadcast_lets_others_have_the_loop(plane: Plane) -> None:
    opened = [await plane.open() for _ in range(SEVERAL)]
    await plane.publish_flag("a")
    reached = set()
    while len(reached) < 3 and min(stream.version for _, stream in opened) < 1:
        reached.add(sum(stream.version == 1 for _, stream in opened))
        await asyncio.sleep(0)
    assert reached >= {SLICE, 2 * SLICE}


async def test_changes_during_a_broadcast_leave_together_in_their_order(plane: Plane) -> None:
    await plane.publish_flag("filler", text="x" * 10_000)
    opened = [await plane.open() for _ in range(SEVERAL)]
    await plane.publish_flag("a")
    await until(lambda: any(stream.version == 2 for _, stream in opened))
    assert not all(stream.version == 2 for _, stream in opened)
    channel = plane.delivery.streams._channels["e"]["events"]
    for key, document in (("b", {}), ("a", None), ("c", {})):
        channel.snapshots.advance(change := _change(plane, key, document))
        channel.push(change)
    await until(lambda: all(stream.version == 5 for _, stream in opened))
    for transport, _ in opened:
        assert events(transport) == [("patch", "a"), ("patch", "b"), ("delete", "a"), ("patch", "c")]
        assert writes(transport) == 2


def _change(plane: Plane, key: str, document: dict | None):
    snapshot = plane.delivery.snapshots.find("e")
    assert snapshot is not None
    return a_change(snapshot.data_version + 1, **{key: document})


async def test_a_unit_of_several_objects_is_seen_at_once(plane: Plane) -> None:
    transport, stream = await plane.open()
    await plane.publish(("flags", "a", {"key": "a"}), ("segments", "s", {"key": "s"}), ("flags", "b", None))
    await until(lambda: stream.version == 1)
    assert events(transport) == [("put", "")]


async def test_a_stream_that_opens_during_a_broadcast_gets_no_change_twice(plane: Plane) -> None:
    opened = [await plane.open() for _ in range(SEVERAL)]
    await plane.publish_flag("a")
    await until(lambda: any(stream.version == 1 for _, stream in opened))
    transport, late = await plane.open()
    assert late.version == 1
    await plane.publish_flag("b")
    await until(lambda: all(stream.version == 2 for _, stream in [*opened, (transport, late)]))
    await settle()
    assert events(transport) == [("patch", "b")]


async def test_a_stream_that_opens_between_two_waiting_changes_is_given_only_the_later(plane: Plane) -> None:
    """A patch of the earlier one would revive a flag that its put has forgotten."""
    await plane.publish_flag("filler", text="x" * 10_000)
    opened = [await plane.open() for _ in range(SEVERAL)]
    await plane.publish_flag("a")
    await until(lambda: any(stream.version == 2 for _, stream in opened))
    channel = plane.delivery.streams._channels["e"]["events"]
    channel.snapshots.advance(change := _change(plane, "b", {}))
    channel.push(change)
    transport, late = await plane.open()
    channel.snapshots.advance(change := _change(plane, "b", None))
    channel.push(change)
    await until(lambda: all(stream.version == 4 for _, stream in [*opened, (transport, late)]))
    assert events(transport) == [("delete", "b")]
    assert events(opened[0][0]) == [("patch", "a"), ("patch", "b"), ("delete", "b")]


async def test_a_put_makes_room_for_itself(plane: Plane) -> None:
    transport, stream = await plane.open()
    room = transport.high
    await plane.publish(("flags", "a", {"text": "x" * 50_000}), ("flags", "b", {}))
    await until(lambda: stream.version == 1)
    assert transport.high > room + 50_000


async def test_a_stream_that_cannot_be_written_to_does_not_keep_others_from_their_change(
    plane: Plane,
) -> None:
    opened = [await plane.open() for _ in range(3)]
    opened[1][0].handle_closed = True
    with capture_logs() as logs:
        await plane.publish_flag("a")
        await until(lambda: all(stream.version >= 1 for _, stream in opened))
    assert [events(transport) for transport, _ in opened] == [[("patch", "a")], [], [("patch", "a")]]
    assert [entry["event"] for entry in logs] == ["stream_not_writable"]
    await until(lambda: plane.delivery.metrics.streams_open._value.get() == 2)


async def test_streams_that_leave_during_a_broadcast_are_passed_over(plane: Plane) -> None:
    opened = [await plane.open() for _ in range(SEVERAL)]
    await plane.publish_flag("a")
    await until(lambda: any(stream.version == 1 for _, stream in opened))
    left = [transport for transport, stream in opened if stream.version < 1]
    for transport in left:
        transport.close()
    await settle()
    assert left
    assert 0 in {writes(transport) for transport in left}
    assert plane.delivery.metrics.dropped._value.get() == 0


def test_slices_hold_everyone_once() -> None:
    everyone = list(range(SEVERAL))
    pieces = list(slices(everyone))  # type: ignore[arg-type]
    assert [len(piece) for piece in pieces] == [SLICE, SLICE, 10]
    assert [one for piece in pieces for one in piece] == everyone
