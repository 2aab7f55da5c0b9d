"""Patches of plain resources."""

from typing import Annotated, Any

import msgspec
import pytest

from flagstaff.http.editing import changed_fields, edit_fields
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.json_patch import Operations
from flagstaff.kernel.patches import JsonPatch, MergePatch


class ThingRep(msgspec.Struct, rename="camel"):
    id: str = msgspec.field(name="_id")
    key: str
    display_name: str
    tags: list[str] = []


class ThingFields(msgspec.Struct, rename="camel"):
    display_name: Annotated[str, msgspec.Meta(min_length=1)]
    tags: list[str]


SHOWN = ThingRep(id="1", key="thing", display_name="Thing", tags=["a"])


def json_patch(*operations: dict[str, Any]) -> JsonPatch:
    return JsonPatch(msgspec.convert(operations, Operations))


@pytest.mark.parametrize(
    "patch",
    [
        json_patch({"op": "replace", "path": "/displayName", "value": "New"}),
        MergePatch({"displayName": "New"}),
        MergePatch({"displayName": "New", "key": "thing", "_id": "1"}),
    ],
)
def test_either_format_edits_what_was_shown(patch: JsonPatch | MergePatch) -> None:
    assert edit_fields(SHOWN, patch, ThingFields) == ThingFields(display_name="New", tags=["a"])


@pytest.mark.parametrize(
    "patch",
    [
        json_patch({"op": "replace", "path": "/key", "value": "other"}),
        json_patch({"op": "remove", "path": "/_id"}),
        json_patch({"op": "add", "path": "/extra", "value": 1}),
        json_patch({"op": "replace", "path": "", "value": []}),
        json_patch({"op": "remove", "path": "/displayName"}),
        json_patch({"op": "add", "path": "/tags/-", "value": 7}),
        MergePatch({"_id": "2"}),
        MergePatch({"key": None}),
        MergePatch({"displayName": ""}),
        MergePatch({"tags": "b"}),
    ],
)
def test_what_may_not_be_edited_or_does_not_fit_is_refused(patch: JsonPatch | MergePatch) -> None:
    with pytest.raises(InvalidRequest):
        edit_fields(SHOWN, patch, ThingFields)


def test_only_what_differs_has_changed() -> None:
    assert changed_fields(SHOWN, ThingFields("Thing", ["a"])) == {}
    assert changed_fields(SHOWN, ThingFields("New", ["a"])) == {"displayName": "New"}


def test_what_is_not_shown_has_changed_only_when_it_holds_something() -> None:
    class Shown(msgspec.Struct, omit_defaults=True):
        name: str = ""

    class Edited(msgspec.Struct):
        name: str = ""

    assert changed_fields(Shown(), Edited()) == {}
    assert changed_fields(Shown(), Edited("New")) == {"name": "New"}
    assert changed_fields(Shown("Old"), Edited()) == {"name": ""}


def test_a_tuple_is_a_list_on_the_wire() -> None:
    class Frozen(msgspec.Struct):
        tags: tuple[str, ...]

    patch = json_patch({"op": "add", "path": "/tags/0", "value": "b"})

    assert edit_fields(Frozen(("a",)), patch, Frozen) == Frozen(("b", "a"))
    assert changed_fields(Frozen(("a",)), Frozen(("a",))) == {}
