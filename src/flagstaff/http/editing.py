"""Plain resources under JSON patch and merge patch: the patch is applied to what a caller was shown.

A resource names its editable members in a struct of their wire shape; everything else is read-only.
"""

from typing import Any, TypeVar

import msgspec

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.json_bounds import convert_json
from flagstaff.kernel.json_patch import apply_json_patch, apply_merge_patch, refuse_read_only
from flagstaff.kernel.patches import JsonPatch, MergePatch

Fields = TypeVar("Fields", bound=msgspec.Struct)


def edit_fields(shown: Any, patch: JsonPatch | MergePatch, fields: type[Fields]) -> Fields:
    """The editable members after the patch; raises InvalidRequest, InvalidPatch or StaleVersion."""
    before = _as_wire(shown)
    if isinstance(patch, JsonPatch):
        after = apply_json_patch(before, patch.operations)
    else:
        after = apply_merge_patch(before, patch.document)
    if not isinstance(after, dict):
        raise InvalidRequest("The patch replaces the whole resource")
    editable = set(fields.__struct_encode_fields__)
    refuse_read_only(before, after, [name for name in {*before, *after} if name not in editable])
    return convert_json({name: after[name] for name in editable & after.keys()}, fields)


def changed_fields(shown: Any, edited: msgspec.Struct) -> dict[str, Any]:
    """The wire names of the members that the patch changed, with their new values.

    One that is not shown, because it holds nothing, and holds nothing after the patch has not changed.
    """
    before = _as_wire(shown)
    return {
        name: value
        for name, value in _as_wire(edited).items()
        if before.get(name) != value and (value or name in before)
    }


def _as_wire(value: Any) -> dict[str, Any]:
    """The JSON object that a caller gets or sends, in which every sequence is a list."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(value))
    return found
