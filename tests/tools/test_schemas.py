"""The comparison of schemas."""

from typing import Any

import pytest

from tools.schemas import Comparison, Direction, list_branches, list_types

TEXT: Any = {"type": "string"}
NUMBER: Any = {"type": "integer"}


def an_object(*required: str, **members: Any) -> dict[str, Any]:
    return {"type": "object", "properties": members, "required": list(required)}


def compare(direction: Direction, contract: Any, ours: Any, **named: Any) -> list[str]:
    documents = [{"components": {"schemas": named.get(side, {})}} for side in ("theirs", "own")]
    return list(Comparison(direction, *documents).compare(contract, ours, "here"))


@pytest.mark.parametrize(
    ("direction", "contract", "ours", "differences"),
    [
        ("answer", TEXT, TEXT, []),
        ("answer", TEXT, NUMBER, ["here:type"]),
        ("answer", {"type": "number"}, NUMBER, []),
        ("answer", NUMBER, {"type": "number"}, ["here:type"]),
        ("answer", {}, NUMBER, []),
        ("answer", TEXT, {}, ["here:type"]),
        ("answer", TEXT, {"anyOf": [TEXT, {"type": "null"}]}, ["here:type"]),
        ("answer", TEXT, {"enum": ["a", "b"]}, []),
        ("answer", TEXT, {"const": 1}, ["here:type"]),
        ("answer", TEXT, {"anyOf": [TEXT, {"allOf": [NUMBER], "deprecated": True}]}, []),
        ("body", TEXT, {"anyOf": [TEXT, {"type": "null"}]}, []),
        ("body", {}, TEXT, ["here:type"]),
        ("body", {"type": "number"}, NUMBER, ["here:type"]),
        ("answer", {"type": "array", "items": TEXT}, {"type": "array", "items": NUMBER}, ["here[]:type"]),
        (
            "answer",
            {"type": "object", "additionalProperties": TEXT},
            {"type": "object", "additionalProperties": NUMBER},
            ["here.*:type"],
        ),
    ],
)
def test_types_must_fit_in_their_direction(
    direction: Direction, contract: Any, ours: Any, differences: list[str]
) -> None:
    assert compare(direction, contract, ours) == differences


def test_members_of_one_side_only_are_named() -> None:
    differences = compare("answer", an_object(a=TEXT, b=TEXT), an_object(b=TEXT, c=TEXT))

    assert differences == ["here.a", "here.c:extra"]


@pytest.mark.parametrize(
    ("direction", "contract", "ours", "differences"),
    [
        ("answer", an_object("a", a=TEXT), an_object(a=TEXT), ["here.a:required"]),
        ("answer", an_object("a", a=TEXT), an_object(a={**TEXT, "default": ""}), []),
        ("answer", an_object(a=TEXT), an_object("a", a=TEXT), []),
        ("body", an_object("a", a=TEXT), an_object(a=TEXT), []),
        ("body", an_object(a=TEXT), an_object("a", a=TEXT), ["here.a:required"]),
    ],
)
def test_nobody_counts_on_what_the_other_may_leave_out(
    direction: Direction, contract: Any, ours: Any, differences: list[str]
) -> None:
    assert compare(direction, contract, ours) == differences


def test_a_place_is_named_by_the_schema_of_the_contract_once() -> None:
    theirs = {"Thing": an_object(parent={"$ref": "#/components/schemas/Thing"}, name=TEXT)}
    own = {"ThingRep": an_object(parent={"$ref": "#/components/schemas/ThingRep"}, name=NUMBER)}
    references = [{"$ref": "#/components/schemas/Thing"}, {"$ref": "#/components/schemas/ThingRep"}]

    assert compare("answer", *references, theirs=theirs, own=own) == ["answer:Thing.name:type"]


def test_the_alternative_of_the_wanted_type_is_compared() -> None:
    ours = {"anyOf": [{"type": "array", "items": TEXT}, an_object(a=NUMBER)]}

    assert compare("body", an_object(a=TEXT), ours) == ["here.a:type"]


def test_alternatives_are_found_through_references() -> None:
    document = {"components": {"schemas": {"Both": {"oneOf": [TEXT, NUMBER]}}}}
    schema = {"anyOf": [{"$ref": "#/components/schemas/Both"}, {"type": ["boolean", "null"]}]}

    assert list_types(list_branches(document, schema)) == {"string", "integer", "boolean", "null"}
