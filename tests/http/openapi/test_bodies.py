"""Bodies of requests."""

from typing import Any

import msgspec
import pytest

from flagstaff.http.openapi.bodies import describe_body
from flagstaff.http.openapi.components import Components
from flagstaff.kernel.instructions import Edit, Vocabulary
from flagstaff.kernel.patches import PatchFormat
from tests.support.rows import a_row

SEMANTIC = "application/json; domain-model=launchdarkly.semanticpatch"
REFERENCE = "#/components/schemas/"
COLORS: Vocabulary[str] = Vocabulary("wall")


class Pot(msgspec.Struct):
    color: str


@COLORS.kind("paint", action="updateColor", scope="environment")
def paint(state: str, edit: Edit, *, pots: tuple[Pot, ...], second_coat: bool = False) -> str:
    """Cover the old colour.

    Nobody needs to know how.
    """
    return state


@COLORS.kind("clean", action="updateName")
def clean(state: str, edit: Edit) -> str:
    return state


@COLORS.kind("restore", action="updateColor", internal=True)
def restore(state: str, edit: Edit, *, color: str) -> str:
    return color


def describe(components: Components, *formats: PatchFormat, **members: Any) -> Any:
    body = describe_body(a_row("PATCH", patch=frozenset(formats), **members), components)
    assert body is not None
    return body["content"]


def test_an_operation_without_body_has_none() -> None:
    assert describe_body(a_row(), Components()) is None


def test_a_body_is_a_struct() -> None:
    assert describe_body(a_row("POST", body=Pot), Components()) == {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": f"{REFERENCE}Pot"}}},
    }


def test_fields_of_a_plain_form_are_a_body_of_their_own_type() -> None:
    body = describe_body(a_row("POST", fields=Pot), Components())

    assert body is not None
    (media,) = body["content"]
    assert media == "application/x-www-form-urlencoded"
    assert list(body["content"][media]["schema"]["properties"]) == ["color"]


@pytest.mark.parametrize(
    ("formats", "shapes"),
    [
        ([PatchFormat.JSON], ["JsonPatch", "JsonPatchWithComment"]),
        ([PatchFormat.MERGE], ["MergePatch", "MergePatchWithComment"]),
        (
            [PatchFormat.JSON, PatchFormat.MERGE, PatchFormat.SEMANTIC],
            ["JsonPatch", "JsonPatchWithComment", "MergePatch", "MergePatchWithComment"],
        ),
    ],
)
def test_plain_patches_are_told_apart_by_shape(formats: list[PatchFormat], shapes: list[str]) -> None:
    components = Components()

    content = describe(components, *formats)

    names = [
        shape["$ref"].removeprefix(REFERENCE) for shape in content["application/json"]["schema"]["anyOf"]
    ]
    assert names == shapes
    assert set(names) <= set(components.schemas)
    assert (SEMANTIC in content) == (PatchFormat.SEMANTIC in formats)


def test_a_semantic_patch_has_a_media_type_of_its_own() -> None:
    components = Components()

    content = describe(components, PatchFormat.SEMANTIC)

    assert content == {SEMANTIC: {"schema": {"$ref": f"{REFERENCE}SemanticPatch"}}}
    assert components.schemas["SemanticPatch"]["required"] == ["instructions"]


def test_every_kind_that_a_caller_may_send_is_listed_with_its_parameters() -> None:
    components = Components()

    content = describe(components, PatchFormat.SEMANTIC, vocabulary=COLORS)

    patch = components.schemas["WallSemanticPatch"]
    assert content[SEMANTIC] == {"schema": {"$ref": f"{REFERENCE}WallSemanticPatch"}}
    assert patch["properties"]["instructions"]["items"] == {"$ref": f"{REFERENCE}WallInstruction"}
    assert components.schemas["WallInstruction"]["oneOf"] == [
        {
            "title": "clean",
            "description": "Needs the action `updateName`.",
            "type": "object",
            "properties": {"kind": {"const": "clean"}},
            "required": ["kind"],
            "additionalProperties": False,
        },
        {
            "title": "paint",
            "description": "Cover the old colour. Needs the action `updateColor` in one environment.",
            "type": "object",
            "properties": {
                "kind": {"const": "paint"},
                "pots": {"type": "array", "items": {"$ref": f"{REFERENCE}Pot"}},
                "secondCoat": {"type": "boolean", "default": False},
            },
            "required": ["kind", "pots"],
            "additionalProperties": False,
        },
    ]
    assert "Pot" in components.schemas
