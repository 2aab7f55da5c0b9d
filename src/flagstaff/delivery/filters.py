"""Snapshots behind payload filters: chosen on first demand after a change, then shared by everybody."""

import asyncio
from functools import partial

from flagstaff.delivery.background import Background
from flagstaff.delivery.selection import Selected, differ, select
from flagstaff.delivery.snapshot import Snapshot
from flagstaff.features.flags.filtering import select_flags
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.database import Database


class Filters:
    """The newest selection of each environment and filter that was asked for."""

    def __init__(self, database: Database, background: Background) -> None:
        self._database = database
        self._background = background
        self._known: dict[tuple[str, str], Selected] = {}
        self._selecting: dict[tuple[str, str], asyncio.Task[None]] = {}

    def find(self, whole: Snapshot, filter_key: str) -> Snapshot | None:
        """What the filter chooses from a snapshot, if it is at hand; without a filter all of it."""
        if not filter_key:
            return whole
        known = self._known.get((whole.environment_id, filter_key))
        return known.part if known is not None and known.whole is whole else None

    async def get(self, whole: Snapshot, filter_key: str) -> Snapshot:
        """The same, from the database if need be; raises NotFound for an unknown filter, and Unavailable."""
        place = (whole.environment_id, filter_key)
        while (found := self.find(whole, filter_key)) is None:
            task = self._selecting.get(place)
            if task is None:
                task = self._selecting[place] = self._background.start(self._select(whole, filter_key))
            await asyncio.shield(task)
        return found

    def forget(self, environment_id: str) -> None:
        """Let go of a deleted environment."""
        for place in [place for place in self._known if place[0] == environment_id]:
            del self._known[place]

    async def _select(self, whole: Snapshot, filter_key: str) -> None:
        """A selection of the same objects stays what it was, and keeps all that was built from it."""
        place = (whole.environment_id, filter_key)
        try:
            read = partial(select_flags, environment_id=whole.environment_id, filter_key=filter_key)
            wanted = await self._database.read(read)
        finally:
            del self._selecting[place]
        if wanted is None:
            self._known.pop(place, None)
            raise NotFound("Unknown payload filter")
        known = self._known.get(place)
        part = select(whole, filter_key, wanted, known)
        if known is not None and differ(known.part, part) is None:
            part = known.part
        self._known[place] = Selected(whole, part)
