"""What an operation evaluates with: an environment as its own unit sees it, prepared beforehand."""

from typing import Any

import msgspec

from flagstaff.evaluation import Dataset
from flagstaff.features.projects.environments.model import Environment
from flagstaff.http.call import Call
from flagstaff.http.operations import Edge
from flagstaff.http.requests import Received
from flagstaff.storage.publishing import load_items
from flagstaff.storage.transaction import Transaction

EMPTY = Dataset.from_json({"flags": {}, "segments": {}})
FIND = (
    "SELECT environments.id FROM environments JOIN projects ON projects.id = project_id "
    "WHERE projects.key = :project AND environments.key = :environment"
)


async def prepare_dataset(edge: Edge, received: Received) -> tuple[int, Dataset] | None:
    """The newest dataset of the environment in the path, made ready before the unit; None if there is none.

    Nobody is identified yet, so what is not there is left for the unit to say.
    """

    def find(tx: Transaction) -> Any:
        path = received.path
        return tx.one(FIND, project=path["projectKey"], environment=path["environmentKey"])

    row = await edge.database.read(find)
    return None if row is None else await edge.load_dataset(row[0])


def current_dataset(call: Call, environment: Environment) -> Dataset:
    """The prepared dataset, brought to the state that the call's own transaction sees."""
    version, dataset = call.prepared or (0, EMPTY)
    return catch_up(call.tx, environment.id, version, dataset)


def catch_up(tx: Transaction, environment_id: str, version: int, dataset: Dataset) -> Dataset:
    """The dataset with all that was published since `version`."""
    changes: dict[str, dict[str, Any]] = {"flags": {}, "segments": {}}
    for item in load_items(tx, environment_id, since=version):
        changes[item.kind][item.key] = msgspec.json.decode(item.payload) if item.payload else None
    if not changes["flags"] and not changes["segments"]:
        return dataset
    return dataset.with_changes(changes["flags"], changes["segments"])
