"""The registry of instruction kinds, on a resource of our own."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.instructions import Edit, Shared, Vocabulary
from tests.support.ids import counting_ids


@dataclass(frozen=True)
class Lamp:
    on: bool = False
    colour: str = "white"
    changed: int = 0
    bulbs: tuple[str, ...] = ()


LAMP: Vocabulary[Lamp] = Vocabulary("lamp")
EDIT = Edit(now=7, ids=counting_ids(), environment="cellar")


@LAMP.kind("turnLampOn", action="updateOn", scope="environment")
def turn_lamp_on(lamp: Lamp, _: Edit) -> Lamp:
    return replace(lamp, on=True)


@LAMP.kind("paint", action="updateColour")
def paint(lamp: Lamp, edit: Edit, *, colour_name: str, only_if_on: bool = False) -> Lamp:
    if colour_name == "black":
        raise InvalidRequest("a black lamp gives no light")
    return replace(lamp, colour=colour_name, changed=edit.now) if lamp.on or not only_if_on else lamp


@LAMP.kind("addBulbs", action="updateBulbs", internal=True)
def add_bulbs(lamp: Lamp, edit: Edit, *, values: list[str], extra: dict[str, Any] | None = None) -> Lamp:
    new = (*values, edit.environment, *(extra or {}))
    return replace(lamp, bulbs=lamp.bulbs + new)


@pytest.mark.parametrize(
    ("instructions", "after"),
    [
        ([], Lamp()),
        ([{"kind": "turnLampOn"}], Lamp(on=True)),
        ([{"kind": "paint", "colourName": "red"}], Lamp(colour="red", changed=7)),
        ([{"kind": "paint", "colourName": "red", "onlyIfOn": True}], Lamp()),
        (
            [{"kind": "turnLampOn"}, {"kind": "paint", "colourName": "red", "onlyIfOn": True}],
            Lamp(on=True, colour="red", changed=7),
        ),
        (
            [{"kind": "addBulbs", "values": ["a"]}, {"kind": "addBulbs", "values": [], "extra": {"x": 1}}],
            Lamp(bulbs=("a", "cellar", "cellar", "x")),
        ),
    ],
)
def test_instructions_run_in_order_and_each_sees_the_result_of_those_before(instructions, after):
    assert LAMP.apply(Lamp(), EDIT, instructions) == after


@pytest.mark.parametrize(
    ("instruction", "message"),
    [
        ({"kind": "paint"}, "paint: Object missing required field `colourName` - at `$.instructions[1]`"),
        (
            {"kind": "paint", "colourName": 5},
            "paint: Expected `str`, got `int` - at `$.instructions[1].colourName`",
        ),
        ({"kind": "paint", "colourName": None}, "paint: Object missing required field `colourName`"),
        ({"kind": "paint", "colour_name": "red"}, "unknown field `colour_name` - at `$.instructions[1]`"),
        ({"kind": "turnLampOn", "value": 1}, "unknown field `value` - at `$.instructions[1]`"),
        ({"kind": "addBulbs", "values": ["a", 1]}, "at `$.instructions[1].values[1]`"),
        ({"kind": "paint", "colourName": "black"}, "a black lamp gives no light - at `$.instructions[1]`"),
        ({"kind": "explode"}, "unknown instruction kind 'explode'"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_place(instruction, message):
    with pytest.raises(InvalidRequest) as caught:
        LAMP.apply(Lamp(), EDIT, [{"kind": "turnLampOn"}, instruction])
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("instructions", "message"),
    [
        ([{"kind": "explode"}], "unknown instruction kind 'explode' - at `$.instructions[0]`"),
        ([{"kind": "TurnLampOn"}], "unknown instruction kind 'TurnLampOn'"),
        (
            [{"kind": "paint"}, {"kind": "addBulbs"}],
            "unknown instruction kind 'addBulbs' - at `$.instructions[1]`",
        ),
        ([{"value": 1}], "every instruction needs a kind - at `$.instructions[0]`"),
        ([{"kind": ["paint"]}], "every instruction needs a kind - at `$.instructions[0]`"),
    ],
)
def test_what_a_caller_may_not_send_is_refused(instructions, message):
    with pytest.raises(InvalidRequest) as caught:
        LAMP.check(instructions)
    assert message in caught.value.message


def test_what_a_caller_may_send_passes_the_check():
    LAMP.check([{"kind": "turnLampOn"}, {"kind": "paint", "colourName": "red"}])


def test_a_row_tells_the_action_and_the_scope_of_its_kind():
    row, other = LAMP["turnLampOn"], LAMP["paint"]
    assert (row.action, row.scope, row.internal) == ("updateOn", "environment", False)
    assert (other.action, other.scope) == ("updateColour", "resource")
    assert LAMP["addBulbs"].internal


def test_the_change_of_a_kind_stays_an_ordinary_function():
    assert turn_lamp_on(Lamp(), EDIT) == Lamp(on=True)


def test_a_kind_cannot_be_defined_twice():
    with pytest.raises(ValueError, match="lamp instruction paint is defined twice"):
        LAMP.kind("paint", action="x")(paint)


def test_the_instruction_of_the_caller_is_left_as_it_was():
    instruction = {"kind": "addBulbs", "values": ["a"], "extra": {"x": 1}}
    LAMP.apply(Lamp(), EDIT, [instruction])
    assert instruction == {"kind": "addBulbs", "values": ["a"], "extra": {"x": 1}}


class Shade(Shared, frozen=True, rename="camel", kw_only=True):
    tint: str = "none"
    how_dark: int = 0


@LAMP.kind("shade", action="updateColour")
def shade(lamp: Lamp, _: Edit, *, value: str, shade: Shade) -> Lamp:
    return replace(lamp, colour=f"{value} {shade.tint} {shade.how_dark}")


def test_parameters_that_kinds_share_stand_beside_their_own_and_arrive_together():
    after = LAMP.apply(Lamp(), EDIT, [{"kind": "shade", "value": "red", "tint": "blue", "howDark": 3}])
    assert after.colour == "red blue 3"
    with pytest.raises(InvalidRequest, match=r"unknown field `how_dark` - at `\$.instructions\[0\]`"):
        LAMP.apply(Lamp(), EDIT, [{"kind": "shade", "value": "red", "how_dark": 3}])


def test_a_parameter_may_be_spelled_otherwise_than_in_camel_case():
    door: Vocabulary[Lamp] = Vocabulary("door", {"lamp_ids": "lampIDs"})

    @door.kind("light", action="updateOn")
    def light(lamp: Lamp, _: Edit, *, lamp_ids: list[str], the_colour: str = "") -> Lamp:
        return replace(lamp, bulbs=tuple(lamp_ids), colour=the_colour)

    lit = door.apply(Lamp(), EDIT, [{"kind": "light", "lampIDs": ["a"], "theColour": "red"}])
    assert (lit.bulbs, lit.colour) == (("a",), "red")
    with pytest.raises(InvalidRequest, match="lampIds"):
        door.apply(Lamp(), EDIT, [{"kind": "light", "lampIds": ["a"]}])
