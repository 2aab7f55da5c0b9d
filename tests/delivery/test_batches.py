"""What a broadcast says, and to whom."""

import re

import pytest

from flagstaff.delivery.batches import MOST_EVENTS, Batch, FlagBatch
from tests.delivery.builders import a_change, a_snapshot

LONGEST = 1_000_000
BASE = a_change(1, **{f"flag{n}": {"filler": "x" * 20} for n in range(40)}, segment_s={})


def events(batch: Batch, held: int) -> list[str]:
    """The events for a stream that holds that version, in short: `put`, or name and path."""
    frame = batch.frame_after(held).plain.decode()
    if frame.startswith("event: put"):
        return ["put"]
    return [f"{name} {path}" for name, path in re.findall(r'event: (\w+)\ndata: {"path":"([^"]*)"', frame)]


@pytest.mark.parametrize(
    ("changes", "held", "expected"),
    [
        ([a_change(2, a={})], 1, ["patch /flags/a"]),
        ([a_change(2, segment_s=None)], 1, ["delete /segments/s"]),
        ([a_change(2, a={}, b={})], 1, ["put"]),
        ([a_change(2)], 1, ["put"]),
        ([a_change(2, a={}), a_change(3, a=None)], 1, ["patch /flags/a", "delete /flags/a"]),
        ([a_change(2, a={}), a_change(3, a=None)], 2, ["delete /flags/a"]),
        ([a_change(2, a={}), a_change(3, a=None)], 0, ["patch /flags/a", "delete /flags/a"]),
        ([a_change(2, a={}), a_change(3, a={}, b={}), a_change(4, c={})], 1, ["put"]),
        ([a_change(2, a={}), a_change(3, a={}, b={}), a_change(4, c={})], 3, ["patch /flags/c"]),
    ],
)
def test_a_stream_is_given_what_it_does_not_hold(changes: list, held: int, expected: list[str]) -> None:
    assert events(Batch(changes, a_snapshot(BASE, *changes), LONGEST), held) == expected


@pytest.mark.parametrize(
    ("changes", "held", "expected"),
    [
        ([a_change(2, a={})], 1, ["patch /a"]),
        ([a_change(2, a=None)], 1, ["delete /a"]),
        ([a_change(2, segment_s={})], 1, []),
        ([a_change(2, a={}, segment_s={})], 1, ["patch /a"]),
        ([a_change(2, a={}, b={})], 1, ["put"]),
        ([a_change(2)], 1, ["put"]),
        ([a_change(2, segment_s=None), a_change(3, a={})], 1, ["patch /a"]),
        ([a_change(2, a={}), a_change(3, segment_s=None)], 2, []),
    ],
)
def test_a_stream_of_flags_alone_is_told_of_flags(changes: list, held: int, expected: list[str]) -> None:
    batch = FlagBatch(changes, a_snapshot(BASE, *changes), LONGEST)
    assert events(batch, held) == expected
    assert batch.frame_after(held).plain  # an empty chunk would be the end of the stream


@pytest.mark.parametrize(
    ("count", "expected"), [(MOST_EVENTS, ["patch /flags/a"] * MOST_EVENTS), (MOST_EVENTS + 1, ["put"])]
)
def test_many_changes_are_one_put(count: int, expected: list[str]) -> None:
    changes = [a_change(2 + n, a={"n": n}) for n in range(count)]
    large = a_change(1, large={"x": "x" * 10_000})
    assert events(Batch(changes, a_snapshot(large, *changes), LONGEST), 1) == expected


@pytest.mark.parametrize(
    ("changes", "longest", "expected"),
    [
        ([a_change(1, a={})], LONGEST, ["patch /flags/a"]),
        ([a_change(1, a={}), a_change(2, a={})], LONGEST, ["put"]),
        ([a_change(1, a={"x": "x" * 100})], 100, ["put"]),
    ],
)
def test_frames_longer_than_everything_are_a_put(changes: list, longest: int, expected: list[str]) -> None:
    assert events(Batch(changes, a_snapshot(*changes), longest), 0) == expected


def test_a_frame_is_built_once_for_all_who_lack_the_same() -> None:
    changes = [a_change(2, a={}), a_change(3, b={})]
    batch = Batch(changes, a_snapshot(BASE, *changes), LONGEST)
    assert batch.frame_after(0) is batch.frame_after(1)
    assert batch.frame_after(2) is not batch.frame_after(1)
    assert batch.version == 3
