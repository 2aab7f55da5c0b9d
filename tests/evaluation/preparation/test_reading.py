from collections.abc import Callable
from typing import Any

import pytest

from flagstaff.evaluation.preparation.reading import (
    MalformedData,
    read_bool,
    read_int,
    read_list,
    read_object,
    read_objects,
    read_optional_int,
    read_optional_number,
    read_optional_string,
    read_string,
    read_strings,
)

ABSENT = object()

CASES: list[tuple[Callable[[dict[str, Any], str], Any], Any, Any]] = [
    (read_string, ABSENT, ""),
    (read_string, "a", "a"),
    (read_optional_string, None, ""),
    (read_optional_string, "a", "a"),
    (read_bool, ABSENT, False),
    (read_bool, True, True),
    (read_int, ABSENT, 0),
    (read_int, -3, -3),
    (read_int, 3.0, 3),
    (read_int, -(2**63), -(2**63)),
    (read_optional_int, ABSENT, None),
    (read_optional_int, None, None),
    (read_optional_int, 0, 0),
    (read_optional_number, None, None),
    (read_optional_number, 1.5, 1.5),
    (read_optional_number, 7, 7.0),
    (read_list, ABSENT, []),
    (read_list, None, []),
    (read_list, [1], [1]),
    (read_objects, None, []),
    (read_objects, [{"a": 1}], [{"a": 1}]),
    (read_strings, None, []),
    (read_strings, ["a", ""], ["a", ""]),
]

REFUSED: list[tuple[Callable[[dict[str, Any], str], Any], Any]] = [
    (read_string, None),
    (read_string, 5),
    (read_optional_string, 5),
    (read_bool, None),
    (read_bool, 1),
    (read_bool, "true"),
    (read_int, None),
    (read_int, True),
    (read_int, 3.5),
    (read_int, "3"),
    (read_int, float("inf")),
    (read_int, 2**63),
    (read_int, -(2**63) - 1),
    (read_int, 1e300),
    (read_int, float("nan")),
    (read_optional_int, False),
    (read_optional_int, "3"),
    (read_optional_number, "3"),
    (read_optional_number, True),
    (read_optional_number, float("nan")),
    (read_optional_number, float("inf")),
    (read_list, {}),
    (read_list, "a"),
    (read_objects, [1]),
    (read_objects, {}),
    (read_strings, ["a", 1]),
    (read_strings, "a"),
]


@pytest.mark.parametrize(("read", "value", "expected"), CASES)
def test_members_are_read_by_type(
    read: Callable[[dict[str, Any], str], Any], value: Any, expected: Any
) -> None:
    assert read({} if value is ABSENT else {"member": value}, "member") == expected


@pytest.mark.parametrize(("read", "value"), REFUSED)
def test_other_types_are_malformed(read: Callable[[dict[str, Any], str], Any], value: Any) -> None:
    with pytest.raises(MalformedData):
        read({"member": value}, "member")


@pytest.mark.parametrize("value", [None, [], "x", 5])
def test_an_object_is_an_object(value: Any) -> None:
    assert read_object({"a": 1}) == {"a": 1}
    with pytest.raises(MalformedData):
        read_object(value)
