"""Snapshots prepared for evaluation: made when the first client-side SDK asks, then brought along."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from flagstaff.delivery.background import Background
from flagstaff.delivery.entries import Entries
from flagstaff.delivery.filters import Filters
from flagstaff.delivery.snapshot import Snapshot
from flagstaff.delivery.snapshots import Snapshots
from flagstaff.evaluation import Dataset
from flagstaff.evaluation.big_segments import FindMembership

FEW = 20  # changed flags and segments that are prepared on the loop; more are prepared in a thread


@dataclass(frozen=True, eq=False)
class Prepared:
    """A snapshot with its flags and segments ready for evaluation; never altered.

    With `big_segments` it is for one context, whose memberships these are.
    """

    snapshot: Snapshot
    dataset: Dataset
    big_segments: FindMembership | None = None

    @property
    def version(self) -> int:
        return self.snapshot.data_version


class Difference(msgspec.Struct, frozen=True):
    """What differs between two snapshots, by key; what is gone is among it."""

    flags: Sequence[str]
    segments: Sequence[str]


class ClientData:
    """The newest prepared snapshot of each environment that client-side SDKs asked for."""

    def __init__(self, snapshots: Snapshots, filters: Filters, background: Background) -> None:
        self._snapshots = snapshots
        self._filters = filters
        self._background = background
        self._known: dict[str, Prepared] = {}
        self._narrowed: dict[tuple[str, str], tuple[Prepared, Prepared]] = {}
        self._preparing: dict[str, asyncio.Task[None]] = {}

    def find(self, environment_id: str, filter_key: str = "") -> Prepared | None:
        """The newest one, or what a payload filter leaves of it, if it is at hand, or nearly."""
        whole = self._find_whole(environment_id)
        part = self._filters.find(whole.snapshot, filter_key) if whole else None
        if whole is None or part is None or part is whole.snapshot:
            return whole if part is not None else None
        place = (environment_id, filter_key)
        source, narrowed = self._narrowed.get(place, (None, None))
        if narrowed is None or source is not whole:
            if narrowed is None or narrowed.snapshot is not part:
                narrowed = Prepared(part, whole.dataset.restrict(part.flags))
            self._narrowed[place] = (whole, narrowed)
        return narrowed

    def _find_whole(self, environment_id: str) -> Prepared | None:
        snapshot = self._snapshots.find(environment_id)
        known = self._known.get(environment_id)
        if snapshot is None or known is None:
            return None
        if known.snapshot is not snapshot:
            difference = compare(known.snapshot, snapshot)
            if len(difference.flags) + len(difference.segments) > FEW:
                return None
            known = self._known[environment_id] = prepare(known, snapshot, difference)
        return known

    async def get(self, environment_id: str, filter_key: str = "") -> Prepared:
        """The newest one, prepared if need be.

        Raises NotFound for a payload filter that does not exist, and Unavailable when the database cannot be
        read.
        """
        while True:
            snapshot = await self._snapshots.get(environment_id)
            await self._filters.get(snapshot, filter_key)
            found = self.find(environment_id, filter_key)
            if found is not None:
                return found
            task = self._preparing.get(environment_id)
            if task is None:
                task = self._background.start(self._prepare(snapshot))
                self._preparing[environment_id] = task
            await asyncio.shield(task)

    def forget(self, environment_id: str) -> None:
        """Let go of a deleted environment."""
        self._known.pop(environment_id, None)
        for place in [place for place in self._narrowed if place[0] == environment_id]:
            del self._narrowed[place]

    async def _prepare(self, snapshot: Snapshot) -> None:
        environment_id = snapshot.environment_id
        known = self._known.get(environment_id) or nothing(environment_id)
        try:
            difference = compare(known.snapshot, snapshot)
            self._known[environment_id] = await asyncio.to_thread(prepare, known, snapshot, difference)
        finally:
            del self._preparing[environment_id]


def nothing(environment_id: str) -> Prepared:
    return Prepared(Snapshot(environment_id), Dataset({}, {}))


def compare(before: Snapshot, after: Snapshot) -> Difference:
    return Difference(_changed(before.flags, after.flags), _changed(before.segments, after.segments))


def prepare(known: Prepared, snapshot: Snapshot, difference: Difference) -> Prepared:
    """Prepare what differs; all else is shared."""
    flags = {key: _payload(snapshot.flags, key) for key in difference.flags}
    segments = {key: _payload(snapshot.segments, key) for key in difference.segments}
    return Prepared(snapshot, known.dataset.with_changes(flags, segments))


def _changed(before: Entries, after: Entries) -> list[str]:
    """Unchanged entries are the same objects."""
    changed = [key for key, entry in after.items() if before.get(key) is not entry]
    return changed + [key for key in before if key not in after]


def _payload(entries: Entries, key: str) -> bytes | None:
    entry = entries.get(key)
    return None if entry is None else entry.payload
