"""The log that stores follow: from any cursor to the newest state, in steps that join without a gap."""

import pytest

from flagstaff.features.segments import revisions
from flagstaff.features.segments.revisions import encode_hash
from tests.support.big_segments import CROWD, change, environment_id, follow, make_crowd
from tests.support.server import TestServer

HASH_OF_USER_KEY_A = "IqMW8ElpeM5ZYSHC/it9dNBkQp9c0s2WOuXdMrpYYbk="


def test_the_hash_is_that_of_the_stores() -> None:
    assert encode_hash("userKeyA") == HASH_OF_USER_KEY_A


def test_each_change_is_a_step(server: TestServer) -> None:
    make_crowd(server, "userKeyA")
    change(server, removed=["userKeyA"], excluded=["bob"])

    first, second = follow(server)

    assert (first.environment_id, first.segment_id) == (environment_id(server), "crowd.g1")
    assert (first.previous_version, first.version) == ("", second.previous_version)
    assert first.changes.included.add == [HASH_OF_USER_KEY_A]
    assert second.changes.included.remove == [HASH_OF_USER_KEY_A]
    assert (second.changes.excluded.add, second.changes.excluded.remove) == ([encode_hash("bob")], [])


def test_whoever_holds_a_step_gets_those_after_it(server: TestServer) -> None:
    make_crowd(server, "a")
    change(server, included=["b"])
    first, second = follow(server)

    assert follow(server, first.version) == [second]
    assert follow(server, second.version) == []


@pytest.mark.parametrize("cursor", ["77", "x", "77.5", "-1", "\u0661", "1" * 40, "1.x"])
def test_an_unknown_cursor_begins_anew_and_the_first_step_joins_it(server: TestServer, cursor: str) -> None:
    make_crowd(server, "a")
    change(server, included=["b"])

    first, second = follow(server, cursor)

    assert (first.previous_version, second.previous_version) == (cursor, first.version)
    assert first.changes.included.add == [encode_hash("a")]


def test_one_answer_holds_so_many_keys(server: TestServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions, "MOST_KEYS", 2)
    make_crowd(server, "a", "b")
    change(server, included=["c"])
    place = environment_id(server)

    assert len(server.read(lambda tx: revisions.read_patches(tx, place, ""))) == 1
    assert len(follow(server)) == 2


def test_a_forgotten_segment_leaves_its_places(server: TestServer) -> None:
    make_crowd(server, "a")
    make_crowd(server, "b", name="other")
    first, second = follow(server)
    place = environment_id(server)

    server.write(lambda tx: revisions.forget_reference(tx, place, "crowd.g1"))

    assert follow(server, first.version) == [second]
    (left,) = follow(server)
    assert (left.segment_id, left.previous_version, left.version) == ("other.g1", "", second.version)


def test_other_environments_have_other_logs(server: TestServer) -> None:
    make_crowd(server, "a")

    other = environment_id(server, "production")

    assert server.read(lambda tx: revisions.read_patches(tx, other, "")) == []
    assert server.get(CROWD).status == 200
