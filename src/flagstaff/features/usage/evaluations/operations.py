"""How often the variations of a flag were served, over REST: the handler, then its row."""

import re
from datetime import UTC, tzinfo
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct, field

from flagstaff.features.flags.model import Flag
from flagstaff.features.flags.scope import flag_of, place_of
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.features.usage.evaluations.model import DAY, FALLBACK, Count, add_up, list_points
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.links import Link, Links
from flagstaff.storage.transaction import Transaction

PATH = "/api/v2/usage/evaluations/{projectKey}/{environmentKey}/{featureFlagKey}"
DEFAULT: Millis = 30 * DAY
MOMENT = re.compile(r"[0-9]{1,14}")
TIME = "Milliseconds since 1970, as text."


class SeriesQuery(Struct, frozen=True):
    """Which time the series covers, and where its days begin."""

    begin: Annotated[str, Meta(description=f"Where the series begins: 30 days ago. {TIME}")] = field(
        default="", name="from"
    )
    to: Annotated[str, Meta(description=f"Where the series ends: now. {TIME}")] = ""
    tz: Annotated[str, Meta(description="The time zone in which days begin, such as `Europe/Berlin`.")] = ""


class SeriesRep(Struct, frozen=True, kw_only=True):
    """Points in time, each with a number under the place that a series has in `metadata`."""

    links: Links = field(name="_links")
    metadata: list[dict[str, Any]]
    series: list[dict[str, int]]


def get_evaluations_usage(call: Call) -> SeriesRep:
    """Count how often each variation of a flag was served: by minute, hour or day, as old as the range is.

    A last series counts where code gave its fallback value, if it did.
    """
    environment, flag = environment_of(call), flag_of(call, place_of(call)).flag
    now = call.tx.now
    end = _read_moment(call.query.to, "to", now)
    begin = _read_moment(call.query.begin, "from", end - DEFAULT)
    if begin >= end:
        raise InvalidRequest("query: from must be before to - at `from`")
    points = list_points(begin, end, now, _read_zone(call.query.tz), flag.creation_date)
    counts = _list_counts(call.tx, environment, flag.key, points[0] if points else end, end)
    sums = add_up(counts, points, end)
    series = _list_series(flag, {variation for _, variation in sums})
    return SeriesRep(
        links={"self": Link(call.url)},
        metadata=[metadata for _, metadata in series],
        series=[
            {"time": start}
            | {str(place): sums.get((point, index), 0) for place, (index, _) in enumerate(series)}
            for point, start in enumerate(points)
        ],
    )


def _list_counts(
    tx: Transaction, environment: Environment, flag_key: str, begin: Millis, end: Millis
) -> list[Count]:
    rows = tx.events.all(
        "SELECT at, width, variation, sum(count) FROM flag_counters WHERE environment_id = :environment "
        "AND flag_key = :key AND at > :begin AND at < :end GROUP BY at, width, variation",
        environment=environment.id,
        key=flag_key,
        begin=begin - DAY,  # a day that is kept in one piece may begin before the first point
        end=end,
    )
    return [Count(*row) for row in rows]


def _list_series(flag: Flag, counted: set[int]) -> list[tuple[int, dict[str, Any]]]:
    """The variations that the flag has, and what else was counted: removed ones, and the fallback value."""
    series: list[tuple[int, dict[str, Any]]] = [
        (index, {"_id": variation.id, "variation": index, "value": variation.value, "name": variation.name})
        for index, variation in enumerate(flag.variations)
    ]
    removed = sorted(index for index in counted if index >= len(flag.variations))
    series += [(index, {"variation": index}) for index in removed]
    return [*series, *([(FALLBACK, {"variation": None})] if FALLBACK in counted else [])]


def _read_moment(text: str, name: str, default: Millis) -> Millis:
    if not text:
        return default
    if not MOMENT.fullmatch(text):
        raise InvalidRequest(f"query: {name} must be in milliseconds since 1970 - at `{name}`")
    return int(text)


def _read_zone(name: str) -> tzinfo:
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise InvalidRequest(f"query: unknown time zone {name[:80]!r} - at `tz`") from None


OPERATIONS = (
    Operation(
        get_evaluations_usage,
        "GET",
        PATH,
        ("account_usage_beta", "get_evaluations_usage"),
        query=SeriesQuery,
        answer=SeriesRep,
        beta=True,
    ),
)
