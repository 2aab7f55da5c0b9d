"""Counts of a big segment after changes of its keys."""

from msgspec.structs import replace

from flagstaff.features.segments.key_changes import carry_out
from flagstaff.features.segments.model import BigState, KeyChange
from flagstaff.features.segments.store import SEGMENTS
from tests.support.big_segments import make_crowd
from tests.support.server import START, TestServer


def test_a_count_has_the_next_version() -> None:
    before = BigState(version=4, included_count=10, excluded_count=1, last_modified=1)

    assert before.advance(-3, 2, 9) == BigState(
        version=5, included_count=7, excluded_count=3, last_modified=9
    )


def test_changes_are_carried_out_in_their_order(server: TestServer) -> None:
    make_crowd(server, "a", "b")
    before = server.read(lambda tx: SEGMENTS.find(tx, "key = 'crowd'"))
    assert before is not None
    asked = (
        KeyChange(removed=("a",)),
        KeyChange(added=("a", "c")),
        KeyChange(included=False, added=("d", "e"), removed=("f",)),
    )

    after = server.write(lambda tx: carry_out(tx, before, replace(before, pending=asked, version=9)))

    assert after.big == BigState(version=2, included_count=3, excluded_count=2, last_modified=START)
    assert (after.pending, after.version) == ((), 9)


def test_without_anything_pending_nothing_is_done(server: TestServer) -> None:
    make_crowd(server)
    before = server.read(lambda tx: SEGMENTS.find(tx, "key = 'crowd'"))
    assert before is not None
    renamed = replace(before, name="Many")

    assert server.write(lambda tx: carry_out(tx, before, renamed)) is renamed
    no_change = replace(before, pending=(KeyChange(removed=("a",)),), version=2)
    assert server.write(lambda tx: carry_out(tx, before, no_change)) is before
