"""Instants of the operators `before` and `after`, as whole nanoseconds since 1970."""

import math
import re
from datetime import date
from typing import Any

from flagstaff.evaluation.values import as_number

_RFC3339 = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{1,2}):([0-9]{2}):([0-9]{2})"
    r"(?:\.([0-9]{1,9}))?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))"
)
_EPOCH = date(1970, 1, 1).toordinal()
_DAYS_IN_400_YEARS = 146_097
_SECOND = 1_000_000_000


def as_instant(value: Any) -> int | None:
    """Read a number as milliseconds since 1970 and a string as RFC 3339 with date, time and zone."""
    if isinstance(value, str):
        return _parse_rfc3339(value)
    number = as_number(value)
    return None if number is None or math.isinf(number) else int(number) * 1_000_000


def _parse_rfc3339(text: str) -> int | None:
    match = _RFC3339.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in match.group(1, 2, 3, 4, 5, 6))
    if not (1 <= month <= 12 and 1 <= day <= 31 and hour <= 23 and minute <= 59 and second <= 60):
        return None
    offset = _zone_seconds(match)
    if offset is None:
        return None
    seconds = _days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
    return seconds * _SECOND + int((match.group(7) or "").ljust(9, "0"))


def _zone_seconds(match: re.Match[str]) -> int | None:
    sign, hours, minutes = match.group(8, 9, 10)
    if sign is None:
        return 0
    if int(minutes) > 59:
        return None
    offset = int(hours) * 3600 + int(minutes) * 60
    return -offset if sign == "-" else offset


def _days(year: int, month: int, day: int) -> int:
    """Count days since 1970; a day past the end of its month falls into the next one, as in Go."""
    # Python's calendar has no year 0; the one 400 years later is alike.
    first = date(year or 400, month, 1).toordinal() - (0 if year else _DAYS_IN_400_YEARS)
    return first + day - 1 - _EPOCH
