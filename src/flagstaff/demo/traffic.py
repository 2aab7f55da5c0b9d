"""Events of the demo's shop as an SDK would send them; the same for the same hour, without chance."""

from collections.abc import Iterator, Sequence
from typing import Any
from zlib import crc32

from flagstaff.demo.content import Traffic
from flagstaff.kernel.clock import Millis

HOUR = 3_600_000
DAY = 24 * HOUR
WEEK = 7 * DAY
SPARSE = 2  # hours from one payload to the next between the two days of which every hour is told
# Percent of what there is around noon, for each hour of a day: people sleep at night and read in the evening.
BY_HOUR = (22, 14, 9, 7, 7, 10, 19, 34, 52, 70, 84, 95, 100, 97, 90, 86, 88, 93, 104, 118, 122, 104, 72, 41)


def list_batches(
    traffic: Traffic, contexts: Sequence[dict[str, Any]], now: Millis
) -> Iterator[tuple[Millis, list[dict[str, Any]]]]:
    """What an SDK posts when: each hour of the last day and of that a week before, between them every second.

    At the end it tells who was served.
    """
    for at in range(now - WEEK - DAY + HOUR, now - WEEK + 1, HOUR):
        yield at, [_summarise(traffic, at)]
    for at in range(now - WEEK + SPARSE * HOUR, now - DAY + 1, SPARSE * HOUR):
        yield at, [_summarise(traffic, at, SPARSE)]
    for at in range(now - DAY + HOUR, now + 1, HOUR):
        yield at, [_summarise(traffic, at)]
    yield now, _introduce(contexts, now)


def _summarise(traffic: Traffic, at: Millis, hours: int = 1) -> dict[str, Any]:
    """How often each variation was served in so many hours before a moment."""
    features = {
        flag: {"default": None, "contextKinds": ["user"], "counters": _count(flag, counts, at, hours)}
        for flag, counts in traffic.flags.items()
    }
    return {"kind": "summary", "startDate": at - HOUR, "endDate": at, "features": features}


def _introduce(contexts: Sequence[dict[str, Any]], at: Millis) -> list[dict[str, Any]]:
    """That these contexts were seen, one each two minutes before the moment."""
    return [
        {"kind": "index", "creationDate": at - number * 120_000, "context": context}
        for number, context in enumerate(contexts)
    ]


def _count(flag: str, counts: Sequence[int], at: Millis, hours: int) -> list[dict[str, Any]]:
    share = BY_HOUR[at // HOUR % 24] * hours
    return [
        {
            "variation": number,
            "value": None,
            "version": 1,
            "count": max(1, count * share * _sway(flag, at) // 10_000),
        }
        for number, count in enumerate(counts)
        if count
    ]


def _sway(flag: str, at: Millis) -> int:
    """Between 85 and 115 percent: no hour is like the other."""
    return 85 + crc32(f"{flag}/{at // HOUR}".encode()) % 31
