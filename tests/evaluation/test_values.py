import math
from typing import Any

import pytest

from flagstaff.evaluation.values import as_comparable, as_number, as_text, as_utf8


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, 3.0),
        (-0.5, -0.5),
        (2**53 + 1, 2.0**53),
        (10**400, math.inf),
        (-(10**400), -math.inf),
        (math.nan, None),
        (True, None),
        ("3", None),
        (None, None),
        ([3], None),
    ],
)
def test_a_number_is_a_double_and_booleans_are_none(value: Any, number: float | None) -> None:
    assert as_number(value) == number


@pytest.mark.parametrize(("value", "text"), [("a", "a"), ("", ""), (1, None), (None, None), ([], None)])
def test_only_strings_are_text(value: Any, text: str | None) -> None:
    assert as_text(value) == text


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        ("ü", b"\xc3\xbc"),
        ("\ud83d\ude00 pair", "\U0001f600 pair".encode()),
        ("a\ud800b", "a\ufffdb".encode()),
        (7, None),
    ],
)
def test_a_lone_surrogate_becomes_the_replacement_character(value: Any, encoded: bytes | None) -> None:
    assert as_utf8(value) == encoded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "a"),
        (3, 3.0),
        (0, -0.0),
        (None, None),
        (True, True),
        ([1, "a", None], [1.0, "a", None]),
        ({"a": 1, "b": [True]}, {"b": [True], "a": 1.0}),
        ([], []),
        ({}, {}),
    ],
)
def test_equal_values_of_one_type_compare_equal(one: Any, other: Any) -> None:
    assert as_comparable(one) == as_comparable(other)
    assert hash(as_comparable(one)) == hash(as_comparable(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "A"),
        ("3", 3),
        (True, 1),
        (False, 0),
        (None, False),
        (None, ""),
        ([], {}),
        ([1], [True]),
        ([1, 2], [2, 1]),
        ({"a": 1}, {"a": "1"}),
        ({"a": 1}, {"a": 1, "b": None}),
        (["constant", None], None),
        (math.nan, math.nan),
        ({1, 2}, {1, 2}),
    ],
)
def test_values_of_different_types_or_contents_do_not(one: Any, other: Any) -> None:
    assert as_comparable(one) != as_comparable(other)


def test_what_is_nested_too_deeply_equals_nothing() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    assert as_comparable(deep) != as_comparable(deep)
