"""Filters of contexts, beyond what the tests of the operations show."""

import sqlite3

import pytest

from flagstaff.features.contexts.searching import (
    Search,
    both,
    is_ascending,
    search_contexts,
    search_instances,
    starts_with,
)

KEYS = ["a", "ab", "ab%", "abc", "ac", "b", "\ud7ff", "\ud7ff!", "😀"]


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("ab", ["ab", "ab%", "abc"]),
        ("ab%", ["ab%"]),
        ("", KEYS),
        ("\ud7ff", ["\ud7ff", "\ud7ff!"]),
        ("😀", ["😀"]),
        ("z", []),
    ],
)
def test_a_prefix_is_a_range_of_keys(prefix, found):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE contexts (key TEXT)")
    connection.executemany("INSERT INTO contexts VALUES (?)", [(key,) for key in KEYS])
    sql, values = starts_with("key", prefix)
    rows = connection.execute(f"SELECT key FROM contexts WHERE {sql} ORDER BY key", dict(values)).fetchall()
    assert [key for (key,) in rows] == sorted(found)
    connection.close()


@pytest.mark.parametrize(
    ("text", "slow"),
    [
        ("kind equals user", False),
        ("key startsWith a", False),
        ("q equals a", True),
        ("user.a exists true", True),
    ],
)
def test_only_searches_for_what_is_inside_read_every_body(text, slow):
    assert search_contexts(text).reads_bodies is slow


def test_a_kind_may_have_dots_where_the_attribute_is_a_path():
    _, values = search_contexts("my.kind./a/b equals 1").condition
    assert {"my.kind", '$."a"."b"'} <= set(values.values())


def test_conditions_are_joined_with_their_parameters():
    joined = both(Search(("id = :p1", {"p1": "x"}), reads_bodies=True), ("key = :k", {"k": "y"}))
    assert joined == Search(("key = :k AND id = :p1", {"p1": "x", "k": "y"}), reads_bodies=True)


def test_the_newest_come_first_unless_told_otherwise():
    assert [is_ascending(sort) for sort in ("", "ts", "-ts")] == [False, True, False]


def test_members_that_are_no_pair_are_in_no_instance():
    assert search_instances("kindKeys contains ['user']").condition[0] == "(FALSE)"
