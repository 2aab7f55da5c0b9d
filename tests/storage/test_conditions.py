"""Filters as SQL, run on SQLite."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flagstaff.kernel.filters.comparisons import parse_comparisons
from flagstaff.kernel.filters.expression import And, Or, Term
from flagstaff.kernel.filters.fields import MOST_ELEMENTS, MOST_TERMS, Field
from flagstaff.storage.conditions import any_of, compares, contains_text, escape_like, translate_filter

FIELDS = {
    "key": lambda operator, value: compares("key", operator, value),
    "created": lambda operator, value: compares("created", operator, value),
    "query": lambda _, value: contains_text(value, "key", "name"),
    "tags": lambda _, value: (
        " AND ".join(f"tags LIKE :tag{n}" for n in range(len(value))),
        {f"tag{n}": f"%{tag}%" for n, tag in enumerate(value)},
    ),
}
ROWS = [
    ("checkout", "New checkout", 10, "beta web"),
    ("dark-mode", "Dark % mode", 20, "web"),
    ("quota", r"100_000\month", 30, ""),
]


@pytest.fixture(scope="module")
def select():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE flags (key TEXT, name TEXT, created INTEGER, tags TEXT)")
    connection.executemany("INSERT INTO flags VALUES (?, ?, ?, ?)", ROWS)

    def keys(condition):
        sql, parameters = condition
        found = connection.execute(f"SELECT key FROM flags WHERE {sql} ORDER BY key", dict(parameters))
        return [key for (key,) in found]

    yield keys
    connection.close()


@pytest.mark.parametrize(
    ("expression", "keys"),
    [
        (None, ["checkout", "dark-mode", "quota"]),
        (And(()), ["checkout", "dark-mode", "quota"]),
        (Term("key", "equals", "quota"), ["quota"]),
        (Term("key", "notEquals", "quota"), ["checkout", "dark-mode"]),
        (Term("key", "anyOf", ("quota", "checkout", "?")), ["checkout", "quota"]),
        (Term("key", "anyOf", ()), []),
        (Term("created", "before", 20), ["checkout"]),
        (Term("created", "after", 20), ["quota"]),
        (Term("query", "equals", "DARK"), ["dark-mode"]),
        (Term("query", "equals", "%"), ["dark-mode"]),
        (Term("query", "equals", "_000"), ["quota"]),
        (Term("query", "equals", "0\\m"), ["quota"]),
        (Term("query", "equals", "' OR 1=1 --"), []),
        (Term("query", "equals", ""), ["checkout", "dark-mode", "quota"]),
        (Term("tags", "contains", ("web", "beta")), ["checkout"]),
        (And((Term("query", "equals", "o"), Term("tags", "contains", ("web",)))), ["checkout", "dark-mode"]),
        (
            Or(
                (
                    And((Term("created", "after", 5), Term("created", "before", 15))),
                    Term("key", "equals", "quota"),
                )
            ),
            ["checkout", "quota"],
        ),
        (
            And(
                (
                    Or((Term("key", "equals", "quota"), Term("key", "equals", "checkout"))),
                    Term("created", "after", 15),
                )
            ),
            ["quota"],
        ),
    ],
)
def test_an_expression_selects_its_rows(select, expression, keys):
    assert select(translate_filter(expression, FIELDS)) == keys


def test_each_value_is_a_parameter_of_its_own():
    sql, parameters = translate_filter(
        And((Term("query", "equals", "a"), Term("key", "equals", "b"), Term("key", "anyOf", ("c", "d")))),
        FIELDS,
    )
    assert parameters == {"p1": "%a%", "p2": "b", "p3": "c", "p4": "d"}
    assert sql.count(":p1") == 2
    assert "(key = :p2) AND (key IN (:p3, :p4))" in sql


def test_only_the_names_of_parameters_are_renamed():
    fields = {"a": lambda _, value: ("x::text = :value AND y = ':other' AND z = :kept", {"value": value})}
    sql, _ = translate_filter(Term("a", "equals", 1), fields)
    assert sql == "(x::text = :p1 AND y = ':other' AND z = :kept)"


@given(st.text(max_size=20).filter(lambda text: "\0" not in text))
def test_a_search_text_matches_itself_and_only_itself(text):
    connection = sqlite3.connect(":memory:")
    sql = r"SELECT :text LIKE :pattern ESCAPE '\', :text || 'x' LIKE :pattern ESCAPE '\'"
    [(itself, other)] = connection.execute(sql, {"text": text, "pattern": escape_like(text)})
    connection.close()
    assert (itself, other) == (1, 0)


def test_the_largest_filter_that_is_read_is_one_that_sqlite_takes(select):
    tags = ("beta",) * MOST_ELEMENTS
    terms = [Term("tags", "contains", tags), *[Term("query", "equals", "o")] * (MOST_TERMS - 1)]
    assert select(translate_filter(And(tuple(terms)), FIELDS)) == ["checkout"]


def test_the_deepest_filter_that_is_read_is_one_that_sqlite_takes(select):
    text = "(" * 16 + "key equals quota" + " | key equals checkout)" * 16
    expression = parse_comparisons(text, [Field("key")])
    assert select(translate_filter(expression, FIELDS)) == ["checkout", "quota"]


def test_no_values_are_any_of_none(select):
    assert select(any_of("key", ())) == []


def test_the_longest_search_text_is_one_that_sqlite_takes(select):
    assert select(contains_text("\U0001f600" * 10_000, "key", "name")) == []
    assert select(contains_text("%" * 10_000, "key", "name")) == []
