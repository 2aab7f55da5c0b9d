"""Delivery receipts over REST: the handler and its row."""

from typing import Any

from flagstaff.features.projects.connections.model import (
    ProcessReceipts,
    add_count,
    count_connections,
    of_environment,
)
from flagstaff.features.projects.connections.represent import represent_connections, represent_history
from flagstaff.features.projects.connections.schemas import (
    ConnectionHistoryQuery,
    ConnectionHistoryRep,
    ConnectionsRep,
)
from flagstaff.features.projects.connections.store import list_counts, settle_count
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.http.call import Call
from flagstaff.http.operations import Edge, Operation
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.spans import HOUR, find_span
from flagstaff.storage.publishing import read_version

PATH = "/api/v2/flagstaff/environments/{projectKey}/{environmentKey}/connections"
MOST_HOURS = 168
# The longest span in hours that is shown in such steps: what is older is kept in no finer ones.
STEPS = ((12, 60_000), (24, 300_000), (MOST_HOURS, HOUR))


async def prepare_receipts(edge: Edge, received: Any) -> list[ProcessReceipts]:
    """What each process wrote last."""
    del received
    return await edge.read_receipts()


def get_connections(call: Call) -> ConnectionsRep:
    """Show which SDKs are connected to an environment, and what they were given last.

    Streams and polling clients are counted apart. A polling client counts until it has not asked for fifteen
    minutes. The lags of the last changes are those of streams, from the commit to the write. Each process of
    the installation says once a second what it knows.
    """
    environment = environment_of(call)
    processes: list[ProcessReceipts] = call.prepared
    receipts = of_environment(processes, environment.id)
    running = sum(not process.ended for process in processes)
    return represent_connections(call.url, receipts, read_version(call.tx, environment.id), running)


def get_connection_history(call: Call) -> ConnectionHistoryRep:
    """Show how many SDKs were connected to an environment over time, by the minute, 5 minutes or hour.

    Of each step the fewest and the most that were counted are told; the last step is still running, and what
    is connected now is in it. Steps in which nobody counted are left out. Counts go seven days back, and
    begin when something was connected for the first time in these. In the minute after a process of the
    installation has ended nobody is counted, since streams take as long to come back.
    """
    query: ConnectionHistoryQuery = call.query
    if not 1 <= query.hours <= MOST_HOURS:
        raise InvalidRequest(f"query: hours must be from 1 to {MOST_HOURS} - at `hours`")
    environment = environment_of(call)
    span = find_span(query.hours, call.tx.now, STEPS)
    counts = list_counts(call.tx, environment.id, span)
    now = settle_count(call.tx, environment.id, count_connections(call.prepared))
    if now is not None:
        counts = add_count(counts, span.begin + (span.points - 1) * span.step, *now)
    return represent_history(call.url, span, counts)


OPERATIONS = (
    Operation(
        get_connections,
        "GET",
        PATH,
        ("connections", "list_connections"),
        prepare=prepare_receipts,
        answer=ConnectionsRep,
    ),
    Operation(
        get_connection_history,
        "GET",
        PATH + "/history",
        ("connections", "list_connection_history"),
        query=ConnectionHistoryQuery,
        prepare=prepare_receipts,
        answer=ConnectionHistoryRep,
    ),
)
