"""Versions of flags and segments around an audit entry, by which they are restored."""

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET, UnsetType

from flagstaff.features.audit.model import AuditEntry
from flagstaff.features.audit.schemas import ChangedVersionRep
from flagstaff.features.flags.store import FLAGS, TARGETINGS
from flagstaff.features.segments.store import SEGMENTS
from flagstaff.storage.audit import unpack

VERSIONED = {FLAGS.table, SEGMENTS.table, TARGETINGS.table}


def list_changed(entry: AuditEntry, environments: Mapping[str, str]) -> tuple[ChangedVersionRep, ...]:
    """Each version that the entry made, as far as its accesses show the environment; none for other kinds.

    `environments` are the keys of environments by their ids. What is not in the log yet has none either.
    """
    if not entry.versions:
        return ()
    shown = {name for _, resource in entry.touched for name in _environments_of(resource.segments)}
    return tuple(
        _represent(write, key)
        for write in unpack(entry.versions)
        if write.get("table") in VERSIONED and _is_shown(write, key := _place(write, environments), shown)
    )


def _environments_of(segments: Any) -> list[str]:
    return [segment.name for segment in segments if segment.type == "env"]


def _place(write: dict[str, Any], environments: Mapping[str, str]) -> str:
    """The key of the environment whose targeting was written; empty where that no longer exists."""
    return environments.get(write["keys"].get("environment_id", ""), "")


def _is_shown(write: dict[str, Any], key: str, shown: set[str]) -> bool:
    return write["table"] != TARGETINGS.table or key in shown


def _represent(write: dict[str, Any], key: str) -> ChangedVersionRep:
    before, after = (_version(write[name]) for name in ("before", "after"))
    return ChangedVersionRep(environment_key=key or UNSET, before=before, after=after)


def _version(document: dict[str, Any] | None) -> int | UnsetType:
    return UNSET if document is None else document.get("version", 1)
