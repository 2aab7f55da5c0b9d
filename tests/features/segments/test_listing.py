import pytest

from flagstaff.features.segments.listing import default_limit, order_by, where
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.versions import V20220603, V20240415

TAGGED = "id IN (SELECT resource_id FROM tags WHERE tags.kind = 'segment'"


@pytest.mark.parametrize(("version", "limit"), [(V20220603, 50), (V20240415, 20)])
def test_pages_became_shorter_with_a_version(version, limit):
    assert default_limit(version) == limit


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", "created DESC, key"),
        ("name", "lower(name), key"),
        ("-lastModified,creationDate", "modified DESC, created, key"),
    ],
)
def test_the_order_is_newest_first_unless_it_is_named(sort, order):
    assert order_by(sort) == order


@pytest.mark.parametrize(
    ("text", "sql", "values"),
    [
        ("", "TRUE", {}),
        ("kind equals 'rule-based'", "(kind = 'rule')", {}),
        ("unbounded equals true", "(unbounded = :p1)", {"p1": 1}),
        ("unbounded equals false", "(unbounded = :p1)", {"p1": 0}),
        ("external exists true", "(FALSE)", {}),
        ("external exists false", "(TRUE)", {}),
        (
            "tags anyOf ['a', 'b']",
            f"({TAGGED} AND tag COLLATE NOCASE IN (:p1, :p2)))",
            {"p1": "a", "p2": "b"},
        ),
    ],
)
def test_a_filter_is_a_condition_with_parameters(text, sql, values):
    assert where(text) == (sql, values)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name equals x", "unknown field 'name'; allowed fields: external, kind, query, tags, unbounded"),
        ("kind equals 'huge'", "field 'kind' takes one of rule, rule-based"),
        ("tags equals 'a'", "allowed operators: anyOf"),
        ("unbounded equals maybe", "takes true or false"),
    ],
)
def test_a_filter_that_means_nothing_is_refused(text, reason):
    with pytest.raises(InvalidRequest, match=reason):
        where(text)


def test_an_unknown_field_to_sort_by_is_refused():
    with pytest.raises(InvalidRequest, match="unknown field 'key'"):
        order_by("key")
