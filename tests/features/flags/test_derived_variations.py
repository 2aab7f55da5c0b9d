import pytest
from msgspec.structs import replace

from flagstaff.features.flags.derived_variations import derive_variations
from flagstaff.features.flags.model import Defaults, Variation
from tests.support.flags import a_flag, a_state
from tests.support.ids import nth_uuid

A, B, C = a_flag().variations
PINK = Variation(id=nth_uuid(9), value="pink", name="Pink")


@pytest.mark.parametrize(
    ("after", "derived"),
    [
        ({}, []),
        (
            {"variations": (A, B, C, PINK)},
            [{"kind": "addVariation", "_id": PINK.id, "value": "pink", "name": "Pink", "description": ""}],
        ),
        ({"variations": (A, C)}, [{"kind": "removeVariation", "variationId": "b"}]),
        (
            {"variations": (A, replace(B, value="lime", description="d"), C)},
            [{"kind": "updateVariation", "variationId": "b", "value": "lime", "description": "d"}],
        ),
        (
            {"defaults": Defaults(on_variation_id="a", off_variation_id="b")},
            [{"kind": "updateDefaultVariation", "offVariationValue": "green"}],
        ),
        (
            {"variations": (A, B), "defaults": Defaults(on_variation_id="a", off_variation_id="b")},
            [
                {"kind": "updateDefaultVariation", "offVariationValue": "green"},
                {"kind": "removeVariation", "variationId": "c"},
            ],
        ),
    ],
)
def test_what_can_be_said_one_by_one_is_said_so(after, derived):
    assert derive_variations(a_state(), a_state(a_flag(**after))) == derived


@pytest.mark.parametrize(
    "variations",
    [
        (C, B, A),
        (A, replace(B, value="blue"), replace(C, value="green")),  # in between, two would have one value
        (A, B, C, Variation(id="no-uuid", value="pink")),
    ],
)
def test_what_cannot_be_said_one_by_one_is_said_whole(variations):
    (wire,) = derive_variations(a_state(), a_state(a_flag(variations=variations)))
    assert wire["kind"] == "setVariations"
    assert [variation["id"] for variation in wire["variations"]] == [own.id for own in variations]
    assert wire["defaults"] == {"on_variation_id": "a", "off_variation_id": "c"}
