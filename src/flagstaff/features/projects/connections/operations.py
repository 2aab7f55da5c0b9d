"""Delivery receipts over REST: the handler and its row."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from flagstaff.features.projects.connections.model import (
    Counted,
    ProcessReceipts,
    count_connections,
    of_environment,
)
from flagstaff.features.projects.connections.represent import represent_connections
from flagstaff.features.projects.connections.schemas import ConnectionHistoryRep, ConnectionsRep, CountedRep
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.http.call import Call
from flagstaff.http.operations import Edge, Operation
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.links import Link
from flagstaff.storage.publishing import read_version

PATH = "/api/v2/flagstaff/environments/{projectKey}/{environmentKey}/connections"


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
    return represent_connections(call.url, receipts, read_version(call.tx, environment.id), len(processes))


class Known(Struct, frozen=True):
    """What tells how many connections an environment had, and what each process wrote last."""

    list_counts: Callable[[str, Millis], list[Counted]]
    processes: list[ProcessReceipts]


async def prepare_history(edge: Edge, received: Any) -> Known:
    """Which environment is meant, the unit finds out."""
    del received
    return Known(edge.list_counts, await edge.read_receipts())


def get_connection_history(call: Call) -> ConnectionHistoryRep:
    """Show how many SDKs were connected to an environment, once a minute over the last twelve hours.

    The last count is of now. Each process keeps the others in memory from its start on; minutes in which it
    did not count are left out.
    """
    environment = environment_of(call)
    known: Known = call.prepared
    now = count_connections(known.processes).get(environment.id, (0, 0))
    counts = [*known.list_counts(environment.id, call.tx.now), Counted(call.tx.now, *now)]
    return ConnectionHistoryRep(
        links={"self": Link(call.url), "parent": Link(call.url.removesuffix("/history"))},
        counts=[CountedRep(one.at, one.streams, one.polls) for one in counts],
    )


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
        prepare=prepare_history,
        answer=ConnectionHistoryRep,
    ),
)
