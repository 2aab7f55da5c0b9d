"""A JSON merge patch of a flag as the operations of a JSON patch, so that both follow the same rules."""

from collections.abc import Iterable, Mapping
from typing import Any

from flagstaff.kernel.json_patch import Add, Operation, Remove


def merge_operations(document: Mapping[str, Any], merge: Mapping[str, Any]) -> list[Operation]:
    """Return what RFC 7386 makes of `merge`: removals first, and variations before what refers to them."""
    operations = list(_operations(document, merge, ""))
    return sorted(operations, key=_rank)


def _rank(operation: Operation) -> int:
    if operation.path == "/variations":
        return 0
    return 1 if isinstance(operation, Remove) else 2


def _operations(document: Mapping[str, Any], merge: Mapping[str, Any], at: str) -> Iterable[Operation]:
    for name, value in merge.items():
        path = f"{at}/{name.replace('~', '~0').replace('/', '~1')}"
        held = document.get(name)
        if value is None:
            if name in document:
                yield Remove(path)
        elif isinstance(value, Mapping) and isinstance(held, Mapping):
            yield from _operations(held, value, path)
        else:
            yield Add(path, _without_nulls(value))


def _without_nulls(value: Any) -> Any:
    """Where there was no object, a merge makes one of the members that are not null."""
    if not isinstance(value, Mapping):
        return value
    return {name: _without_nulls(member) for name, member in value.items() if member is not None}
