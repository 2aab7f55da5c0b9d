import pytest
from msgspec.structs import replace

from flagstaff.features.flags.model import Prerequisite, Rule, Target
from flagstaff.features.flags.servable import count_servable
from flagstaff.features.targeting.model import Allocation, Rollout, Weight
from tests.support.flags import a_targeting

PLAIN = replace(
    a_targeting(), fallthrough="v1", targets=(), rules=(), prerequisites=(), off_variation_id="v3"
)


def a_rollout(*variations, allocation=None):
    weights = tuple(Weight(variation_id=variation, weight=1) for variation in variations)
    return Rollout(weights=weights, allocation=allocation)


@pytest.mark.parametrize(
    ("members", "count"),
    [
        ({}, 1),
        ({"targets": (Target(variation_id="v1", values=("a",)),)}, 1),
        ({"targets": (Target(variation_id="v2", values=("a",)),)}, 2),
        ({"rules": (Rule(id="r", serve="v1"),)}, 1),
        ({"rules": (Rule(id="r", serve=a_rollout("v2", "v3")),)}, 3),
        ({"fallthrough": a_rollout("v1")}, 1),
        ({"fallthrough": a_rollout("v1", "v2")}, 2),
        ({"fallthrough": a_rollout("v1", allocation=Allocation(variation_id="v2"))}, 2),
        ({"prerequisites": (Prerequisite(key="login", variation_id="x"),)}, 2),
        ({"prerequisites": (Prerequisite(key="login"),), "off_variation_id": "v1"}, 1),
        ({"prerequisites": (Prerequisite(key="login"),), "off_variation_id": None}, 2),
    ],
)
def test_every_way_to_a_variation_counts_it_once(members, count):
    assert count_servable(replace(PLAIN, **members)) == count
