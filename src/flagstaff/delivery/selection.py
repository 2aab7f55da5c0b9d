"""The part of a snapshot that a payload filter chooses, with everything that evaluating it needs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import msgspec

from flagstaff.delivery.entries import Entries, Entry, Gone
from flagstaff.delivery.snapshot import Snapshot
from flagstaff.storage.transaction import EnvironmentChange, Item

MOST_KNOWN = 256  # data versions from which SDKs are told only what has changed since


class _Clause(msgspec.Struct):
    op: str = ""
    values: list[Any] = []


class _Rule(msgspec.Struct):
    clauses: list[_Clause] = []


class _Prerequisite(msgspec.Struct):
    key: str


class _Linked(msgspec.Struct):
    """What a flag or segment says of others."""

    rules: list[_Rule] = []
    prerequisites: list[_Prerequisite] = []

    def list_segments(self) -> list[str]:
        clauses = [clause for rule in self.rules for clause in rule.clauses if clause.op == "segmentMatch"]
        return [value for clause in clauses for value in clause.values if isinstance(value, str)]


_decoder = msgspec.json.Decoder(_Linked)


def select(
    snapshot: Snapshot, filter_key: str, wanted: Iterable[str], before: "Selected | None" = None
) -> Snapshot:
    """Those of the wanted flags that there are, their prerequisites, and the segments that they use.

    With the selection before, it remembers what has gone since, and objects that come in late count as
    changed now: SDKs may hold a newer tombstone of them, from when they went.
    """
    flags: set[str] = set()
    segments: set[str] = set()
    waiting = list(wanted)
    while waiting:
        key = waiting.pop()
        if key not in flags and key in snapshot.flags:
            flags.add(key)
            linked = _decoder.decode(snapshot.flags[key].payload)
            waiting.extend(prerequisite.key for prerequisite in linked.prerequisites)
            _add_segments(snapshot.segments, linked.list_segments(), segments)
    found = {"flags": flags, "segments": segments}
    known = before.part.known or () if before else ()
    return Snapshot(
        snapshot.environment_id,
        snapshot.data_version,
        _keep("flags", snapshot, flags, before),
        _keep("segments", snapshot, segments, before),
        _list_gone(before, snapshot.data_version, found) if before else MappingProxyType({}),
        filter_key=filter_key,
        known=(*known, snapshot.data_version)[-MOST_KNOWN:],
    )


@dataclass(frozen=True, eq=False)
class Selected:
    """What a filter has chosen from `whole`; `part` is older where the same was chosen before."""

    whole: Snapshot
    part: Snapshot


def differ(before: Snapshot, after: Snapshot) -> EnvironmentChange | None:
    """The change from one selection to a later one; None if SDKs see none.

    Its objects are left out where one has come in that seems older than `before`, as happens where what was
    selected meanwhile is not remembered.
    """
    items: list[Item] = []
    kinds = (("segments", before.segments, after.segments), ("flags", before.flags, after.flags))
    for kind, old, new in kinds:
        for key, entry in new.items():
            if key in old and old[key].version == entry.version:
                continue
            if entry.version <= before.data_version:
                return EnvironmentChange(after.environment_id, after.data_version, ())
            items.append(Item(after.environment_id, kind, key, None, entry.version, entry.payload))
        version = after.data_version
        items += [Item(after.environment_id, kind, key, None, version) for key in old if key not in new]
    return EnvironmentChange(after.environment_id, after.data_version, tuple(items)) if items else None


def _add_segments(every: Entries, waiting: list[str], found: set[str]) -> None:
    while waiting:
        key = waiting.pop()
        if key not in found and key in every:
            found.add(key)
            waiting.extend(_decoder.decode(every[key].payload).list_segments())


def _keep(kind: str, whole: Snapshot, keys: set[str], before: Selected | None) -> Entries:
    entries = _entries(whole, kind)
    if before is None:
        return MappingProxyType({key: entry for key, entry in entries.items() if key in keys})
    held, seen = _entries(before.part, kind), _entries(before.whole, kind)
    kept: dict[str, Entry] = {}
    for key, entry in entries.items():
        if key not in keys:
            continue
        if key in held and seen[key].version == entry.version:
            kept[key] = held[key]
        elif entry.version <= before.whole.data_version:
            kept[key] = _renew(entry, whole.data_version)
        else:
            kept[key] = entry
    return MappingProxyType(kept)


def _renew(entry: Entry, version: int) -> Entry:
    """The same object under a later data version."""
    members = msgspec.json.decode(entry.payload, type=dict[str, msgspec.Raw])
    members["version"] = msgspec.Raw(b"%d" % version)
    return Entry(version, msgspec.json.encode(members))


def _list_gone(before: Selected, version: int, found: Mapping[str, Collection[str]]) -> Gone:
    """What a filter had chosen once, and no more, with when it went; as long as somebody may ask for it."""
    oldest = (before.part.known or (0,))[0]
    gone = {place: went for place, went in before.part.gone.items() if went > oldest}
    gone |= {(kind, key): version for kind in found for key in _entries(before.part, kind)}
    return MappingProxyType(
        {(kind, key): went for (kind, key), went in gone.items() if key not in found[kind]}
    )


def _entries(snapshot: Snapshot, kind: str) -> Entries:
    return snapshot.flags if kind == "flags" else snapshot.segments
