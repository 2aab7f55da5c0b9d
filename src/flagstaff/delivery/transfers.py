"""Payload transfers, the second flag delivery protocol (FDv2): how an SDK comes to a data version.

Nothing of a transfer is seen by evaluations before its `payload-transferred`, so it is as good as one event.
A selector (`state` and `basis`) is `<payload>-<data version>`; SDKs put it into queries as it is.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import msgspec

from flagstaff.delivery.bodies import SharedBody
from flagstaff.delivery.entries import Entries, Gone
from flagstaff.delivery.frames import Frame

KINDS = {"flags": b"flag", "segments": b"segment"}
RESULT = b"flag-eval"  # the kind of a flag that was evaluated for a client
MISSING, BEHIND, CURRENT, CHANGED = "payload-missing", "cant-catchup", "up-to-date", "update"  # why it is so
MOST_KEPT = 16  # different transfers of one data version that are kept


class Event(NamedTuple):
    """An event of a stream or poll; `data` is JSON on one line."""

    name: bytes
    data: bytes


def intend(payload_id: str, target: int, code: str, reason: str) -> Event:
    """What follows: everything (`xfer-full`), what has changed (`xfer-changes`) or nothing (`none`)."""
    payload = {"id": payload_id, "target": target, "intentCode": code, "reason": reason}
    return Event(b"server-intent", msgspec.json.encode({"payloads": [payload]}))


def put_object(kind: bytes, key: str, version: int, payload: bytes) -> Event:
    """Readers must know the kind before they parse the object."""
    start = b'{"version":%d,"kind":"%s","key":%s,"object":' % (version, kind, msgspec.json.encode(key))
    return Event(b"put-object", b"%s%s}" % (start, payload))


def delete_object(kind: bytes, key: str, version: int) -> Event:
    data = b'{"version":%d,"kind":"%s","key":%s}' % (version, kind, msgspec.json.encode(key))
    return Event(b"delete-object", data)


def finish(payload_id: str, version: int) -> Event:
    state = select(payload_id, version)
    return Event(b"payload-transferred", msgspec.json.encode({"state": state, "version": version}))


def report_error(payload_id: str, reason: str) -> Event:
    """SDKs differ in how they spell the member that names the payload."""
    error = {"payloadId": payload_id, "payload_id": payload_id, "reason": reason}
    return Event(b"error", msgspec.json.encode(error))


def select(payload_id: str, version: int) -> str:
    return f"{payload_id}-{version}"


def read_basis(basis: str, payload_id: str) -> int:
    """The data version that an SDK holds of this payload; 0 for none, and -1 for what is not known here."""
    name, _, version = basis.rpartition("-")
    if not basis:
        return 0
    known = name == payload_id and version.isascii() and version.isdigit() and len(version) < 19
    return int(version) if known else -1


def frame_events(events: Iterable[Event], *, is_put: bool = False) -> Frame:
    parts = [part for name, data in events for part in (b"event: ", name, b"\ndata: ", data, b"\n\n")]
    return Frame(parts, is_put=is_put)


def join_events(events: Iterable[Event]) -> bytes:
    """The body of a poll."""
    encoded = [b'{"event":"%s","data":%s}' % event for event in events]
    return b'{"events":[%s]}' % b",".join(encoded)


GOODBYE = frame_events([Event(b"goodbye", b'{"reason":"the stream ends here"}')])


@dataclass(frozen=True, eq=False)
class Transfer:
    """The events of one answer, made into bytes once for all streams and once for all polls."""

    list_events: Callable[[], Sequence[Event]]
    is_full: bool = False

    @cached_property
    def frame(self) -> Frame:
        return frame_events(self.list_events(), is_put=True)

    @cached_property
    def body(self) -> SharedBody:
        return SharedBody(join_events(self.list_events()))


@dataclass(frozen=True, eq=False)
class Transfers:
    """What SDKs are answered that come to one snapshot from different states. Used on the event loop only."""

    payload_id: str
    version: int
    kinds: tuple[tuple[str, Entries], ...]  # segments first: flags ask for them
    gone: Gone
    known: tuple[int, ...] | None = None  # data versions from which there is a way; None for every one

    def begin(self, basis: str) -> Transfer:
        """The way from what an SDK says that it holds."""
        held = read_basis(basis, self.payload_id)
        if held == 0:
            return self._keep(MISSING, lambda: Transfer(lambda: self._list_all(MISSING), is_full=True))
        if held == self.version:
            return self._keep(CURRENT, lambda: Transfer(lambda: [self._intend("none", CURRENT)]))
        if 0 < held < self.version and (self.known is None or held in self.known):
            return self._keep(held, lambda: self._catch_up(held))
        return self.catch_all

    @property
    def catch_all(self) -> Transfer:
        """Everything, for those who hold something from which no way leads here."""
        return self._keep(BEHIND, lambda: Transfer(lambda: self._list_all(BEHIND), is_full=True))

    def _catch_up(self, held: int) -> Transfer:
        """What has changed since, unless that is everything: then there may be more that nobody knows of.

        A restored backup has raised the version of every object, and lacks those that were made after it.
        """
        entries = [entry for _, entries in self.kinds for entry in entries.values()]
        if self.known is None and all(entry.version > held for entry in entries):
            return self.catch_all
        return Transfer(lambda: self._list_since(held))

    def _list_all(self, reason: str) -> list[Event]:
        return [self._intend("xfer-full", reason), *self._put_since(0), finish(self.payload_id, self.version)]

    def _list_since(self, held: int) -> list[Event]:
        deleted = [
            delete_object(KINDS[kind], key, version)
            for (kind, key), version in self.gone.items()
            if version > held
        ]
        ending = finish(self.payload_id, self.version)
        return [self._intend("xfer-changes", CHANGED), *self._put_since(held), *deleted, ending]

    def _put_since(self, held: int) -> list[Event]:
        return [
            put_object(KINDS[kind], key, entry.version, entry.payload)
            for kind, entries in self.kinds
            for key, entry in entries.items()
            if entry.version > held
        ]

    def _intend(self, code: str, reason: str) -> Event:
        return intend(self.payload_id, self.version, code, reason)

    @cached_property
    def _kept(self) -> dict[str | int, Transfer]:
        return {}

    def _keep(self, name: str | int, make: Callable[[], Transfer]) -> Transfer:
        found = self._kept.get(name)
        if found is None:
            found = make()
            if len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[name] = found
        return found
