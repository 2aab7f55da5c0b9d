import pytest
from msgspec.structs import replace

from flagstaff.features.flags.instructions.vocabulary import FLAG
from flagstaff.features.flags.model import Defaults, Variation
from flagstaff.kernel.errors import InvalidRequest
from tests.support.flags import a_boolean_flag, a_flag, a_migration_flag, a_state, an_edit, variations
from tests.support.ids import nth_uuid
from tests.support.instructions import run, run_on_flag

RGB = variations("red", "green", "blue")

CASES = [
    (
        RGB,
        {"kind": "addVariation", "value": "pink", "name": "Pink", "description": "d"},
        (*RGB, Variation(id=nth_uuid(1), value="pink", name="Pink", description="d")),
    ),
    (
        variations({"x": 1}, [1]),
        {"kind": "addVariation", "value": {"x": 2}},
        (*variations({"x": 1}, [1]), Variation(id=nth_uuid(1), value={"x": 2})),
    ),
    (
        RGB,
        {"kind": "addVariation", "value": "pink", "_id": nth_uuid(9)},
        (*RGB, Variation(id=nth_uuid(9), value="pink")),
    ),
    (RGB, {"kind": "removeVariation", "variationId": "b"}, (RGB[0], RGB[2])),
    (
        RGB,
        {"kind": "updateVariation", "variationId": "b", "value": "lime"},
        (RGB[0], replace(RGB[1], value="lime"), RGB[2]),
    ),
    (
        RGB,
        {"kind": "updateVariation", "variationId": "a", "name": "Red", "description": "warm"},
        (replace(RGB[0], name="Red", description="warm"), *RGB[1:]),
    ),
    (RGB, {"kind": "updateVariation", "variationId": "a"}, RGB),
    (
        variations(1, 2, 3),
        {"kind": "updateVariation", "variationId": "a", "value": 1.5},
        variations(1.5, 2, 3),
    ),
]

REFUSALS = [
    (a_flag(), {"kind": "addVariation", "value": "red"}, "must be unique"),
    (a_flag(), {"kind": "addVariation", "value": 1}, "one type, not number and string"),
    (a_flag(), {"kind": "addVariation", "value": None}, "must not be null"),
    (a_flag(), {"kind": "addVariation"}, "missing required field `value`"),
    (a_boolean_flag(), {"kind": "addVariation", "value": "x"}, "one type"),
    (a_migration_flag(), {"kind": "addVariation", "value": "x"}, "migration flag cannot be changed"),
    (
        a_flag(variations=tuple(Variation(id=str(n), value=n) for n in range(250))),
        {"kind": "addVariation", "value": 250},
        "between 2 and 250",
    ),
    (a_flag(), {"kind": "removeVariation", "variationId": "x"}, "unknown variation id 'x'"),
    (a_flag(), {"kind": "removeVariation", "variationId": "a"}, "default variation of the flag cannot"),
    (a_flag(), {"kind": "removeVariation", "variationId": "c"}, "default variation of the flag cannot"),
    (a_boolean_flag(), {"kind": "removeVariation", "variationId": "b"}, "between 2 and 250"),
    (a_flag(), {"kind": "updateVariation", "variationId": "x"}, "unknown variation id 'x'"),
    (a_flag(), {"kind": "updateVariation", "variationId": "a", "value": "blue"}, "must be unique"),
    (a_flag(), {"kind": "updateVariation", "variationId": "a", "value": True}, "one type"),
    (
        a_boolean_flag(),
        {"kind": "updateVariation", "variationId": "a", "value": False},
        "must be unique",
    ),
    (
        a_migration_flag(),
        {"kind": "updateVariation", "variationId": "a", "name": "Off"},
        "migration flag cannot be changed",
    ),
    (a_flag(), {"kind": "updateDefaultVariation", "onVariationValue": "pink"}, "no variation of flag"),
    (a_boolean_flag(), {"kind": "updateDefaultVariation", "offVariationValue": 0}, "no variation of flag"),
]


@pytest.mark.parametrize(("before", "instruction", "after"), CASES)
def test_the_variations_change(before, instruction, after):
    assert run_on_flag(a_flag(variations=before), instruction) == a_flag(variations=after)


@pytest.mark.parametrize(("flag", "instruction", "error"), REFUSALS)
def test_variations_that_a_flag_cannot_have_are_refused(flag, instruction, error):
    with pytest.raises(InvalidRequest, match=error):
        run_on_flag(flag, instruction)


@pytest.mark.parametrize(
    ("instruction", "on", "off"),
    [
        ({"onVariationValue": "green"}, "b", "c"),
        ({"offVariationValue": "green"}, "a", "b"),
        ({"OnVariationValue": "blue", "OffVariationValue": "red"}, "c", "a"),
        ({}, "a", "c"),
    ],
)
def test_defaults_are_found_by_value_in_either_spelling(instruction, on, off):
    flag = run_on_flag(a_flag(), {"kind": "updateDefaultVariation", **instruction})
    assert flag == a_flag(defaults=Defaults(on_variation_id=on, off_variation_id=off))


def test_a_number_is_found_as_a_default_however_it_is_written():
    flag = a_flag(variations=variations(1, 2, 3))
    changed = run_on_flag(flag, {"kind": "updateDefaultVariation", "onVariationValue": 2.0})
    assert changed.defaults.on_variation_id == "b"


def test_a_patch_may_replace_variations_and_defaults_at_once():
    after = (RGB[2], RGB[1])
    instruction = {
        "kind": "setVariations",
        "variations": [{"id": "c", "value": "blue"}, {"id": "b", "value": "green"}],
        "defaults": {"on_variation_id": "b", "off_variation_id": "c"},
    }
    changed = FLAG.apply(a_state(), an_edit(""), [instruction]).flag
    assert changed == a_flag(variations=after, defaults=Defaults(on_variation_id="b", off_variation_id="c"))


def test_defaults_outside_of_the_new_variations_are_refused():
    instruction = {
        "kind": "setVariations",
        "variations": [{"id": "a", "value": "red"}, {"id": "b", "value": "green"}],
        "defaults": {"on_variation_id": "a", "off_variation_id": "c"},
    }
    with pytest.raises(InvalidRequest, match="default variation"):
        FLAG.apply(a_state(), an_edit(""), [instruction])


def test_callers_cannot_replace_all_variations():
    with pytest.raises(InvalidRequest, match="unknown instruction kind 'setVariations'"):
        run(a_state(), {"kind": "setVariations", "variations": [], "defaults": {}})
