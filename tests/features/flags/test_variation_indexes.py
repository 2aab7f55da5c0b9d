import pytest

from flagstaff.features.flags.variation_indexes import LOST, Numbering
from flagstaff.kernel.errors import InvalidRequest
from tests.support.flags import a_flag
from tests.support.ids import counting_ids, nth_uuid

RED, GREEN, BLUE = (
    {"_id": own, "value": value} for own, value in zip("abc", ("red", "green", "blue"), strict=True)
)
PINK = {"value": "pink"}


def followed(*variations, **document):
    numbering = Numbering(a_flag().variations, counting_ids())
    document = {"variations": [dict(variation) for variation in variations], **document}
    numbering.follow(document)
    return numbering, document


def ids(*variations):
    return [variation["_id"] for variation in followed(*variations)[1]["variations"]]


@pytest.mark.parametrize(
    ("variations", "named"),
    [
        ((RED, GREEN, BLUE), ["a", "b", "c"]),
        ((BLUE, RED), ["c", "a"]),
        ((PINK, RED, GREEN, BLUE), [nth_uuid(1), "a", "b", "c"]),
        (({"value": "blue"}, {"value": "red"}, {"value": "green"}), ["c", "a", "b"]),
        ((PINK, {"value": "green"}, {"value": "blue"}), ["a", "b", "c"]),
        ((PINK, {"value": "red"}, {"value": "blue"}), [nth_uuid(1), "a", "c"]),
        ((RED, GREEN, BLUE, RED), ["a", "b", "c", nth_uuid(1)]),
        ((RED, GREEN, BLUE, {"_id": nth_uuid(9), "value": "pink"}), ["a", "b", "c", nth_uuid(9)]),
    ],
)
def test_a_variation_is_known_by_its_id_else_by_its_value_else_by_its_place(variations, named):
    assert ids(*variations) == named


EVERYWHERE = {
    "defaults": {"onVariation": 0, "offVariation": 2},
    "environments": {
        "test": {
            "offVariation": 2,
            "targets": [{"variation": 0, "values": ["x"]}],
            "contextTargets": [{"variation": 1, "values": []}],
            "fallthrough": {"variation": 1},
            "rules": [
                {"variation": 2},
                {
                    "rollout": {
                        "variations": [{"variation": 0, "weight": 1}],
                        "experimentAllocation": {"defaultVariation": 1},
                    }
                },
            ],
        }
    },
}


def test_every_index_follows_its_variation():
    _, document = followed(BLUE, RED, GREEN, **EVERYWHERE)
    assert document["defaults"] == {"onVariation": 1, "offVariation": 0}
    assert document["environments"]["test"] == {
        "offVariation": 0,
        "targets": [{"variation": 1, "values": ["x"]}],
        "contextTargets": [{"variation": 2, "values": []}],
        "fallthrough": {"variation": 2},
        "rules": [
            {"variation": 0},
            {
                "rollout": {
                    "variations": [{"variation": 1, "weight": 1}],
                    "experimentAllocation": {"defaultVariation": 2},
                }
            },
        ],
    }


def test_a_removed_variation_can_still_be_told_and_may_come_back():
    numbering, document = followed(RED, BLUE, defaults={"onVariation": 1, "offVariation": 2})
    assert document["defaults"] == {"onVariation": LOST, "offVariation": 1}
    assert numbering.variation_id(LOST) == "b"
    assert numbering.lost == ["b"]
    document["variations"].insert(0, dict(GREEN))
    numbering.follow(document)
    assert document["defaults"] == {"onVariation": 0, "offVariation": 2}


@pytest.mark.parametrize("index", [-1, 3, LOST, LOST - 1])
def test_an_index_that_means_nothing_is_refused(index):
    with pytest.raises(InvalidRequest, match=f"there is no variation {index}; the flag has 3"):
        Numbering(a_flag().variations, counting_ids()).variation_id(index)


@pytest.mark.parametrize(
    "document",
    [
        {"variations": "none"},
        {"variations": ["a", 7, None]},
        {"variations": [BLUE], "defaults": [], "environments": [1]},
        {"variations": [BLUE], "environments": {"test": {"rules": [1, {"rollout": 5}], "targets": 3}}},
        {"variations": [BLUE], "defaults": {"onVariation": True, "offVariation": "x"}},
        {"variations": [BLUE], "environments": {"test": {"offVariation": 17}}},
    ],
)
def test_what_makes_no_sense_is_left_for_the_reader_to_refuse(document):
    numbering = Numbering(a_flag().variations, counting_ids())
    before = {name: value for name, value in document.items() if name != "variations"}
    numbering.follow(document)
    assert {name: value for name, value in document.items() if name != "variations"} == before
