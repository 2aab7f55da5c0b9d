"""What the audit log keeps of a patch: the request's own operations, without what must not stay anywhere."""

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from flagstaff.kernel.patches import JsonPatch, MergePatch, Patch

HIDDEN = "****"


def note_patch(patch: Patch, hidden: Collection[str] = ()) -> dict[str, Any]:
    """`delta` of a JSON patch, `merge` of a merge patch, nothing of instructions: what they did is described.

    The values of `hidden` members of the resource (secrets, personal data) are left out.
    """
    if isinstance(patch, JsonPatch):
        return {"delta": [_without_value(msgspec.to_builtins(one), hidden) for one in patch.operations]}
    if isinstance(patch, MergePatch):
        return {"merge": _without_members(patch.document, hidden)}
    return {}


def _without_value(operation: dict[str, Any], hidden: Collection[str]) -> dict[str, Any]:
    if "value" not in operation:
        return operation
    first = operation["path"][1:].split("/")[0]
    if first in hidden:
        return operation | {"value": HIDDEN}
    if not operation["path"] and isinstance(operation["value"], Mapping):
        return operation | {"value": _without_members(operation["value"], hidden)}
    return operation


def _without_members(document: Mapping[str, Any], hidden: Collection[str]) -> dict[str, Any]:
    return {name: HIDDEN if name in hidden else value for name, value in document.items()}
