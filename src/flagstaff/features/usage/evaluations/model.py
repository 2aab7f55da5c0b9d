"""Counts over time: how fine they are shown, and which point of a series a count belongs to."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo

import msgspec

from flagstaff.kernel.clock import EPOCH, Millis

MINUTE: Millis = 60_000
HOUR: Millis = 60 * MINUTE
DAY: Millis = 24 * HOUR
FALLBACK = -1  # the variation of counts where code gave its own value


class Count(msgspec.Struct, frozen=True):
    """How often a variation was served in the period that begins `at`."""

    at: Millis
    width: Millis
    variation: int
    count: int


def list_points(begin: Millis, end: Millis, now: Millis, zone: tzinfo, since: Millis = 0) -> list[Millis]:
    """When each point of the series begins: minutes of the last two hours, hours of two days, or days.

    Days begin at midnight in the time zone, and with the one `since` which there can be something.
    """
    age = now - begin
    if age > 2 * DAY:
        return _list_days(max(begin, since), end, zone)
    step = MINUTE if age <= 2 * HOUR else HOUR
    return list(range(begin - begin % step, end, step))


def add_up(counts: Iterable[Count], points: Sequence[Millis], end: Millis) -> dict[tuple[int, int], int]:
    """The sums by point and variation; a period belongs to the point in which its middle lies."""
    sums: dict[tuple[int, int], int] = {}
    for count in counts:
        point = bisect_right(points, count.at + count.width // 2) - 1
        if point >= 0 and count.at < end:
            key = (point, count.variation)
            sums[key] = sums.get(key, 0) + count.count
    return sums


def _list_days(begin: Millis, end: Millis, zone: tzinfo) -> list[Millis]:
    day = (EPOCH + timedelta(milliseconds=begin)).astimezone(zone).date()
    points: list[Millis] = []
    while (start := _midnight(day.year, day.month, day.day, zone)) < end:
        points.append(start)
        day += timedelta(days=1)
    return points


def _midnight(year: int, month: int, day: int, zone: tzinfo) -> Millis:
    return round((datetime(year, month, day, tzinfo=zone) - EPOCH) / timedelta(milliseconds=1))
