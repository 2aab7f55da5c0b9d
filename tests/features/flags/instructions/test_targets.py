import pytest

from flagstaff.features.targeting.model import MAX_TARGETS
from flagstaff.kernel.errors import InvalidRequest
from tests.support.flags import a_target, a_targeting
from tests.support.instructions import run_on_targeting

ANN = a_target("a", "ann")
BOB = a_target("b", "bob")
ACME = a_target("b", "acme", kind="org")


def change(kind, variation="a", *values, **more):
    return {"kind": kind, "variationId": variation, "values": list(values)} | more


def replacing(kind, *targets):
    return {"kind": kind, "targets": list(targets)}


CASES = [
    ((), change("addTargets", "a", "ann"), (ANN,)),
    ((ANN,), change("addTargets", "a", "ann"), (ANN,)),
    ((ANN, BOB), change("addTargets", "a", "eve", "ann", "eve"), (a_target("a", "ann", "eve"), BOB)),
    ((ANN,), change("addTargets", "b", "ann", contextKind="org"), (ANN, a_target("b", "ann", kind="org"))),
    ((), change("addTargets", "a"), ()),
    (
        (ACME,),
        change("addContextTargets", "a", "x", contextKind="org"),
        (ACME, a_target("a", "x", kind="org")),
    ),
    ((ANN, ACME), change("removeTargets", "b", "acme", contextKind="org"), (ANN,)),
    ((ANN,), change("removeTargets", "a", "bob"), (ANN,)),
    ((ANN,), change("removeTargets", "b", "ann"), (ANN,)),
    ((ACME,), change("removeContextTargets", "b", "acme", contextKind="org"), ()),
    (
        (ANN, ACME),
        replacing(
            "replaceTargets",
            {"variationId": "c", "values": ["ann"]},
            {"contextKind": "org", "variationId": "a", "values": ["acme"]},
            {"variationId": "c", "values": ["bob", "ann"]},
        ),
        (a_target("c", "ann", "bob"), a_target("a", "acme", kind="org")),
    ),
    ((ANN, ACME), replacing("replaceTargets"), ()),
    ((ANN, BOB, ACME), {"kind": "clearTargets", "variationId": "b"}, (ANN,)),
    ((ANN,), {"kind": "clearTargets", "variationId": "b"}, (ANN,)),
    ((ANN,), change("addUserTargets", "b", "bob"), (ANN, BOB)),
    ((ANN, BOB), change("removeUserTargets", "b", "bob", "x"), (ANN,)),
    ((ANN, BOB, ACME), {"kind": "clearUserTargets", "variationId": "b"}, (ANN, ACME)),
    (
        (ANN, ACME),
        replacing(
            "replaceUserTargets",
            {"variationId": "a", "values": []},
            {"variationId": "b", "values": ["bob"]},
            {"variationId": "c", "values": ["ann"]},
        ),
        (BOB, a_target("c", "ann"), ACME),
    ),
]

REFUSALS = [
    (change("addTargets", "b", "ann"), "'ann' would be targeted by two variations, a and b"),
    (change("addTargets", "x", "eve"), "unknown variation id 'x'"),
    (change("addTargets", "a", ""), "must not be empty"),
    (change("addTargets", "a", "x", contextKind="multi"), "context kind 'multi'"),
    (change("addTargets", "a", 1), r"Expected `str`, got `int` - at `\$.instructions\[0\].values\[0\]`"),
    (change("addTargets", "c", *map(str, range(MAX_TARGETS))), "more than 50000 individual targets"),
    (change("addContextTargets", "c", "acme", contextKind="org"), "two variations, b and c"),
    (change("removeTargets", "x", "ann"), "unknown variation id 'x'"),
    (change("removeTargets", "a", "ann", contextKind=""), "context kind ''"),
    (change("removeContextTargets", "x", "ann"), "unknown variation id 'x'"),
    (
        replacing(
            "replaceTargets", {"variationId": "a", "values": ["k"]}, {"variationId": "b", "values": ["k"]}
        ),
        "two variations, a and b",
    ),
    (replacing("replaceTargets", {"values": ["k"]}), r"missing required field `variationId`.*targets\[0\]"),
    ({"kind": "clearTargets", "variationId": "x"}, "unknown variation id 'x'"),
    (change("addUserTargets", "c", "bob"), "two variations, b and c"),
    (change("addUserTargets", "c", "eve", contextKind="user"), "unknown field `contextKind`"),
    (change("removeUserTargets", "x", "ann"), "unknown variation id 'x'"),
    ({"kind": "clearUserTargets", "variationId": "x"}, "unknown variation id 'x'"),
    (
        replacing("replaceUserTargets", {"variationId": "a", "values": []}),
        "must list every variation; these are missing: b, c",
    ),
]


@pytest.mark.parametrize(("before", "instruction", "after"), CASES)
def test_the_individual_targets_change(before, instruction, after):
    assert run_on_targeting(a_targeting(targets=before), instruction).targets == after


@pytest.mark.parametrize(("instruction", "error"), REFUSALS)
def test_targets_that_would_contradict_each_other_are_refused(instruction, error):
    with pytest.raises(InvalidRequest, match=error):
        run_on_targeting(a_targeting(targets=(ANN, BOB, ACME)), instruction)
