"""Delivery receipts over REST: the handler and its row."""

from typing import Any

from flagstaff.features.projects.connections.model import ProcessReceipts, of_environment
from flagstaff.features.projects.connections.represent import represent_connections
from flagstaff.features.projects.connections.schemas import ConnectionsRep
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.http.call import Call
from flagstaff.http.operations import Edge, Operation
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


OPERATIONS = (
    Operation(
        get_connections,
        "GET",
        PATH,
        ("connections", "list_connections"),
        prepare=prepare_receipts,
        answer=ConnectionsRep,
    ),
)
