"""Changes and snapshots as a test needs them."""

from collections.abc import Mapping
from typing import Any

import msgspec

from flagstaff.delivery.snapshot import Snapshot
from flagstaff.storage.transaction import EnvironmentChange, Item

Objects = Mapping[str, Mapping[str, Any] | None]


def an_item(path: str, version: int, document: Mapping[str, Any] | None) -> Item:
    """An object as it is published; `path` is `kind/key`, and the document None once it is gone."""
    kind, key = path.split("/", 1)
    if document is None:
        return Item("e", kind, key, None, version)
    document = {**document, "version": version}
    return Item("e", kind, key, document, version, msgspec.json.encode(document))


def a_change(version: int, **objects: Mapping[str, Any] | None) -> EnvironmentChange:
    """A unit that changed flags, by key, and segments, by key after `segment_`."""
    items = [
        an_item(f"segments/{key[8:]}" if key.startswith("segment_") else f"flags/{key}", version, document)
        for key, document in objects.items()
    ]
    return EnvironmentChange("e", version, tuple(items))


def a_snapshot(*changes: EnvironmentChange) -> Snapshot:
    """What comes of these changes."""
    snapshot = Snapshot("e")
    for change in changes:
        snapshot = snapshot.advance(change.data_version, change.items)
    return snapshot
