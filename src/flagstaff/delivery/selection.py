"""The part of a snapshot that a payload filter chooses, with everything that evaluating it needs."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

import msgspec

from flagstaff.delivery.entries import Entries
from flagstaff.delivery.snapshot import Snapshot
from flagstaff.storage.transaction import EnvironmentChange, Item


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


def select(snapshot: Snapshot, filter_key: str, wanted: Iterable[str]) -> Snapshot:
    """Those of the wanted flags that there are, their prerequisites, and the segments that they use."""
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
    return Snapshot(
        snapshot.environment_id,
        snapshot.data_version,
        _keep(snapshot.flags, flags),
        _keep(snapshot.segments, segments),
        filter_key=filter_key,
    )


def differ(before: Snapshot, after: Snapshot) -> EnvironmentChange | None:
    """The change from one selection to a later one; None if SDKs see none.

    Its objects are left out where one has come in that changed before: an SDK that was told that it was gone
    would take it for an old one.
    """
    items: list[Item] = []
    kinds = (("segments", before.segments, after.segments), ("flags", before.flags, after.flags))
    for kind, old, new in kinds:
        for key, entry in new.items():
            if old.get(key) is entry:
                continue
            if key not in old and entry.version <= before.data_version:
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


def _keep(entries: Entries, keys: set[str]) -> Entries:
    return MappingProxyType({key: entry for key, entry in entries.items() if key in keys})
