"""Patches applied to a document: JSON patch (RFC 6902), more tolerant, and JSON merge patch (RFC 7386)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Annotated, Any, TypeAlias

import jsonpatch
import msgspec
from jsonpointer import JsonPointer, JsonPointerException

from flagstaff.kernel.errors import InvalidPatch, InvalidRequest, StaleVersion
from flagstaff.kernel.json_bounds import DEEPEST

MOST_OPERATIONS = 2_000
MOST_COPIED = 1_000_000  # values and characters that the copies and moves of one patch may take up

Paths: TypeAlias = "dict[str, tuple[bool, Paths]]"
Pointer: TypeAlias = Annotated[str, msgspec.Meta(max_length=2_000)]


class Add(msgspec.Struct, frozen=True, tag_field="op", tag="add"):
    path: Pointer
    value: Any


class Remove(msgspec.Struct, frozen=True, tag_field="op", tag="remove"):
    path: Pointer


class Replace(msgspec.Struct, frozen=True, tag_field="op", tag="replace"):
    path: Pointer
    value: Any


class Move(msgspec.Struct, frozen=True, tag_field="op", tag="move"):
    path: Pointer
    source: Pointer = msgspec.field(name="from")


class Copy(msgspec.Struct, frozen=True, tag_field="op", tag="copy"):
    path: Pointer
    source: Pointer = msgspec.field(name="from")


class Expect(msgspec.Struct, frozen=True, tag_field="op", tag="test"):
    path: Pointer
    value: Any


Operation: TypeAlias = Add | Remove | Replace | Move | Copy | Expect
Operations: TypeAlias = Annotated[tuple[Operation, ...], msgspec.Meta(max_length=MOST_OPERATIONS)]
Settle: TypeAlias = Callable[[Any, Operation], None]


def apply_json_patch(
    document: Mapping[str, Any],
    operations: Sequence[Operation],
    aliases: Mapping[str, str] | None = None,
    settle: Settle | None = None,
) -> dict[str, Any]:
    """Return the patched document; neither argument is changed, nor shared with the result.

    `replace` of a member that an object lacks adds it. `aliases` are paths that `test` takes for others.
    `settle` is called after every operation and may adjust the document that the next one will find.
    Raises StaleVersion for a `test` that fails, InvalidPatch for an operation that cannot be applied.
    """
    result: Any = msgspec.to_builtins(document)
    copied = 0
    for index, operation in enumerate(operations):
        try:
            copied += _check_growth(result, operation)
            if copied > MOST_COPIED:
                raise InvalidPatch(f"The patch copies too much - at operation `[{index}]`")
            wire = _as_applied(result, operation, aliases or {})
            result = jsonpatch.apply_patch(result, [wire], in_place=True)
            if settle:
                settle(result, operation)
        except jsonpatch.JsonPatchTestFailed:
            raise StaleVersion(
                f"The value at {operation.path[:100]!r} is not the one tested for - at operation `[{index}]`"
            ) from None
        except (jsonpatch.JsonPatchException, JsonPointerException):
            raise InvalidPatch(f"Cannot {_describe(operation)} - at operation `[{index}]`") from None
    if not isinstance(result, dict):
        raise InvalidPatch("The patch replaces the whole resource by something else than an object")
    return result


def _as_applied(document: Any, operation: Operation, aliases: Mapping[str, str]) -> dict[str, Any]:
    wire: dict[str, Any] = msgspec.to_builtins(operation)
    if isinstance(operation, Expect):
        wire["path"] = aliases.get(operation.path, operation.path)
    elif isinstance(operation, Replace):
        parent, _ = JsonPointer(operation.path).to_last(document)
        # Clients replace optional members blindly; and `add` replaces a member that is there (RFC 6902, 4.1).
        wire["op"] = "add" if isinstance(parent, dict) else "replace"
    return wire


def _check_growth(document: Any, operation: Operation) -> int:
    """Return how much the operation copies; raise InvalidPatch if it would nest the document too deep."""
    if isinstance(operation, (Remove, Expect)):
        return 0
    if isinstance(operation, (Add, Replace)):
        size, depth = 0, _measure(operation.value)[1]
    else:
        size, depth = _measure(JsonPointer(operation.source).resolve(document))
    if depth + operation.path.count("/") > DEEPEST:
        raise InvalidPatch(f"To {_describe(operation)} would nest the resource too deep")
    return size


def _measure(value: Any) -> tuple[int, int]:
    """How many values and characters there are, and how deep they are nested."""
    size, depth, level = 0, 0, [value]
    while level:
        objects = [item for item in level if isinstance(item, dict)]
        arrays = [item for item in level if isinstance(item, list)]
        texts = [item for item in level if isinstance(item, str)]
        size += len(level) + sum(map(len, chain(texts, *objects)))
        depth += bool(objects or arrays)
        level = [*chain.from_iterable(item.values() for item in objects), *chain.from_iterable(arrays)]
    return size, depth


def _describe(operation: Operation) -> str:
    return f"{operation.__struct_config__.tag} {operation.path[:100]!r}"


def apply_merge_patch(document: Any, patch: Any) -> Any:
    """Return the document with the members of `patch` set and those that are null in it removed."""
    if not isinstance(patch, Mapping):
        return patch
    merged = dict(document) if isinstance(document, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = apply_merge_patch(merged.get(name), value)
    return merged


def refuse_read_only(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Iterable[str] = (), paths: Iterable[str] = ()
) -> None:
    """Raise InvalidRequest, naming the path, if a patch changed a member that only the server sets.

    These are members whose name starts with `_`, those in `names`, and those deeper ones that `paths` name
    (`/environments/*/salt`, where `*` is any name and `_*` any that starts so).
    """
    named = set(names)
    for name in sorted({*before, *after}):
        if (name.startswith("_") or name in named) and _differs(before, after, name):
            raise _read_only(f"/{name}")
    _refuse_paths(before, after, _read_paths(tuple(paths)), "")


@lru_cache(maxsize=64)
def _read_paths(paths: tuple[str, ...]) -> Paths:
    """The paths by their first name; each goes on behind it, or ends there."""
    rests: dict[str, list[str]] = {}
    for path in paths:
        first, _, rest = path.strip("/").partition("/")
        rests.setdefault(first, []).append(rest)
    return {first: ("" in found, _read_paths(tuple(filter(None, found)))) for first, found in rests.items()}


def _refuse_paths(before: Any, after: Any, paths: Paths, at: str) -> None:
    """All paths at once, since most of a patched document is as it was, and need not be walked through."""
    if not paths or before == after:
        return
    before = before if isinstance(before, dict) else {}
    after = after if isinstance(after, dict) else {}
    for part, (ends, deeper) in paths.items():
        for name in _matching(part, {*before, *after}):
            if ends and _differs(before, after, name):
                raise _read_only(f"{at}/{name}")
            _refuse_paths(before.get(name), after.get(name), deeper, f"{at}/{name}")


def _matching(part: str, names: set[str]) -> Iterable[str]:
    if part in {"*", "_*"}:
        return sorted(name for name in names if part == "*" or name.startswith("_"))
    return names & {part}


def _differs(before: Mapping[str, Any], after: Mapping[str, Any], name: str) -> bool:
    return (name in before) != (name in after) or before.get(name) != after.get(name)


def _read_only(path: str) -> InvalidRequest:
    return InvalidRequest(f"{path[:200]!r} is read-only")
