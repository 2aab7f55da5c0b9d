"""The grammar `field operator value`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.filters.comparisons import parse_comparisons
from flagstaff.kernel.filters.expression import And, Or, Term
from flagstaff.kernel.filters.fields import Field

FIELDS = (
    Field("kind"),
    Field("query"),
    Field("tags", operators=("anyOf", "contains", "equals")),
    Field("unbounded", kind="boolean"),
    Field("external", operators=("exists",)),
    Field("status", operators=("anyOf", "equals")),
    Field("resourceId"),
    Field("name", operators=("equals", "startsWith", "exists")),
    Field("lastSeen", operators=("before", "after")),
    Field("user.age", operators=("equals", "notEquals", "anyOf"), kind="any"),
    Field("user.shoe size", operators=("equals",), kind="integer"),
)


def kind(value):
    return Term("kind", "equals", value)


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("", None),
        ("  ", None),
        ("kind equals organization", kind("organization")),
        ('kind equals "organization"', kind("organization")),
        ("kind equals 'organization'", kind("organization")),
        (
            "tags anyOf ['enterprise', 'beta'],query equals 'toggle'",
            And((Term("tags", "anyOf", ("enterprise", "beta")), Term("query", "equals", "toggle"))),
        ),
        (
            'query equals dark-mode, tags contains ["beta","q1"]',
            And((Term("query", "equals", "dark-mode"), Term("tags", "contains", ("beta", "q1")))),
        ),
        ("tags equals [a, b]", Term("tags", "equals", ("a", "b"))),
        ("tags anyOf beta", Term("tags", "anyOf", ("beta",))),
        ("unbounded equals true", Term("unbounded", "equals", True)),
        ("external exists false", Term("external", "exists", False)),
        (
            "resourceId equals proj/my-project:env/*:flag/my-flag",
            Term("resourceId", "equals", "proj/my-project:env/*:flag/my-flag"),
        ),
        ("query equals 457034721476302714390214", Term("query", "equals", "457034721476302714390214")),
        ("name startsWith Ann", Term("name", "startsWith", "Ann")),
        ('"user.shoe size" equals 42', Term("user.shoe size", "equals", 42)),
        ("user.age equals 42", Term("user.age", "equals", 42)),
        ("user.age equals 4.5", Term("user.age", "equals", 4.5)),
        ("user.age equals '42'", Term("user.age", "equals", "42")),
        ("user.age equals null", Term("user.age", "equals", None)),
        ("user.age equals 007", Term("user.age", "equals", "007")),
        ("user.age anyOf [1, true, old]", Term("user.age", "anyOf", (1, True, "old"))),
        ("lastSeen after 2023-01-02T03:04:05.678Z", Term("lastSeen", "after", 1672628645678)),
        ("lastSeen before '2023-01-02T03:04:05+01:00'", Term("lastSeen", "before", 1672625045000)),
        ("lastSeen after 1672628645678", Term("lastSeen", "after", 1672628645678)),
        ("kind equals a, kind equals b | kind equals c", Or((And((kind("a"), kind("b"))), kind("c")))),
        ("kind equals a | kind equals b, kind equals c", Or((kind("a"), And((kind("b"), kind("c")))))),
        ("(kind equals a | kind equals b), kind equals c", And((Or((kind("a"), kind("b"))), kind("c")))),
        ("kind equals 'a' and kind equals 'b'", And((kind("a"), kind("b")))),
        ("kind equals a OR kind equals b", Or((kind("a"), kind("b")))),
        ("(kind equals a)and(kind equals b)", And((kind("a"), kind("b")))),
        ("((kind equals a))", kind("a")),
        ('kind:{"equals": "a"}', kind("a")),
        ('kind:"GoSDK/1.2"', kind("GoSDK/1.2")),
        (
            'tags:{"contains": ["user:Henry"], "anyOf": ["b"]}',
            And((Term("tags", "contains", ("user:Henry",)), Term("tags", "anyOf", ("b",)))),
        ),
    ],
)
def test_a_filter_is_read_into_an_expression(text, expression):
    assert parse_comparisons(text, FIELDS) == expression


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colour equals red", "unknown field 'colour'; allowed fields: external, kind, lastSeen,"),
        ('"" equals red', "unknown field ''"),
        ("kind contains a", "field 'kind' does not take 'contains'; allowed operators: equals"),
        ("kind Equals a", "field 'kind' does not take 'Equals'"),
        ("kind", "expected an operator at character 5"),
        ("kind equals", "expected a value at character 12"),
        ("kind equals two words", "expected ',', '|' or the end at character 17"),
        ("kind equals a,", "expected a field or '(' at character 15"),
        ("kind equals a |", "expected a field or '(' at character 16"),
        ("(kind equals a", "expected ')' at character 15"),
        ("kind equals a)", "expected ',', '|' or the end at character 14"),
        ("kind equals 'open", "expected a value at character 13"),
        (r"kind equals 'a\qb'", "expected quoted text with valid escapes at character 13"),
        ("tags anyOf ['a' 'b']", "expected ',' or ']' at character 17"),
        ("tags anyOf ['a',]", "expected a value at character 17"),
        ("tags anyOf ['a'", "expected ',' or ']' at character 16"),
        ("tags anyOf []", "field 'tags' takes a list of 1 to 500 values"),
        ("kind equals ['a', 'b']", "field 'kind' takes text"),
        ("unbounded equals 1", "field 'unbounded' takes true or false, not '1'"),
        ("external exists maybe", "field 'external' takes true or false"),
        ("lastSeen after yesterday", "takes Unix milliseconds or an RFC 3339 time, not 'yesterday'"),
        ("lastSeen after 2023-01-02T03:04:05", "takes Unix milliseconds or an RFC 3339 time"),
        ("user.age equals ['x', 'y']", "field 'user.age' takes a single value"),
        ('user.age:{"equals": 12345678901234567890}', "takes a number of at most 15 digits"),
        ("(" * 18 + "kind equals a" + ")" * 18, "parentheses nested more than 16 levels deep"),
        ("(" * 9_000, "parentheses nested more than 16 levels deep"),
        ("kind equals a" + ",kind equals a" * 200, "more than 200 terms"),
        ("kind equals " + "x" * 10_000, "longer than 10000 characters"),
    ],
)
def test_what_is_wrong_with_a_filter_is_named_with_its_field_or_position(text, message):
    with pytest.raises(InvalidRequest) as caught:
        parse_comparisons(text, FIELDS)
    assert message in caught.value.message


TOKENS = [
    *("kind", "user.age", "equals", "anyOf", "lastSeen", "after", "and", "or"),
    *("a", "1e99", "00", "0001-01-01T00:00:00+23:59", "'q'", '"', "'", "\\"),
    *("(", ")", ",", "|", "[", "]", "{", "}", ":"),
]


@given(st.lists(st.sampled_from(TOKENS)).map(" ".join) | st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        parse_comparisons(text, FIELDS)
    except InvalidRequest:
        return
