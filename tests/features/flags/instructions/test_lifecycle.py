import pytest

from flagstaff.kernel.errors import InvalidRequest
from tests.support.flags import NOW, a_flag, a_state
from tests.support.instructions import run, run_on_flag

ARCHIVED = {"archived": True, "archived_date": 7}
DEPRECATED = {"deprecated": True, "deprecated_date": 7}

CASES = [
    ({}, {"kind": "archiveFlag"}, {"archived": True, "archived_date": NOW}),
    (ARCHIVED, {"kind": "archiveFlag"}, ARCHIVED),
    (ARCHIVED, {"kind": "restoreFlag"}, {}),
    ({}, {"kind": "restoreFlag"}, {}),
    ({}, {"kind": "deprecateFlag"}, {"deprecated": True, "deprecated_date": NOW}),
    (DEPRECATED, {"kind": "deprecateFlag"}, DEPRECATED),
    (DEPRECATED, {"kind": "restoreDeprecatedFlag"}, {}),
    ({}, {"kind": "restoreDeprecatedFlag"}, {}),
    ({}, {"kind": "makeFlagPermanent"}, {"temporary": False}),
    ({"temporary": False}, {"kind": "makeFlagPermanent"}, {"temporary": False}),
    ({"temporary": False}, {"kind": "makeFlagTemporary"}, {}),
]


@pytest.mark.parametrize(("before", "instruction", "after"), CASES)
def test_the_life_of_a_flag_takes_a_turn(before, instruction, after):
    assert run_on_flag(a_flag(**before), instruction) == a_flag(**after)


def test_deleting_marks_the_state_for_the_operation():
    before = a_state()
    after = run(before, {"kind": "deleteFlag"}, environment="")
    assert after.deleted
    assert after.flag is before.flag


@pytest.mark.parametrize(
    "kind",
    [
        "archiveFlag",
        "restoreFlag",
        "deprecateFlag",
        "restoreDeprecatedFlag",
        "deleteFlag",
        "makeFlagPermanent",
        "makeFlagTemporary",
    ],
)
def test_these_kinds_take_no_parameters(kind):
    with pytest.raises(InvalidRequest, match=f"{kind}: Object contains unknown field `value`"):
        run_on_flag(a_flag(), {"kind": kind, "value": True})
