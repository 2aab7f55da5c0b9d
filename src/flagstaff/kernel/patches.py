"""The three formats of a PATCH body, told apart by its shape and the parameter of its media type."""

from collections.abc import Callable, Collection, Mapping
from enum import Enum
from typing import Annotated, Any, TypeAlias

import msgspec

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.json_bounds import refuse_type
from flagstaff.kernel.json_patch import Operation, Operations
from flagstaff.kernel.media import SEMANTIC_PATCH

MOST_INSTRUCTIONS = 2_000


class PatchFormat(Enum):
    """What a resource can be patched with; the value is the name in messages."""

    JSON = "a JSON patch"
    MERGE = "a JSON merge patch"
    SEMANTIC = "a semantic patch"


class JsonPatch(msgspec.Struct, frozen=True):
    operations: tuple[Operation, ...]
    comment: str = ""


class MergePatch(msgspec.Struct, frozen=True):
    document: Mapping[str, Any]
    comment: str = ""


class SemanticPatch(msgspec.Struct, frozen=True):
    """`environment_key` is empty if the body names none."""

    instructions: tuple[Mapping[str, Any], ...]
    environment_key: str = ""
    comment: str = ""


Patch: TypeAlias = JsonPatch | MergePatch | SemanticPatch


class _JsonBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    patch: Operations
    comment: str | None = None


class _MergeBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    merge: dict[str, Any]
    comment: str | None = None


class _SemanticBody(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    instructions: Annotated[
        tuple[dict[str, Any], ...], msgspec.Meta(min_length=1, max_length=MOST_INSTRUCTIONS)
    ]
    environment_key: str | None = None
    comment: str | None = None


def parse_patch(body: Any, *, semantic: bool, allowed: Collection[PatchFormat]) -> Patch:
    """Return the patch that a decoded body holds; `semantic` says whether the media type asks for that.

    Raises InvalidRequest for a body of another format than is allowed, or that is malformed in its format.
    """
    patch_format = _recognise(body, semantic, allowed)
    if patch_format not in allowed:
        takes = " or ".join(one.value for one in PatchFormat if one in allowed)
        raise InvalidRequest(f"The body is {patch_format.value}, but this resource takes {takes}")
    try:
        return _READERS[patch_format](body)
    except msgspec.ValidationError as error:
        raise refuse_type(error) from None


def _recognise(body: Any, semantic: bool, allowed: Collection[PatchFormat]) -> PatchFormat:
    if semantic:
        if isinstance(body, list):
            raise InvalidRequest(
                f"The body is a JSON patch, but its media type has domain-model={SEMANTIC_PATCH}, "
                "which asks for an object with instructions"
            )
        return PatchFormat.SEMANTIC
    if isinstance(body, list):
        return PatchFormat.JSON
    if not isinstance(body, dict):
        raise InvalidRequest("A patch must be an array or an object")
    if PatchFormat.SEMANTIC in allowed and "instructions" in body:
        raise InvalidRequest(
            "The body has instructions, but its media type is not that of a semantic patch: "
            f"send the header Content-Type: application/json; domain-model={SEMANTIC_PATCH}"
        )
    return PatchFormat.JSON if "patch" in body else PatchFormat.MERGE


def _read_json(body: Any) -> JsonPatch:
    if isinstance(body, list):
        return JsonPatch(msgspec.convert(body, Operations))
    wire = msgspec.convert(body, _JsonBody)
    return JsonPatch(wire.patch, wire.comment or "")


def _read_merge(body: Any) -> MergePatch:
    if "merge" not in body:
        return MergePatch(body)
    wire = msgspec.convert(body, _MergeBody)
    return MergePatch(wire.merge, wire.comment or "")


def _read_semantic(body: Any) -> SemanticPatch:
    wire = msgspec.convert(body, _SemanticBody)
    for index, instruction in enumerate(wire.instructions):
        if not isinstance(instruction.get("kind"), str):
            raise InvalidRequest(f"every instruction needs a kind - at `$.instructions[{index}]`")
    return SemanticPatch(wire.instructions, wire.environment_key or "", wire.comment or "")


_READERS: dict[PatchFormat, Callable[[Any], Patch]] = {
    PatchFormat.JSON: _read_json,
    PatchFormat.MERGE: _read_merge,
    PatchFormat.SEMANTIC: _read_semantic,
}
