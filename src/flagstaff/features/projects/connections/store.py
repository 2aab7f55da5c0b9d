"""How many connections there were, in the event store: observed, so not a change of anything.

A row stands for each minute in which an environment was counted; later it is folded (`intake.folding`).
"""

from collections.abc import Mapping
from heapq import nlargest

from flagstaff.features.projects.connections.model import Counted
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.spans import Span
from flagstaff.storage.events.transaction import EventTransaction
from flagstaff.storage.transaction import Transaction

MINUTE: Millis = 60_000
MOST_ENVIRONMENTS = 2_000  # that have a history: those with the most connections, then those that had some
COUNT = """INSERT INTO connection_counts VALUES (?, ?, 60000, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
    streams = min(streams, excluded.streams), most_streams = max(most_streams, excluded.most_streams),
    polls = min(polls, excluded.polls), most_polls = max(most_polls, excluded.most_polls)"""
# Who was counted last and has had a connection as long as anything is kept.
KNOWN = """SELECT environment_id FROM connection_counts AS last WHERE width = 60000
    AND at = (SELECT max(at) FROM connection_counts WHERE width = 60000)
    AND EXISTS (SELECT 1 FROM connection_counts
        WHERE environment_id = last.environment_id AND most_streams + most_polls > 0)"""


def note_counts(tx: EventTransaction, now: Millis, counts: Mapping[str, tuple[int, int]]) -> None:
    """So many streams and polling clients each environment has now; those not named have none any more."""
    known = dict.fromkeys((name for (name,) in tx.many(KNOWN)), (0, 0))
    counted = nlargest(MOST_ENVIRONMENTS, {**known, **counts}.items(), key=lambda one: sum(one[1]))
    at = now - now % MINUTE
    rows = [(name, at, streams, streams, polls, polls) for name, (streams, polls) in counted]
    tx.run_many(COUNT, rows)


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
