"""Attribute and clause values in the types that operators compare; None stands for what has no such type.

All JSON numbers are doubles, and booleans are no numbers.
"""

import math
from collections.abc import Hashable
from typing import Any

MAX_DEPTH = 100


def as_text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def as_utf8(value: Any) -> bytes | None:
    """Encode text; a lone surrogate becomes U+FFFD, as in decoders that keep text as UTF-8."""
    if not isinstance(value, str):
        return None
    try:
        return value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def as_number(value: Any) -> float | None:
    """Give the double that a JSON number stands for; one too large for a double is infinite."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        double = float(value)
    except OverflowError:
        double = math.inf if value > 0 else -math.inf
    return None if math.isnan(double) else double


def as_comparable(value: Any, depth: int = 0) -> Hashable:
    """Give a hashable stand-in, equal to another one if both values have one JSON type and are equal."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return ("constant", value)
    if depth < MAX_DEPTH:
        if isinstance(value, (list, tuple)):
            return ("array", *[as_comparable(element, depth + 1) for element in value])
        if isinstance(value, dict):
            members = {name: as_comparable(member, depth + 1) for name, member in value.items()}
            return ("object", frozenset(members.items()))
    number = as_number(value)
    # What is no JSON value, or nested too deeply, equals nothing.
    return object() if number is None else number
