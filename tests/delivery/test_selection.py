"""The part of a snapshot behind a payload filter."""

from typing import Any

import pytest

from flagstaff.delivery.selection import MOST_KNOWN, Selected, differ, select
from flagstaff.delivery.snapshot import Snapshot
from tests.delivery.builders import a_change, a_snapshot
from tests.delivery.test_transfers import told


def asking(*segments: Any, **members: Any) -> dict[str, Any]:
    """A flag or segment whose rule asks for segments."""
    clauses = [{"attribute": "", "op": "segmentMatch", "values": segments}, {"op": "in", "values": ["s9"]}]
    return {"rules": [{"clauses": clauses}], **members}


def needing(*flags: str) -> dict[str, Any]:
    return {"prerequisites": [{"key": key, "variation": 0} for key in flags]}


EVERYTHING = a_snapshot(
    a_change(
        1,
        a={},
        b=needing("c", "missing"),
        c=needing("d") | asking("s1"),
        d=needing("b"),
        e=asking("s2", 7, "missing"),
        segment_s1={},
        segment_s2=asking("s3"),
        segment_s3=asking("s2"),
        segment_s9={},
    )
)


@pytest.mark.parametrize(
    ("wanted", "flags", "segments"),
    [
        ([], "", ""),
        (["missing"], "", ""),
        (["a"], "a", ""),
        (["b"], "bcd", "s1"),
        (["d", "a"], "abcd", "s1"),
        (["e"], "e", "s2 s3"),
        (["b", "e"], "bcde", "s1 s2 s3"),
    ],
)
def test_prerequisites_and_segments_come_along(wanted: list[str], flags: str, segments: str) -> None:
    part = select(EVERYTHING, "web", wanted)
    assert (list(part.flags), list(part.segments)) == (list(flags), segments.split())
    assert (part.data_version, part.payload_id) == (1, "e.web")
    assert all(part.flags[key] is EVERYTHING.flags[key] for key in part.flags)


def test_what_is_new_to_a_part_of_an_old_state_is_told_as_everything() -> None:
    part = select(EVERYTHING, "web", ["a"])
    assert not part.transfers.begin("e.web-1").is_full
    assert part.transfers.begin("e-1").is_full
    later = select(EVERYTHING.advance(2, a_change(2, a={}).items), "web", ["a", "b"])
    assert later.transfers.begin("e.web-1").is_full


def after(part: Snapshot, whole: Snapshot, *wanted: str) -> Snapshot:
    """The selection from the next state of everything."""
    return select(whole, "web", wanted, Selected(EVERYTHING, part))


def test_what_comes_in_late_counts_as_changed_now_and_stays_so() -> None:
    second = EVERYTHING.advance(2, a_change(2, z={}).items)
    part = after(select(EVERYTHING, "web", ["a"]), second, "a", "e")
    assert {key: entry.version for key, entry in part.flags.items()} == {"a": 1, "e": 2}
    first = EVERYTHING.flags["e"].payload
    assert part.flags["e"].payload == first.replace(b'"version":1', b'"version":2') != first
    assert {key: entry.version for key, entry in part.segments.items()} == {"s2": 2, "s3": 2}
    third = second.advance(3, a_change(3, x={}).items)
    later = select(third, "web", ["a", "e"], Selected(second, part))
    assert later.flags["e"] is part.flags["e"]
    assert differ(part, later) is None


def test_who_was_away_is_told_what_has_gone_and_come_since() -> None:
    second = EVERYTHING.advance(2, a_change(2, a={"on": True}).items)
    part = after(select(EVERYTHING, "web", ["a", "e"]), second, "a", "b")
    assert told(part.transfers.begin("e.web-1")) == [
        "xfer-changes update 2",
        "put segment/s1 2",
        "put flag/b 2",
        "put flag/c 2",
        "put flag/d 2",
        "put flag/a 2",
        "del flag/e 2",
        "del segment/s2 2",
        "del segment/s3 2",
        "e.web-2 2",
    ]


def test_what_was_selected_is_remembered_for_some_time() -> None:
    whole, part = EVERYTHING, select(EVERYTHING, "web", ["a", "e"])
    for version in range(2, MOST_KNOWN + 5):
        later = whole.advance(version, a_change(version, a={}).items)
        wanted = ["a"] if version > 2 else ["a", "e"]
        whole, part = later, select(later, "web", wanted, Selected(whole, part))
    assert len(part.known or ()) == MOST_KNOWN
    assert part.transfers.begin("e.web-4").is_full
    assert not part.transfers.begin("e.web-5").is_full
    assert part.gone == {}
    assert told(part.transfers.begin("e.web-5"))[1:-1] == [f"put flag/a {MOST_KNOWN + 4}"]


def changed(whole: Snapshot, before: list[str], after: list[str]) -> Any:
    """What a change comes to, as paths with their versions; None if nothing, and () if it is everything."""
    change = differ(select(EVERYTHING, "web", before), select(whole, "web", after))
    if change is None:
        return None
    assert change.data_version == whole.data_version
    return tuple(
        f"{item.kind}/{item.key} {item.version}{'' if item.payload else ' gone'}" for item in change.items
    )


@pytest.mark.parametrize(
    ("objects", "before", "after", "expected"),
    [
        ({"b": {}}, ["a"], ["a"], None),
        ({"a": {"on": True}}, ["a"], ["a"], ("flags/a 2",)),
        ({"a": None}, ["a"], ["a"], ("flags/a 2 gone",)),
        ({"z": {}}, ["a"], ["a", "z"], ("flags/z 2",)),
        ({"x": {}}, ["a", "e"], ["a"], ("segments/s2 2 gone", "segments/s3 2 gone", "flags/e 2 gone")),
        ({"x": {}}, ["a"], ["a", "e"], ()),
        ({"a": asking("s1")}, ["a"], ["a"], ()),
        ({"a": asking("s4"), "segment_s4": {}}, ["a"], ["a"], ("segments/s4 2", "flags/a 2")),
    ],
)
def test_a_part_changes_by_its_own_objects(
    objects: Any, before: list[str], after: list[str], expected: Any
) -> None:
    whole = EVERYTHING.advance(2, a_change(2, **objects).items)
    assert changed(whole, before, after) == expected
