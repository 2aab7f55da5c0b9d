import pytest

from flagstaff.features.flags.instructions.vocabulary import FLAG
from flagstaff.features.flags.model import MAX_PREREQUISITES, Prerequisite
from flagstaff.kernel.errors import InvalidRequest
from tests.support.flags import a_state, a_targeting, an_edit
from tests.support.instructions import run_on_targeting

LOGIN = Prerequisite(key="login", variation_id="on", variation=0)
CART = Prerequisite(key="cart", variation_id="full", variation=2)


def change(kind, key="login", variation="off"):
    return {"kind": kind, "key": key, "variationId": variation}


def replacing(*pairs):
    entries = [{"key": key, "variationId": variation} for key, variation in pairs]
    return {"kind": "replacePrerequisites", "prerequisites": entries}


CASES = [
    ((CART,), change("addPrerequisite"), (CART, Prerequisite(key="login", variation_id="off"))),
    ((LOGIN, CART), change("addPrerequisite"), (Prerequisite(key="login", variation_id="off"), CART)),
    ((LOGIN,), change("addPrerequisite", variation="on"), (LOGIN,)),
    ((CART, LOGIN), change("updatePrerequisite"), (CART, Prerequisite(key="login", variation_id="off"))),
    ((LOGIN,), change("updatePrerequisite", variation="on"), (LOGIN,)),
    ((LOGIN, CART), {"kind": "removePrerequisite", "key": "login"}, (CART,)),
    ((CART,), {"kind": "removePrerequisite", "key": "login"}, (CART,)),
    ((LOGIN, CART), replacing(("cart", "full"), ("x", "y")), (CART, Prerequisite(key="x", variation_id="y"))),
    ((LOGIN,), replacing(), ()),
]

REFUSALS = [
    ({"kind": "addPrerequisite", "key": "x"}, "missing required field `variationId`"),
    (change("updatePrerequisite"), "the flag 'login' is not among them"),
    ({"kind": "removePrerequisite"}, "missing required field `key`"),
    (replacing(("x", "1"), ("y", "1"), ("x", "2")), "'x' is named more than once"),
    (replacing(*((str(n), "a") for n in range(MAX_PREREQUISITES + 1))), "more than 100 prerequisites"),
]


@pytest.mark.parametrize(("before", "instruction", "after"), CASES)
def test_the_prerequisites_change(before, instruction, after):
    assert run_on_targeting(a_targeting(prerequisites=before), instruction).prerequisites == after


@pytest.mark.parametrize(("instruction", "error"), REFUSALS)
def test_prerequisites_that_make_no_sense_are_refused(instruction, error):
    with pytest.raises(InvalidRequest, match=error):
        run_on_targeting(a_targeting(prerequisites=(CART,)), instruction)


def test_a_patch_may_set_a_prerequisite_by_its_index():
    instruction = {"kind": "setPrerequisites", "prerequisites": [{"key": "login", "variation": 1}]}
    state = FLAG.apply(a_state(), an_edit(), [instruction])
    assert state.environments["test"].prerequisites == (Prerequisite(key="login", variation=1),)
