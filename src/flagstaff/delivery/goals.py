"""What the pages of an environment watch for: its project's metrics of the kinds click and pageview."""

from functools import partial

import msgspec

from flagstaff.features.metrics.represent import represent_goals
from flagstaff.features.metrics.store import TOPIC, list_metrics_of
from flagstaff.storage.database import Database

TOPICS = {TOPIC, "project"}  # changes after which it is read again


class Goals:
    """Remembered by environment until metrics change; used on the event loop only."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, bytes] = {}
        self._changes = 0

    async def get(self, environment_id: str) -> bytes:
        """`[{"key", "kind", "urls", "selector"}]`; raises Unavailable."""
        known = self._known.get(environment_id)
        if known is not None:
            return known
        changes = self._changes
        metrics = await self._database.read(partial(list_metrics_of, environment_id=environment_id))
        body = msgspec.json.encode(represent_goals(metrics))
        if changes == self._changes:
            self._known[environment_id] = body
        return body

    def advance(self, topic: str) -> None:
        """A change of that topic was committed."""
        if topic in TOPICS:
            self._changes += 1
            self._known.clear()
