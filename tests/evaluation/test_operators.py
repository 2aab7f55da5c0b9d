"""Operators, tested through clauses as flags use them."""

import math
from typing import Any

import pytest

from flagstaff.evaluation.operators import OPERATORS, compile_patterns
from tests.support.sdk_data import a_clause, a_dataset, a_flag, a_rule, clause_matches, evaluate_in

DATE = "2017-12-06T00:00:00.000-07:00"
LATER = "2017-12-06T00:01:01.000-07:00"
MILLISECONDS = 1512543600000


def holds(attribute: Any, op: str, *values: Any) -> bool:
    context = {"kind": "user", "key": "x", "attribute": attribute}
    return clause_matches(a_clause("attribute", op, *values), context)


MATCHES: list[tuple[Any, str, Any]] = [
    ("a", "in", "a"),
    (3, "in", 3.0),
    (3.0, "in", 3),
    (2**53 + 1, "in", 2**53),
    (True, "in", True),
    ({"a": [1]}, "in", {"a": [1.0]}),
    ("\ud800", "in", "\ud800"),
    ("abc", "startsWith", "ab"),
    ("abc", "startsWith", ""),
    ("abc", "endsWith", "bc"),
    ("abc", "contains", "b"),
    ("abc", "matches", "b"),
    ("hello world", "matches", "w.r.d$"),
    ("Üx", "matches", "^.x$"),
    ("\ud800", "matches", "^.$"),
    (1, "lessThan", 2),
    (1, "lessThan", 1.5),
    (1, "lessThanOrEqual", 1.0),
    (2, "greaterThan", 1),
    (2, "greaterThanOrEqual", 2),
    (10**400, "greaterThan", 10**300),
    (DATE, "before", LATER),
    (MILLISECONDS, "before", LATER),
    (DATE, "before", MILLISECONDS + 1),
    (LATER, "after", DATE),
    (MILLISECONDS + 1, "after", DATE),
    ("2.0.0", "semVerEqual", "2"),
    ("2.0.0", "semVerLessThan", "2.0.1"),
    ("2.0.0-rc", "semVerLessThan", "2.0.0"),
    ("2.1", "semVerGreaterThan", "2.0.9"),
]

DOES_NOT: list[tuple[Any, str, Any]] = [
    ("a", "in", "A"),
    ("3", "in", 3),
    (3, "in", "3"),
    (True, "in", 1),
    (1, "in", True),
    (0, "in", False),
    (False, "in", 0),
    ({"a": [True]}, "in", {"a": [1]}),
    ("a", "in", ["a"]),
    (math.nan, "in", math.nan),
    ("abc", "startsWith", "b"),
    ("abc", "startsWith", "A"),
    (1, "startsWith", "1"),
    ("1", "startsWith", 1),
    ("abc", "endsWith", "ab"),
    ("abc", "contains", "d"),
    (True, "contains", "r"),
    ("abc", "matches", "^b"),
    ("abc", "matches", "("),
    ("aa", "matches", r"(a)\1"),
    ("ab", "matches", "a(?=b)"),
    ("x\n", "matches", "x$"),
    (5, "matches", "5"),
    ("5", "matches", 5),
    (1, "lessThan", 1),
    (2, "lessThan", 1),
    ("1", "lessThan", 2),
    (1, "lessThan", "2"),
    (True, "lessThan", 2),
    (1, "lessThan", True),
    (2, "lessThanOrEqual", 1),
    (1, "greaterThan", 1),
    (1, "greaterThanOrEqual", 2),
    (math.nan, "greaterThan", 1),
    (DATE, "before", DATE),
    (DATE, "after", DATE),
    (DATE, "before", MILLISECONDS),
    (DATE, "after", "2017-12-06T07:00:00Z"),
    ("2017-12-06", "before", LATER),
    (DATE, "before", "badstring"),
    (str(MILLISECONDS), "before", LATER),
    (True, "before", LATER),
    ("v2.0.0", "semVerEqual", "2.0.0"),
    ("2.0.0", "semVerEqual", "02.0.0"),
    (2, "semVerEqual", "2"),
    ("2", "semVerEqual", 2),
    ("2.0.0", "semVerLessThan", "2.0.0+build"),
    ("2.0.0-rc", "semVerGreaterThan", "2.0.0"),
    ("a", "unheardOf", "a"),
    ("a", "IN", "a"),
]


@pytest.mark.parametrize(("attribute", "op", "value"), MATCHES)
def test_an_operator_holds(attribute: Any, op: str, value: Any) -> None:
    assert holds(attribute, op, value)


@pytest.mark.parametrize(("attribute", "op", "value"), DOES_NOT)
def test_an_operator_does_not_hold(attribute: Any, op: str, value: Any) -> None:
    assert not holds(attribute, op, value)


@pytest.mark.parametrize(
    ("attribute", "op", "values"),
    [
        ("c", "in", ["a", "b", "c"]),
        ("abc", "startsWith", ["x", 1, "ab"]),
        ("abc", "endsWith", ["x", None, "bc"]),
        ("abc", "contains", ["x", [], "b"]),
        ("abc", "matches", ["(", "x", "c$"]),
        (5, "lessThan", [1, "9", 9, 3]),
        (5, "greaterThanOrEqual", [9, True, 5, 7]),
        (DATE, "before", [1, "badstring", LATER, 2]),
        (DATE, "after", [LATER, None, 1]),
        ("2.0.0", "semVerEqual", ["1", "bad", "2"]),
        ("2.0.0", "semVerLessThan", ["1", "3", "2", "v9"]),
        ("2.0.0", "semVerGreaterThan", ["3", "1", "2"]),
    ],
)
def test_any_value_of_the_clause_is_enough_and_unusable_ones_are_passed_over(
    attribute: Any, op: str, values: list[Any]
) -> None:
    assert holds(attribute, op, *values)


@pytest.mark.parametrize("op", [*OPERATORS, "unheardOf"])
def test_a_clause_without_values_never_matches(op: str) -> None:
    assert not holds("a", op)
    assert not holds(1, op)


ODD_VALUES = [None, True, 0, 1.5, "text", "\ud800", [], [[]], {}, {"a": None}, 10**400, -math.inf]


@pytest.mark.parametrize("op", [*OPERATORS, "unheardOf"])
def test_no_operator_stumbles_over_any_pair_of_types(op: str) -> None:
    for value in ODD_VALUES:
        flag = a_flag(rules=[a_rule(a_clause("attribute", op, value))])
        dataset = a_dataset(flag)
        for attribute in ODD_VALUES:
            detail = evaluate_in(
                dataset, "flag", {"kind": "user", "key": "x", "attribute": attribute}, "default"
            )
            assert detail.reason["kind"] in ("RULE_MATCH", "FALLTHROUGH"), (value, attribute)


def test_patterns_that_re2_cannot_compile_are_left_out() -> None:
    assert len(compile_patterns([b"a", b"(", b"a(?=b)", rb"\1", b"b"])) == 2
