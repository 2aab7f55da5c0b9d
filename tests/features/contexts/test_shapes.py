"""What shapes of contexts tell is what their bodies say, whatever names and values look like."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flagstaff.features.contexts.shapes import MOST_MEMBERS, MOST_TEXT, attribute_meets, shape_of
from flagstaff.intake.contexts import read_instance
from flagstaff.storage.json_conditions import member_meets
from flagstaff.storage.sqlite import open_writer

# Names that end as others do, as they stand in a body or not, and values that look like members.
NAMES = ("a", "ba", '"a', "n", "\n", "\\", "e,", "{a", ":1,", "key", "kind", "x/y", "~1", "é", "*", "[a]")
TEXTS = ("", "a", "pro", 'a":"pro', '"', "\\", "1", "[", "{", "*", "true", "é", "\n")
SCALARS = st.one_of(
    st.sampled_from(TEXTS), st.booleans(), st.none(), st.sampled_from((0, 1, -1, 1.0, 1.5, 10, 1e20, -0.0))
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    ),
    max_leaves=12,
)
OPERATORS = ("equals", "notEquals", "startsWith", "before", "after")
PATHS = st.lists(st.sampled_from([n for n in NAMES if n not in {'"a', "\n", "\\"}]), min_size=1, max_size=3)
ASKED = st.one_of(
    st.tuples(st.sampled_from(OPERATORS[:3]), st.sampled_from(TEXTS)),
    st.tuples(st.sampled_from(OPERATORS[:2]), SCALARS),
    st.tuples(st.sampled_from(OPERATORS[3:]), st.sampled_from((0, 1, 10))),
    st.tuples(st.just("exists"), st.booleans()),
)


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    connection = open_writer(tmp_path_factory.mktemp("shapes") / "scratch.db")
    connection.execute("CREATE TABLE contexts (body TEXT, shape INTEGER)")
    connection.execute("CREATE TABLE context_shapes (environment_id TEXT, path TEXT, shape INTEGER, is_only)")
    yield connection
    connection.close()


def keep(connection: sqlite3.Connection, attributes: dict[str, Any]) -> bool:
    """Store a context as the writer does; whether it has a shape."""
    said = {**attributes, "kind": "user", "key": "pro"}
    (member,) = read_instance(msgspec.json.encode(said)).members
    connection.execute("DELETE FROM contexts")
    connection.execute("DELETE FROM context_shapes")
    shape = member.shape
    connection.execute(
        "INSERT INTO contexts VALUES (?, ?)", (member.body, None if shape is None else shape.id)
    )
    for path, alone in () if shape is None else shape.members:
        connection.execute("INSERT INTO context_shapes VALUES ('e', ?, ?, ?)", (path, shape.id, alone))  # type: ignore[union-attr]
    return shape is not None


def meets(connection: sqlite3.Connection, condition: Any) -> bool:
    sql, values = condition
    found = connection.execute(f"SELECT count(*) FROM contexts WHERE {sql}", {**values, "environment": "e"})
    return bool(found.fetchone()[0])


@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5), PATHS, ASKED)
@example({"b": {"a": "pro"}, "a": "x"}, ["a"], ("equals", "pro"))
@example({"b": {"ba": "pro"}, "a": "x"}, ["a"], ("equals", "pro"))
@example({"a": [{"n": "pro"}], "n": "x"}, ["n"], ("equals", "pro"))
@example({"\n": "pro", "n": "x"}, ["n"], ("equals", "pro"))
@example({"a": True, ":true": 1, "e,": 5}, ["e,"], ("equals", True))
@example({"a": ["pro"]}, ["a"], ("equals", "pro"))
@example({"a": {"n": None}}, ["a", "n"], ("exists", True))
@example({"a": 1.0}, ["a"], ("equals", 1))
@example({}, ["key"], ("exists", True))
def test_a_context_meets_a_condition_with_its_shape_as_without(
    contexts: sqlite3.Connection, attributes: dict[str, Any], path: list[str], asked: tuple[str, Any]
) -> None:
    keep(contexts, attributes)
    operator, value = asked
    expected = meets(contexts, member_meets("body", path, operator, value))

    assert meets(contexts, attribute_meets(path, operator, value)) is expected

    contexts.execute("UPDATE contexts SET shape = NULL")
    assert meets(contexts, attribute_meets(path, operator, value)) is expected


def test_a_context_whose_shape_was_forgotten_is_found(contexts: sqlite3.Connection) -> None:
    assert keep(contexts, {"plan": "pro"})
    contexts.execute("DELETE FROM context_shapes")

    assert meets(contexts, attribute_meets(["plan"], "exists", True))
    assert not meets(contexts, attribute_meets(["name"], "exists", True))
    assert meets(contexts, attribute_meets(["plan"], "equals", "pro"))


@pytest.mark.parametrize(
    ("asked", "damaged"),
    [
        (("exists", True), "{}"),
        (("equals", "pro"), '{"plan":"pro"}no JSON'),
        (("equals", 7), '7 {"plan":7}!'),
    ],
)
def test_where_a_shape_tells_enough_the_body_is_not_read_as_json(
    contexts: sqlite3.Connection, asked: tuple[str, Any], damaged: str
) -> None:
    keep(contexts, {"plan": "pro"})
    contexts.execute("UPDATE contexts SET body = ?", (damaged,))

    assert meets(contexts, attribute_meets(["plan"], *asked))


@pytest.mark.parametrize(
    "attributes",
    [
        {"a": [{"b": 1}]},
        {"a": [[1]]},
        {"a": {"b": None}},
        {"a": {"b": {"c": {"d": {"e": {"f": 1}}}}}},
        {f"a{number}": 1 for number in range(MOST_MEMBERS)},
        {"a" * MOST_TEXT: 1},
    ],
)
def test_a_body_with_more_than_references_tell_has_no_shape(
    contexts: sqlite3.Connection, attributes: dict[str, Any]
) -> None:
    assert not keep(contexts, attributes)


def test_members_are_told_with_the_objects_that_lead_to_them() -> None:
    shape = shape_of(("/name", "/address/city", "/address/nick~1name", "/other/city"))
    assert shape is not None
    assert dict(shape.members) == {
        "/kind": True,
        "/key": True,
        "/name": False,
        "/address": True,
        "/address/city": False,
        "/address/nick~1name": True,
        "/other": True,
        "/other/city": False,
    }


def test_the_order_of_members_makes_no_other_shape() -> None:
    assert shape_of(("/a", "/b")) == shape_of(("/b", "/a"))
    assert len({shape.id for text in ("/a", "/a/b", "/a~1b") if (shape := shape_of((text,)))}) == 3
