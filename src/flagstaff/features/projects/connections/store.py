"""How many connections there were, in the event store: observed, so not a change of anything.

A row stands for each minute in which an environment was counted; later it is folded (`intake.folding`).

When a process has ended, or all have just begun, nobody knows who is only coming back. Streams have a minute
for it, in which there is no count; polling clients count, as ever, until they were silent for a quarter of an
hour.
"""

from collections.abc import Mapping
from heapq import nlargest

from flagstaff.features.projects.connections.model import SILENT, Connected, Counted
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.spans import Span
from flagstaff.storage.events.transaction import EventTransaction
from flagstaff.storage.transaction import Transaction

MINUTE: Millis = 60_000
RETURN: Millis = 60_000  # how long streams may take to come back; SDKs try again within half a minute
MOST_ENVIRONMENTS = 2_000  # that have a history: those with the most connections, then those that had some
COUNT = """INSERT INTO connection_counts VALUES (?, ?, 60000, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
    streams = min(streams, excluded.streams), most_streams = max(most_streams, excluded.most_streams),
    polls = min(polls, excluded.polls), most_polls = max(most_polls, excluded.most_polls)"""
# Who was counted last and has had a connection as long as anything is kept.
KNOWN = """SELECT environment_id FROM connection_counts AS last WHERE width = 60000
    AND at = (SELECT max(at) FROM connection_counts WHERE width = 60000)
    AND EXISTS (SELECT 1 FROM connection_counts
        WHERE environment_id = last.environment_id AND most_streams + most_polls > 0)"""
# Polling clients as those counted them who were there before; the minute of the start may be one's own.
BEFORE = """SELECT environment_id, polls FROM connection_counts WHERE width = 60000
    AND at = (SELECT max(at) FROM connection_counts WHERE width = 60000 AND at < :begun AND at > :heard)"""


def note_counts(tx: EventTransaction, now: Millis, connected: Connected) -> None:
    """So many streams and polling clients each environment has now; those not named have none any more."""
    before: dict[str, int] = dict(tx.all(BEFORE, begun=_minute(connected.begun), heard=now - SILENT))
    known = dict.fromkeys((name for (name,) in tx.many(KNOWN)), (0, 0))
    found = _settle(now, {**known, **connected.environments}, connected.begun, before)
    counted = nlargest(MOST_ENVIRONMENTS, found.items(), key=lambda one: sum(one[1]))
    at = _minute(now)
    rows = [(name, at, streams, streams, polls, polls) for name, (streams, polls) in counted]
    tx.run_many(COUNT, rows)


def settle_count(tx: Transaction, environment_id: str, connected: Connected) -> tuple[int, int] | None:
    """The streams and polling clients of an environment now; None while its streams may be coming back."""
    begun = _minute(connected.begun)
    before: dict[str, int] = dict(tx.events.all(BEFORE, begun=begun, heard=tx.now - SILENT))
    counts = {environment_id: connected.environments.get(environment_id, (0, 0))}
    return _settle(tx.now, counts, connected.begun, before).get(environment_id)


def _minute(at: Millis) -> Millis:
    """When its minute began."""
    return at - at % MINUTE


def _settle(
    now: Millis, counts: Mapping[str, tuple[int, int]], begun: Millis, before: Mapping[str, int]
) -> dict[str, tuple[int, int]]:
    """The counts with the polling clients of `before`; none while streams may be coming back."""
    if before and now - begun < RETURN:
        return {}
    return {name: (streams, max(polls, before.get(name, 0))) for name, (streams, polls) in counts.items()}


def list_counts(tx: Transaction, environment_id: str, span: Span) -> list[Counted]:
    """What was counted in each step, oldest first; steps in which nobody counted are left out."""
    rows = tx.events.all(
        "SELECT (at - :begin) / :step, min(streams), max(most_streams), min(polls), max(most_polls) "
        "FROM connection_counts WHERE environment_id = :environment AND at >= :begin AND width <= :step "
        "GROUP BY 1 ORDER BY 1",
        environment=environment_id,
        begin=span.begin,
        step=span.step,
    )
    return [
        Counted(span.begin + point * span.step, *counts) for point, *counts in rows if point < span.points
    ]
