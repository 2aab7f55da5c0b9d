"""Conditions on JSON bodies, run on SQLite."""

import sqlite3
from functools import partial

import msgspec
import pytest

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.filters.expression import And, Or, Term
from flagstaff.storage.conditions import translate_filter
from flagstaff.storage.json_conditions import (
    any_value_contains,
    element_starts_with,
    member_contains,
    member_meets,
    path_of,
    shows_member,
)
from flagstaff.storage.sqlite import open_reader

LONG = "[" * 60_000  # longer than a pattern may be
BODIES = {
    "ann": {"kind": "user", "key": "ann", "email": "Ann@x.org", "age": 42, "beta": True, "born": 1_000},
    "bob": {"kind": "user", "key": "bob", "age": 42.5, "beta": False, "tags": ["red", "5"], "zip": "42"},
    "eve": {"kind": "device", "key": "eve", "address": {"city": 'Lund "S"'}, "born": "1970-01-01T00:00:02Z"},
    "zoë": {"kind": "user", "key": "zoë", "na me": "ÅSA", "a.b": 1, "beta": 1},
    "max": {
        "key": "max",
        "marks": "*[a-z]?",
        "long": LONG,
        "real": 12.0,
        "huge": 1e20,
        "below": -0.0,
        "few": [-3],
    },
}


@pytest.fixture(scope="module")
def select(tmp_path_factory):
    path = tmp_path_factory.mktemp("json") / "scratch.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE contexts (key TEXT, body TEXT)")
    rows = [(key, msgspec.json.encode(body).decode()) for key, body in BODIES.items()]
    connection.executemany("INSERT INTO contexts VALUES (?, ?)", rows)
    connection.commit()
    connection.close()
    reader = open_reader(path)

    def keys(condition):
        sql, values = condition
        found = reader.execute(f"SELECT key FROM contexts WHERE {sql} ORDER BY key", dict(values))
        return [key for (key,) in found]

    yield keys
    reader.close()


@pytest.mark.parametrize(
    ("names", "operator", "value", "keys"),
    [
        (["email"], "equals", "Ann@x.org", ["ann"]),
        (["email"], "equals", "ann@x.org", []),
        (["age"], "equals", 42, ["ann"]),
        (["age"], "equals", 42.5, ["bob"]),
        (["zip"], "equals", 42, []),
        (["zip"], "equals", "42", ["bob"]),
        (["beta"], "equals", True, ["ann"]),
        (["beta"], "equals", False, ["bob"]),
        (["beta"], "equals", 1, ["zoë"]),
        (["beta"], "notEquals", True, ["bob", "eve", "max", "zoë"]),
        (["email"], "equals", None, ["bob", "eve", "max", "zoë"]),
        (["email"], "notEquals", None, ["ann"]),
        (["email"], "exists", True, ["ann"]),
        (["email"], "exists", False, ["bob", "eve", "max", "zoë"]),
        (["tags"], "equals", "red", ["bob"]),
        (["tags"], "startsWith", "re", ["bob"]),
        (["tags"], "equals", "5", ["bob"]),
        (["address", "city"], "equals", 'Lund "S"', ["eve"]),
        (["address", "city"], "startsWith", 'Lund "', ["eve"]),
        (["address"], "equals", 'Lund "S"', []),
        (["address"], "exists", True, ["eve"]),
        (["email"], "startsWith", "Ann", ["ann"]),
        (["email"], "startsWith", "nn", []),
        (["na me"], "equals", "ÅSA", ["zoë"]),
        (["a.b"], "equals", 1, ["zoë"]),
        (["marks"], "equals", "*[a-z]?", ["max"]),
        (["marks"], "startsWith", "*[", ["max"]),
        (["marks"], "equals", "*[a-z]x", []),
        (["marks"], "startsWith", "", ["max"]),
        (["long"], "equals", LONG, ["max"]),
        (["long"], "startsWith", LONG[:-1] + "?", []),
        (["real"], "equals", 12, ["max"]),
        (["real"], "equals", 12.0, ["max"]),
        (["real"], "equals", 2, []),
        (["huge"], "equals", 1e20, ["max"]),
        (["below"], "equals", 0, ["max"]),
        (["below"], "equals", 1e999, []),
        (["few"], "equals", -3, ["max"]),
        (["address"], "equals", '{"city":"Lund \\"S\\""}', []),
        (["tags"], "equals", '["red","5"]', []),
        (["age"], "startsWith", "4", []),
        (["beta"], "startsWith", "1", []),
        (["zip"], "startsWith", "4", ["bob"]),
        (["born"], "before", 2_000, ["ann"]),
        (["born"], "after", 1_000, ["eve"]),
        (["born"], "before", 2_001, ["ann", "eve"]),
        (["email"], "after", 0, []),
    ],
)
def test_members_are_compared_by_type_and_value(select, names, operator, value, keys):
    assert select(member_meets("body", names, operator, value)) == keys


