"""How often one flag was served over time, and who asked for it, from the counters of the event store."""

from collections import Counter

import msgspec

from flagstaff.features.flags.model import Flag
from flagstaff.features.projects.environments.model import Environment
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.spans import HOUR, Span
from flagstaff.storage.transaction import Transaction

MOST_APPLICATIONS = 50
# The longest span in hours that is shown in such steps: some 80 to 120 points.
STEPS = ((36, HOUR), (168, 2 * HOUR), (720, 6 * HOUR))


class Evaluations(msgspec.Struct, frozen=True):
    """Counts by variation (-1: the fallback value of code) and point, those by context kinds, and silence."""

    series: dict[int, list[int]]
    kinds: dict[str, int]
    gaps: tuple[int, ...]


class Asking(msgspec.Struct, frozen=True):
    """An application that asked for a flag, and when it last did."""

    key: str
    name: str
    last: Millis


def read_evaluations(tx: Transaction, environment: Environment, flag: Flag, span: Span) -> Evaluations:
    """Count the evaluations of a flag in each step."""
    rows = tx.events.all(
        "SELECT variation, context_kinds, (at - :begin) / :step, sum(count) FROM flag_counters "
        "WHERE environment_id = :environment AND flag_key = :key "
        "AND at >= :begin AND at < :end AND width <= :step GROUP BY 1, 2, 3",
        **_given(environment, span),
        key=flag.key,
    )
    series: dict[int, list[int]] = {}
    kinds = Counter[str]()
    for variation, told, point, count in rows:
        series.setdefault(variation, [0] * span.points)[point] += count
        kinds[told] += count
    heard = _list_heard(tx, environment, span)
    heard |= {point for one in series.values() for point, count in enumerate(one) if count}
    gaps = tuple(point for point in range(span.points) if point not in heard)
    return Evaluations(series, dict(kinds.most_common()), gaps)


def _list_heard(tx: Transaction, environment: Environment, span: Span) -> set[int]:
    """The points in which an SDK of the environment told anything at all."""
    rows = tx.events.all(
        "SELECT DISTINCT (at - :begin) / :step FROM sdk_counters "
        "WHERE environment_id = :environment AND at >= :begin AND at < :end AND width <= :step",
        **_given(environment, span),
    )
    return {point for (point,) in rows}


def _given(environment: Environment, span: Span) -> dict[str, str | int]:
    return {"environment": environment.id, "begin": span.begin, "end": span.end, "step": span.step}


def find_requests(tx: Transaction, environment: Environment, flag: Flag) -> tuple[Millis, Millis] | None:
    """When a flag was first and last requested; what came before it was made was for another of its key."""
    row = tx.events.one(
        "SELECT first_requested, last_requested FROM flag_requests "
        "WHERE environment_id = :environment AND flag_key = :key AND last_requested >= :created",
        environment=environment.id,
        key=flag.key,
        created=flag.creation_date,
    )
    return None if row is None else (max(row[0], flag.creation_date), row[1])


def list_asking(tx: Transaction, environment: Environment, flag: Flag) -> list[Asking]:
    """The applications that asked for a flag since it was made, those that did last first."""
    rows = tx.events.all(
        "SELECT application_key, coalesce(name, ''), last_requested FROM application_flags AS asked "
        "LEFT JOIN applications ON applications.environment_id = asked.environment_id "
        "AND applications.key = application_key "
        "WHERE asked.environment_id = :environment AND flag_key = :key AND last_requested >= :created "
        "ORDER BY last_requested DESC, application_key LIMIT :most",
        environment=environment.id,
        key=flag.key,
        created=flag.creation_date,
        most=MOST_APPLICATIONS,
    )
    return [Asking(key, name, last) for key, name, last in rows]
