"""One environment at one data version, as its server-side SDKs see it: never altered, shared by everybody."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import msgspec

from flagstaff.delivery.bodies import SharedBody
from flagstaff.delivery.entries import Entries, Entry, Gone
from flagstaff.delivery.frames import Frame, frame_flags, frame_put
from flagstaff.delivery.transfers import Transfers
from flagstaff.storage.transaction import Item


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Flags and segments by key. What is built on first demand is built on the event loop only."""

    environment_id: str
    data_version: int = 0
    flags: Entries = field(default_factory=lambda: MappingProxyType({}))
    segments: Entries = field(default_factory=lambda: MappingProxyType({}))
    gone: Gone = field(default_factory=lambda: MappingProxyType({}))
    filter_key: str = ""  # of the payload filter that chose them
    known: tuple[int, ...] | None = None  # data versions that `gone` reaches back to; None for every one

    def advance(self, data_version: int, items: Sequence[Item]) -> "Snapshot":
        """The snapshot after a change; this one stays as it is."""
        kinds = {"flags": self.flags, "segments": self.segments}
        for kind in {item.kind for item in items}:
            entries = dict(kinds[kind])
            for item in items:
                if item.kind == kind:
                    entries.pop(item.key, None)
                    if item.payload:
                        entries[item.key] = Entry(item.version, item.payload)
            kinds[kind] = MappingProxyType(entries)
        gone = _advance_gone(self.gone, items)
        return Snapshot(self.environment_id, data_version, kinds["flags"], kinds["segments"], gone)

    @property
    def payload_id(self) -> str:
        """What tells this payload from every other; SDKs name it, with a version, in a query."""
        return f"{self.environment_id}.{self.filter_key}" if self.filter_key else self.environment_id

    @cached_property
    def put(self) -> Frame:
        """What every stream begins with."""
        return frame_put(self._pieces())

    @cached_property
    def flags_put(self) -> Frame:
        """The same for streams of flags alone."""
        return frame_flags(_object(self.flags))

    @cached_property
    def transfers(self) -> Transfers:
        """What SDKs of the second protocol are answered."""
        kinds = (("segments", self.segments), ("flags", self.flags))
        return Transfers(self.payload_id, self.data_version, kinds, self.gone, self.known)

    @cached_property
    def size(self) -> int:
        """How long the body is, near enough to weigh other frames against it."""
        kinds = (self.flags, self.segments)
        return sum(len(key) + len(entry.payload) + 4 for entries in kinds for key, entry in entries.items())

    @cached_property
    def body(self) -> SharedBody:
        """The answer to a poll: `{"flags": {...}, "segments": {...}}`."""
        return SharedBody(b"".join(self._pieces()))

    @cached_property
    def flags_body(self) -> SharedBody:
        """The flags alone, by key."""
        return SharedBody(b"".join(_object(self.flags)))

    def _pieces(self) -> list[bytes]:
        return [b'{"flags":', *_object(self.flags), b',"segments":', *_object(self.segments), b"}"]


def _advance_gone(gone: Gone, items: Sequence[Item]) -> Gone:
    if all(item.payload and (item.kind, item.key) not in gone for item in items):
        return gone
    successor = dict(gone)
    for item in items:
        if item.payload:
            successor.pop((item.kind, item.key), None)
        else:
            successor[item.kind, item.key] = item.version
    return MappingProxyType(successor)


def _object(entries: Entries) -> list[bytes]:
    """The pieces of a JSON object; joining them once is all that is ever copied."""
    pieces = [b"{"]
    for key, entry in entries.items():
        pieces += (msgspec.json.encode(key), b":", entry.payload, b",")
    if len(pieces) > 1:
        pieces.pop()
    pieces.append(b"}")
    return pieces