@pytest.mark.parametrize(
    ("name", "operator", "value", "keys"),
    [
        ("email", "equals", "Ann@x.org", ["ann"]),
        ("mail", "startsWith", "Ann", ["ann"]),
        ("city", "notEquals", 'Lund "S"', ["eve"]),
        ("marks", "startsWith", "*[a-", ["max"]),
        ("age", "equals", 4, []),
        ("age", "equals", 42, ["ann"]),
        ("real", "equals", 12, []),
        ("beta", "equals", True, ["ann"]),
        ("tags", "equals", "red", []),
    ],
)
def test_a_value_is_shown_by_the_bytes_that_only_it_can_be(select, name, operator, value, keys):
    assert select(shows_member("body", name, operator, value)) == keys


@pytest.mark.parametrize(
    ("name", "operator", "value"),
    [
        ("a", "before", 1),
        ("a", "startsWith", True),
        ("a", "equals", 1.5),
        ("a", "equals", 1e20),
        ("a", "equals", LONG),
        ("a,", "equals", "x"),
        ("", "equals", "x"),
        (LONG, "equals", "x"),
    ],
)
def test_bytes_do_not_show_every_value(name, operator, value):
    assert shows_member("body", name, operator, value) is None


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("ANN", ["ann"]),
        ("42", ["ann", "bob"]),
        ("åsa", ["zoë"]),
        ("ZO", ["zoë"]),
        ("email", []),
        ("device", []),
        ('d "s', ["eve"]),
        ("%", []),
        ("true", []),
        ("red", ["bob"]),
    ],
)
def test_a_text_is_looked_for_in_values_but_not_in_names(select, text, keys):
    assert select(any_value_contains("body", text, but="kind")) == keys


@pytest.mark.parametrize(
    ("text", "keys"), [("ann", ["ann"]), ("x.ORG", ["ann"]), ("user", []), ("zoË", ["zoë"]), ("42", [])]
)
def test_a_text_is_looked_for_in_some_members_only(select, text, keys):
    assert select(member_contains("body", text, ["key", "email"])) == keys


def test_elements_are_found_by_how_they_begin(select):
    sql, values = element_starts_with("body", "re")
    inside = f"EXISTS (SELECT 1 FROM json_each(body, '$.tags') WHERE {sql})"
    assert select((inside, values)) == ["bob"]


def test_conditions_can_be_joined(select):
    expression = Or(
        (Term("email", "exists", True), And((Term("beta", "equals", 1), Term("age", "exists", False))))
    )
    fields = {name: partial(member_meets, "body", [name]) for name in ("email", "beta", "age")}
    assert select(translate_filter(expression, fields)) == ["ann", "zoë"]


@pytest.mark.parametrize("name", ['a"b', "a\\b", "a\nb"])
def test_names_that_no_path_can_have_are_refused(name):
    with pytest.raises(InvalidRequest, match="cannot be searched"):
        path_of(["x", name])
