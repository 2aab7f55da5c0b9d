"""Typed reading of flag and segment JSON, as strict as the Go decoder: null stands only where it may."""

import math
from typing import Any

from flagstaff.evaluation.values import as_number

_TWO_TO_63 = 1 << 63


class MalformedData(ValueError):
    """Flag or segment data of a wrong type."""


def read_object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MalformedData("not an object")
    return value


def read_string(data: dict[str, Any], name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise MalformedData(f"{name} is not a string")
    return value


def read_optional_string(data: dict[str, Any], name: str) -> str:
    """Read a string for which null and the empty string mean the same."""
    return "" if data.get(name) is None else read_string(data, name)


def read_bool(data: dict[str, Any], name: str) -> bool:
    value = data.get(name, False)
    if not isinstance(value, bool):
        raise MalformedData(f"{name} is not a boolean")
    return value


def read_int(data: dict[str, Any], name: str) -> int:
    """Read an integer of 64 bits; 3.0 is one, too."""
    value = data.get(name, 0)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not -_TWO_TO_63 <= value < _TWO_TO_63:
        raise MalformedData(f"{name} is not an integer")
    return value


def read_optional_int(data: dict[str, Any], name: str) -> int | None:
    return None if data.get(name) is None else read_int(data, name)


def read_optional_number(data: dict[str, Any], name: str) -> float | None:
    value = data.get(name)
    number = as_number(value)
    if value is not None and (number is None or math.isinf(number)):
        raise MalformedData(f"{name} is not a number")
    return number


def read_list(data: dict[str, Any], name: str) -> list[Any]:
    value = data.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise MalformedData(f"{name} is not an array")
    return value


def read_objects(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [read_object(value) for value in read_list(data, name)]


def read_strings(data: dict[str, Any], name: str) -> list[str]:
    values = read_list(data, name)
    if not all(isinstance(value, str) for value in values):
        raise MalformedData(f"{name} is not an array of strings")
    return values
