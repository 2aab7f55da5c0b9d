import pytest

from flagstaff.kernel.errors import InvalidRequest
from tests.support.segments import a_segment, run

CASES = [
    ({}, {"kind": "updateName", "value": "Friends"}, {"name": "Friends"}),
    ({}, {"kind": "updateDescription", "value": "Who helps"}, {"description": "Who helps"}),
    ({"description": "x"}, {"kind": "updateDescription", "value": ""}, {}),
    ({"tags": ("b",)}, {"kind": "addTags", "values": ["c", "a", "b"]}, {"tags": ("a", "b", "c")}),
    ({"tags": ("a", "b")}, {"kind": "removeTags", "values": ["a", "z"]}, {"tags": ("b",)}),
]
REFUSALS = [
    ({"kind": "updateName", "value": " "}, "must not be empty"),
    ({"kind": "updateName", "name": "x"}, "updateName: Object contains unknown field `name`"),
    (
        {"kind": "updateDescription", "value": None},
        "updateDescription: Object missing required field `value`",
    ),
    ({"kind": "addTags", "values": ["a b"]}, "tag 'a b' must be"),
    ({"kind": "removeTags"}, "removeTags: Object missing required field `values`"),
]


@pytest.mark.parametrize(("before", "instruction", "after"), CASES)
def test_an_instruction_changes_what_a_segment_is_called(before, instruction, after):
    assert run(a_segment(**before), instruction) == a_segment(**after)


@pytest.mark.parametrize(("instruction", "reason"), REFUSALS)
def test_a_wrong_instruction_is_refused(instruction, reason):
    with pytest.raises(InvalidRequest, match=reason):
        run(a_segment(), instruction)
