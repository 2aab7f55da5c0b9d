"""Schemas made from types."""

from typing import Annotated

import msgspec
import pytest

from flagstaff.http.openapi.components import Components


class Wheel(msgspec.Struct, rename="camel"):
    """One of them."""

    spoke_count: Annotated[int, msgspec.Meta(ge=1, description="How many.")]


class Bicycle(msgspec.Struct):
    wheels: list[Wheel]
    name: str = ""


def test_a_struct_is_named_once_with_everything_that_it_holds() -> None:
    components = Components()

    schemas = [components.refer(kind) for kind in (Bicycle, Wheel, list[Bicycle])]

    assert schemas[0] == {"$ref": "#/components/schemas/Bicycle"}
    assert schemas[2] == {"type": "array", "items": schemas[0]}
    assert components.schemas["Wheel"] == {
        "title": "Wheel",
        "description": "One of them.",
        "type": "object",
        "properties": {"spokeCount": {"type": "integer", "minimum": 1, "description": "How many."}},
        "required": ["spokeCount"],
    }
    assert set(components.schemas) == {"Bicycle", "Wheel"}


def test_a_struct_that_is_inlined_gets_no_name_but_what_it_holds_does() -> None:
    components = Components()

    assert components.inline(Bicycle)["required"] == ["wheels"]
    assert set(components.schemas) == {"Wheel"}


def test_a_name_means_one_schema() -> None:
    components = Components()
    other = msgspec.defstruct("Wheel", [("material", str)])
    components.refer(Wheel)

    assert components.name("Spoke", {"type": "object"}) == {"$ref": "#/components/schemas/Spoke"}
    with pytest.raises(ValueError, match="two types on the wire are called Wheel"):
        components.refer(other)
    with pytest.raises(ValueError, match="Spoke"):
        components.name("Spoke", {"type": "string"})
