"""One environment at one data version, as its server-side SDKs see it: never altered, shared by everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from flagstaff.delivery.bodies import SharedBody
from flagstaff.delivery.frames import Frame, frame_put
from flagstaff.storage.transaction import Item


class Entry(NamedTuple):
    """One flag or segment: the data version of its last visible change, and its JSON, which contains it."""

    version: int
    payload: bytes


Entries = Mapping[str, Entry]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Flags and segments by key. What is built on first demand is built on the event loop only."""

    environment_id: str
    data_version: int = 0
    flags: Entries = field(default_factory=lambda: MappingProxyType({}))
    segments: Entries = field(default_factory=lambda: MappingProxyType({}))

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
        return Snapshot(self.environment_id, data_version, kinds["flags"], kinds["segments"])

    @cached_property
    def put(self) -> Frame:
        """What every stream begins with."""
        return frame_put(self._pieces())

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


def _object(entries: Entries) -> list[bytes]:
    """The pieces of a JSON object; joining them once is all that is ever copied."""
    pieces = [b"{"]
    for key, entry in entries.items():
        pieces += (msgspec.json.encode(key), b":", entry.payload, b",")
    if len(pieces) > 1:
        pieces.pop()
    pieces.append(b"}")
    return pieces
