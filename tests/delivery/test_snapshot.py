"""One environment at one data version."""

import json

import pytest

from flagstaff.delivery.snapshot import Snapshot
from tests.delivery.builders import a_change, a_snapshot

EMPTY = {"flags": {}, "segments": {}}


def body(snapshot: Snapshot) -> dict:
    return json.loads(snapshot.body.plain)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], EMPTY),
        ([a_change(1, a={"on": True})], {"flags": {"a": {"on": True, "version": 1}}, "segments": {}}),
        ([a_change(1, segment_s={})], {"flags": {}, "segments": {"s": {"version": 1}}}),
        (
            [a_change(1, a={}, b={}, segment_a={}), a_change(2, b={"x": 'é"'})],
            {
                "flags": {"a": {"version": 1}, "b": {"x": 'é"', "version": 2}},
                "segments": {"a": {"version": 1}},
            },
        ),
        ([a_change(1, a={}, segment_a={}), a_change(2, a=None, segment_a=None)], EMPTY),
        ([a_change(1, a=None)], EMPTY),
        (
            [a_change(1, a={}), a_change(2, a=None), a_change(3, a={})],
            {"flags": {"a": {"version": 3}}, "segments": {}},
        ),
    ],
)
def test_a_snapshot_is_the_outcome_of_its_changes(changes: list, expected: dict) -> None:
    snapshot = a_snapshot(*changes)
    assert body(snapshot) == expected
    assert json.loads(snapshot.flags_body.plain) == expected["flags"]
    assert snapshot.put.plain == b'event: put\ndata: {"path":"/","data":%s}\n\n' % snapshot.body.plain
    assert snapshot.data_version == (changes[-1].data_version if changes else 0)


def test_a_snapshot_is_not_altered_by_what_follows() -> None:
    first = a_snapshot(a_change(1, a={}, segment_s={}))
    before = first.body.plain
    second = first.advance(2, a_change(2, a={"on": True}, b={}, segment_s=None).items)
    assert first.body.plain == before
    assert first.segments["s"].version == 1
    assert second.flags["a"].version == 2


def test_what_a_change_does_not_touch_is_shared() -> None:
    first = a_snapshot(a_change(1, a={}, segment_s={}))
    second = first.advance(2, a_change(2, b={}).items)
    assert second.segments is first.segments
    assert second.flags["a"] is first.flags["a"]


def test_shared_parts_are_built_once() -> None:
    snapshot = a_snapshot(a_change(1, a={}))
    assert snapshot.put is snapshot.put
    assert snapshot.body is snapshot.body


@pytest.mark.parametrize("flags", [0, 1, 50])
def test_the_size_is_near_the_length_of_the_body(flags: int) -> None:
    snapshot = a_snapshot(a_change(1, segment_s={}, **{f"flag{n}": {"n": n} for n in range(flags)}))
    assert abs(snapshot.size - len(snapshot.body.plain)) < 30
