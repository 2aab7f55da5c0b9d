"""The snapshots that this process keeps: loaded on first demand, advanced by commits, never going back."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import structlog

from flagstaff.delivery.background import Background
from flagstaff.delivery.snapshot import Snapshot
from flagstaff.storage.database import Database
from flagstaff.storage.publishing import load_items, read_version
from flagstaff.storage.transaction import EnvironmentChange, Item, Transaction

CONFIRMED_FOR = 1.0  # seconds for which a comparison with the database holds
RETRY = 1.0  # seconds after which a snapshot that fell behind is read again
log = structlog.get_logger()


@dataclass
class _Load:
    """A read under way, shared by all who demand it, and the changes that were committed meanwhile."""

    task: "asyncio.Task[None]"
    changes: list[EnvironmentChange] = field(default_factory=list)


class Snapshots:
    """One snapshot for each environment that was asked for.

    `caught_up` is called with what a snapshot that fell behind has caught up with, change by change; with one
    that has no items where they are not known: its streams need a `put`.
    """

    def __init__(
        self, database: Database, background: Background, caught_up: Callable[[EnvironmentChange], None]
    ) -> None:
        self._database = database
        self._background = background
        self._caught_up = caught_up
        self._kept: dict[str, Snapshot] = {}
        self._behind: dict[str, int] = {}  # by environment, what its streams were told last
        self._loads: dict[str, _Load] = {}
        self._confirmed: dict[str, float] = {}

    def find(self, environment_id: str) -> Snapshot | None:
        """The newest snapshot, or None while it is not loaded or known to be behind."""
        return None if environment_id in self._behind else self._kept.get(environment_id)

    def find_stale(self, environment_id: str) -> Snapshot | None:
        """The snapshot as far as it is known."""
        return self._kept.get(environment_id)

    async def get(self, environment_id: str) -> Snapshot:
        """The newest snapshot, loaded if need be; raises Unavailable when the database cannot be read."""
        while (snapshot := self.find(environment_id)) is None:
            load = self._loads.get(environment_id) or self._begin(environment_id)
            await asyncio.shield(load.task)
        return snapshot

    async def get_confirmed(self, environment_id: str) -> Snapshot:
        """The same, compared with the database within the last second: another process may have written."""
        now = asyncio.get_running_loop().time()
        if now - self._confirmed.get(environment_id, -CONFIRMED_FOR) >= CONFIRMED_FOR:
            self._confirmed[environment_id] = now
            self.catch_up(environment_id)
        return await self.get(environment_id)

    def advance(self, change: EnvironmentChange) -> None:
        """Take in what a unit has committed."""
        environment_id = change.environment_id
        if environment_id in self._loads:
            self._loads[environment_id].changes.append(change)
            return
        snapshot = self._kept.get(environment_id)
        if snapshot is None or change.data_version <= snapshot.data_version:
            return
        if change.data_version == snapshot.data_version + 1 and environment_id not in self._behind:
            self._kept[environment_id] = snapshot.advance(change.data_version, change.items)
        else:
            self.catch_up(environment_id)
            self._loads[environment_id].changes.append(change)

    def catch_up(self, environment_id: str) -> None:
        """Read what other processes have written since; until then the snapshot is not given out."""
        kept = self._kept.get(environment_id)
        if kept is not None:
            self._behind.setdefault(environment_id, kept.data_version)
            if environment_id not in self._loads:
                self._begin(environment_id)

    def catch_up_with(self, versions: Mapping[str, int]) -> None:
        """The same for every snapshot that is older than these data versions of the environments."""
        for environment_id, snapshot in tuple(self._kept.items()):
            if versions.get(environment_id, 0) > snapshot.data_version:
                self.catch_up(environment_id)

    def forget(self, environment_id: str) -> None:
        """Let go of a deleted environment."""
        self._kept.pop(environment_id, None)
        self._behind.pop(environment_id, None)
        self._confirmed.pop(environment_id, None)

    def _begin(self, environment_id: str) -> _Load:
        load = _Load(self._background.start(self._load(environment_id)))
        self._loads[environment_id] = load
        return load

    async def _load(self, environment_id: str) -> None:
        kept = self._kept.get(environment_id) or Snapshot(environment_id)
        read = partial(_read, environment_id=environment_id, since=kept.data_version)
        try:
            version, items = await self._database.read(read)
        except Exception:
            self._retry_later(environment_id)
            raise
        finally:
            changes = self._loads.pop(environment_id).changes
        self._kept[environment_id] = kept.advance(version, items) if version > kept.data_version else kept
        if version == kept.data_version + 1:
            changes.append(EnvironmentChange(environment_id, version, tuple(items)))
        self._take_up(environment_id, sorted(changes, key=lambda change: change.data_version))

    def _take_up(self, environment_id: str, changes: list[EnvironmentChange]) -> None:
        """Apply on top what was committed during the load, then tell the streams if they missed anything."""
        told = self._behind.pop(environment_id, None)
        for change in changes:
            self.advance(change)
        if told is None:
            return
        if environment_id in self._behind:  # again: there is another gap
            self._behind[environment_id] = told
            return
        for change in _explain(told, self._kept[environment_id], changes):
            self._caught_up(change)

    def _retry_later(self, environment_id: str) -> None:
        """Open streams must come to the newest version even if nobody asks for it again."""
        if environment_id in self._behind:
            log.warning("snapshot_not_read", environment_id=environment_id)
            asyncio.get_running_loop().call_later(RETRY, self.catch_up, environment_id)


def _explain(told: int, after: Snapshot, changes: list[EnvironmentChange]) -> list[EnvironmentChange]:
    """The changes since a data version, if each of them is known; else one without items."""
    known = {change.data_version: change for change in changes}
    missed = range(told + 1, after.data_version + 1)
    if all(version in known for version in missed):
        return [known[version] for version in missed]
    return [EnvironmentChange(after.environment_id, after.data_version, ())]


def _read(tx: Transaction, *, environment_id: str, since: int) -> tuple[int, list[Item]]:
    return read_version(tx, environment_id), load_items(tx, environment_id, since, tombstones=True)
