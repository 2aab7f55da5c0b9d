"""The table of keys: what is seen of it, and what finds it."""

from typing import Any

import pytest

from flagstaff.features.segments import members
from flagstaff.features.segments.members import Lists
from tests.support.big_segments import CROWD, environment_id, make_crowd
from tests.support.server import TestServer


def lists(server: TestServer) -> Lists:
    segment_id = server.rows("SELECT id FROM segments WHERE key = 'crowd'")[0][0]
    return server.read(lambda tx: members.get_lists(tx, segment_id))


def seen(server: TestServer) -> list[str]:
    found = lists(server)
    return sorted(key for _, key in server.read(lambda tx: members.list_keys(tx, found, b"")))


def references(server: TestServer, key: str) -> Any:
    place = environment_id(server)
    return server.read(lambda tx: members.find_memberships(tx, place, (key,)))[key].references


@pytest.mark.parametrize(
    ("added", "kept", "shown", "floor", "is_seen"),
    [(0, 0, 0, 0, True), (1, 1, 0, 0, False), (1, 1, 1, 0, True), (0, 0, 2, 2, False), (0, 2, 2, 2, True)],
)
def test_a_key_is_seen_once_its_import_is_shown_and_until_a_replacement_leaves_it_out(
    server: TestServer, added: int, kept: int, shown: int, *, floor: int, is_seen: bool
) -> None:
    make_crowd(server, "ann", "bob")
    row = {"added": added, "kept": kept, "hash": members.hash_key("ann")}
    server.write(
        lambda tx: tx.run(
            "UPDATE big_segment_members SET added = :added, kept = :kept WHERE hash = :hash", **row
        )
    )
    server.write(lambda tx: tx.run("UPDATE big_segments SET shown = :s, floor = :f", s=shown, f=floor))

    assert ("ann" in seen(server)) == is_seen
    assert (references(server, "ann") == {"crowd.g1": True}) == is_seen
    assert server.get(f"{CROWD}/contexts/ann").json["included"] is is_seen


def test_a_key_that_is_not_seen_can_be_added_again_and_counts(server: TestServer) -> None:
    make_crowd(server, "ann")
    server.write(lambda tx: tx.run("UPDATE big_segments SET shown = 3, floor = 3"))
    found = lists(server)

    assert server.write(lambda tx: members.remove_keys(tx, found, ["ann"], included=True)) == 0
    assert server.write(lambda tx: members.add_keys(tx, found, ["ann", "bob"], included=True)) == 2
    assert server.write(lambda tx: members.add_keys(tx, found, ["ann", "bob"], included=True)) == 0
    assert seen(server) == ["ann", "bob"]


def test_both_lists_count_and_being_included_wins(server: TestServer) -> None:
    make_crowd(server, "ann")
    make_crowd(server, name="other")
    server.post(f"{CROWD}/contexts", {"excluded": {"add": ["ann", "bob"]}})
    server.post("/api/v2/segments/default/test/other/contexts", {"excluded": {"add": ["ann"]}})

    assert references(server, "ann") == {"crowd.g1": True, "other.g1": False}
    assert (references(server, "bob"), references(server, "cem")) == ({"crowd.g1": False}, {})


def test_another_environment_has_keys_of_its_own(server: TestServer) -> None:
    make_crowd(server, "ann")
    other = environment_id(server, "production")

    assert server.read(lambda tx: members.find_memberships(tx, other, ("ann",)))["ann"].references == {}


def test_keys_are_listed_in_the_order_of_their_hashes_in_steps(server: TestServer) -> None:
    make_crowd(server, *(f"k{number}" for number in range(10)))
    found = lists(server)

    first = server.read(lambda tx: members.list_keys(tx, found, b"", 6))
    rest = server.read(lambda tx: members.list_keys(tx, found, first[-1][0], 6))

    assert [len(first), len(rest)] == [6, 4]
    assert [hashed for hashed, _ in first + rest] == sorted(
        members.hash_key(f"k{number}") for number in range(10)
    )


def test_lists_of_a_deleted_segment_are_not_found(server: TestServer) -> None:
    make_crowd(server, "ann")
    server.delete(CROWD)

    assert server.read(lambda tx: members.find_lists(tx, "gone")) is None
    with pytest.raises(LookupError):
        server.read(lambda tx: members.get_lists(tx, "gone"))
    assert references(server, "ann") == {}


def test_the_finder_asks_for_one_key(server: TestServer) -> None:
    make_crowd(server, "ann")
    place = environment_id(server)

    found = server.read(lambda tx: members.membership_finder(tx, place)("ann"))

    assert found.references == {"crowd.g1": True}
