"""Prepared flags and segments of each environment, for evaluations on the server."""

from flagstaff.evaluation import Dataset
from flagstaff.features.targeting.datasets import EMPTY, catch_up
from flagstaff.storage.database import Database
from flagstaff.storage.publishing import read_version
from flagstaff.storage.transaction import Transaction


class Datasets:
    """Keeps the newest dataset of each environment that was asked for, and brings it up to date."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, tuple[int, Dataset]] = {}

    async def load(self, environment_id: str) -> tuple[int, Dataset]:
        """The dataset at the environment's current data version; preparing it runs in a reader's thread."""
        version, dataset = self._known.get(environment_id, (0, EMPTY))

        def unit(tx: Transaction) -> tuple[int, Dataset]:
            return read_version(tx, environment_id), catch_up(tx, environment_id, version, dataset)

        found = await self._database.read(unit)
        if found[0]:
            self._known[environment_id] = found
        else:  # deleted, or nothing there yet
            self._known.pop(environment_id, None)
        return found
