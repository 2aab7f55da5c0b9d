import pytest

from flagstaff.kernel.errors import InvalidRequest
from tests.support.segments import a_segment, a_target, run

ANN, ACME = a_target("ann"), a_target("acme", kind="org")


def both(kind, *values, **more):
    """The instruction on the included side and on the excluded one."""
    return [
        ({"kind": kind.format(side)} | ({"values": list(values)} if values else {}) | more, side.lower())
        for side in ("Included", "Excluded")
    ]


CASES = [
    ((), *both("add{}Targets", "acme", contextKind="org"), (ACME,)),
    ((ACME,), *both("add{}Targets", "ann"), (ANN, ACME)),
    ((ACME,), *both("add{}Targets", "acme", contextKind="org"), (ACME,)),
    ((), *both("add{}Users", "ann", "ann", "bob"), (a_target("ann", "bob"),)),
    ((ANN, ACME), *both("remove{}Targets", "acme", "z", contextKind="org"), (ANN,)),
    ((ANN, ACME), *both("remove{}Targets", "ann"), (ACME,)),
    ((ANN, ACME), *both("remove{}Users", "ann", "acme"), (ACME,)),
]
REFUSALS = [
    *(
        (one, "would be both included and excluded")
        for one in both("add{}Targets", "acme", contextKind="org")
    ),
    *((one, "the user 'ann' would be both") for one in both("add{}Users", "ann")),
    *((one, "context kind 'multi'") for one in both("remove{}Targets", "x", contextKind="multi")),
    *((one, "unknown field `contextKind`") for one in both("remove{}Users", "x", contextKind="org")),
    *((one, "must not be empty") for one in both("add{}Users", "")),
    *((one, "missing required field `values`") for one in both("remove{}Targets")),
    *(
        (one, "Expected `str`, got `int` - at `\\$.instructions\\[0\\].values")
        for one in both("add{}Users", 7)
    ),
]


@pytest.mark.parametrize(("before", "on_included", "on_excluded", "after"), CASES)
def test_an_instruction_changes_one_list_of_a_segment(before, on_included, on_excluded, after):
    for instruction, side in (on_included, on_excluded):
        assert run(a_segment(**{side: before}), instruction) == a_segment(**{side: after})


@pytest.mark.parametrize(("one", "reason"), REFUSALS)
def test_a_wrong_instruction_is_refused(one, reason):
    instruction, side = one
    other = "excluded" if side == "included" else "included"
    with pytest.raises(InvalidRequest, match=reason):
        run(a_segment(**{other: (ANN, ACME)}), instruction)


def test_each_instruction_sees_what_those_before_it_did():
    moved = run(
        a_segment(included=(ANN,)),
        {"kind": "removeIncludedUsers", "values": ["ann"]},
        {"kind": "addExcludedUsers", "values": ["ann"]},
    )
    assert moved == a_segment(excluded=(ANN,))


@pytest.mark.parametrize("kind", ["setIncludedTargets", "setExcludedTargets", "setRules"])
def test_a_caller_cannot_send_an_internal_kind(kind):
    with pytest.raises(InvalidRequest, match="unknown instruction kind"):
        run(a_segment(), {"kind": kind, "targets": [], "rules": []})
