"""What a broadcast says: the changes that waited together, as the fewest bytes that leave nothing out."""

from collections.abc import Sequence
from dataclasses import replace

from flagstaff.delivery.frames import HEARTBEAT, Frame, encode_event
from flagstaff.delivery.snapshot import Snapshot
from flagstaff.delivery.transfers import (
    CHANGED,
    KINDS,
    Event,
    delete_object,
    finish,
    frame_events,
    intend,
    put_object,
)
from flagstaff.storage.transaction import EnvironmentChange, Item

MOST_EVENTS = 32  # changes that leave one by one; for more a `put` stands


class Batch:
    """Changes of one environment in their order, of which `snapshot` is the outcome.

    A change of one object is a `patch` or `delete`. One of several objects must be seen at once, as must one
    whose objects are not known (`items` is empty): it is a `put`, and so are frames longer than `longest`.
    """

    def __init__(self, changes: Sequence[EnvironmentChange], snapshot: Snapshot, longest: int) -> None:
        self.version = changes[-1].data_version
        self.before = changes[0].data_version - 1
        self._changes = changes
        self._snapshot = snapshot
        self._longest = longest
        self._frames: dict[int, Frame] = {}

    def frame_after(self, version: int) -> Frame:
        """What a stream that holds data version `version` is still to be given.

        Not what it holds already: a `patch` of an object that a later `put` has forgotten would revive it.
        """
        held = max(version, self.before)
        frame = self._frames.get(held)
        if frame is None:
            changes = [change for change in self._changes if change.data_version > held]
            frame = self._frames[held] = self._compose(changes)
        return frame

    def _compose(self, changes: Sequence[EnvironmentChange]) -> Frame:
        """The usual protocol knows changes of one object, and everything."""
        if len(changes) > MOST_EVENTS or any(len(change.items) != 1 for change in changes):
            return self.begin(self._snapshot)
        events = [self._encode(change.items[0]) for change in changes]
        length = sum(map(len, events))
        if length > self._longest or (len(events) > 1 and length > self._snapshot.size):
            return self.begin(self._snapshot)
        return Frame(events)

    @staticmethod
    def begin(snapshot: Snapshot, basis: str = "") -> Frame:
        """Everything: what a stream begins with. The basis is for protocols that have one."""
        del basis
        return snapshot.put

    def _encode(self, item: Item) -> bytes:
        return encode_event(item, folder=f"/{item.kind}")


class FlagBatch(Batch):
    """The same for the oldest SDKs, which know nothing but flags."""

    def _compose(self, changes: Sequence[EnvironmentChange]) -> Frame:
        if any(not change.items for change in changes):
            return self.begin(self._snapshot)
        seen = [_keep_flags(change) for change in changes]
        told = [change for change in seen if change.items]
        return super()._compose(told) if told else HEARTBEAT

    @staticmethod
    def begin(snapshot: Snapshot, basis: str = "") -> Frame:
        del basis
        return snapshot.flags_put

    def _encode(self, item: Item) -> bytes:
        return encode_event(item, folder="")


class TransferBatch(Batch):
    """The same for the second protocol, whose changes are seen together however many objects they are of."""

    @staticmethod
    def begin(snapshot: Snapshot, basis: str = "") -> Frame:
        return snapshot.transfers.begin(basis).frame

    def _compose(self, changes: Sequence[EnvironmentChange]) -> Frame:
        snapshot = self._snapshot
        if any(not change.items for change in changes):
            return snapshot.transfers.catch_all.frame
        latest = {(item.kind, item.key): item for change in changes for item in change.items}
        if sum(len(item.payload) for item in latest.values()) > min(self._longest, snapshot.size):
            return snapshot.transfers.catch_all.frame
        ordered = sorted(latest.values(), key=lambda item: item.kind, reverse=True)  # segments first
        return frame_events(
            [
                intend(snapshot.payload_id, self.version, "xfer-changes", CHANGED),
                *(_encode_object(item) for item in ordered),
                finish(snapshot.payload_id, self.version),
            ]
        )


def _keep_flags(change: EnvironmentChange) -> EnvironmentChange:
    return replace(change, items=tuple(item for item in change.items if item.kind == "flags"))


def _encode_object(item: Item) -> Event:
    if not item.payload:
        return delete_object(KINDS[item.kind], item.key, item.version)
    return put_object(KINDS[item.kind], item.key, item.version, item.payload)
