import pytest
from msgspec.structs import replace

from flagstaff.features.flags.individual import find_individual, find_variation, list_steps
from flagstaff.features.flags.model import Target
from flagstaff.kernel.errors import InvalidRequest
from tests.support.flag_states import a_flag, a_targeting

TARGETING = replace(
    a_targeting(),
    targets=(
        Target(variation_id="v1", values=("ann", "bob")),
        Target(context_kind="org", variation_id="v2", values=("ann",)),
    ),
)


@pytest.mark.parametrize(
    ("kind", "key", "variation"),
    [("user", "bob", "v1"), ("org", "ann", "v2"), ("org", "bob", None), ("device", "ann", None)],
)
def test_a_key_is_targeted_under_its_kind_only(kind, key, variation):
    assert find_individual(TARGETING, kind, key) == variation


def step(kind, variation, context_kind="user", key="ann"):
    return {"kind": kind, "contextKind": context_kind, "variationId": variation, "values": [key]}


@pytest.mark.parametrize(
    ("key", "wanted", "steps"),
    [
        ("ann", "v1", []),
        ("ann", "v2", [step("removeTargets", "v1"), step("addTargets", "v2")]),
        ("ann", None, [step("removeTargets", "v1")]),
        ("eve", "v2", [step("addTargets", "v2", key="eve")]),
        ("eve", None, []),
    ],
)
def test_a_key_is_taken_from_one_variation_and_given_to_another(key, wanted, steps):
    assert list_steps(TARGETING, "user", key, wanted) == steps


def test_a_variation_is_found_by_its_value_and_not_by_one_that_python_takes_for_it():
    flag = a_flag()
    wanted = flag.variations[0]
    assert find_variation(flag, wanted.value) == wanted.id
    assert find_variation(flag, None) is None
    with pytest.raises(InvalidRequest, match=r"\$\.setting"):
        find_variation(flag, 1 if wanted.value is True else True)
