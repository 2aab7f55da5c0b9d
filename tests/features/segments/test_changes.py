import msgspec
import pytest
from hypothesis import given, settings

from flagstaff.features.segments.changes import check_instructions, derive_instructions, list_actions
from flagstaff.features.segments.instructions.vocabulary import SEGMENT
from flagstaff.features.targeting.values import same
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.instructions import Edit
from tests.support.clauses import a_clause
from tests.support.ids import counting_ids
from tests.support.segment_states import segments
from tests.support.segments import NOW, a_segment, a_segment_rule, a_target


@settings(max_examples=150, deadline=None)
@given(segments, segments)
def test_the_derived_instructions_lead_from_any_state_to_any_other(before, after):
    instructions = derive_instructions(before, after)
    stored = msgspec.json.decode(msgspec.json.encode(instructions))
    assert same(SEGMENT.apply(before, Edit(NOW, counting_ids()), stored), after)


@given(segments)
def test_nothing_is_derived_from_no_change(segment):
    assert derive_instructions(segment, segment) == []


@pytest.mark.parametrize(
    ("changes", "actions"),
    [
        ({"name": "x"}, ["updateName"]),
        ({"description": "x"}, ["updateDescription"]),
        ({"tags": ("x",)}, ["updateTags"]),
        ({"tags": ("c",)}, ["updateTags"]),
        ({"included": (a_target("bob"),)}, ["updateIncluded"]),
        ({"excluded": (a_target("bob"),)}, ["updateExcluded"]),
        ({"rules": (a_segment_rule(clauses=(a_clause(values=(True,)),)),)}, ["updateRules"]),
        ({"name": "x", "rules": (), "tags": ()}, ["updateName", "updateTags", "updateRules"]),
    ],
)
def test_what_changed_says_which_actions_it_needs(changes, actions):
    held = {"tags": ("a", "b"), "rules": (a_segment_rule(clauses=(a_clause(values=(1,)),)),)}
    instructions = derive_instructions(a_segment(**held), a_segment(**(held | changes)))
    assert list_actions(instructions) == actions


def test_the_actions_of_instructions_are_named_once():
    sent = [{"kind": "addTags"}, {"kind": "addIncludedUsers"}, {"kind": "removeTags"}]
    assert list_actions(sent) == ["updateTags", "updateIncluded"]


def test_one_call_may_add_and_remove_so_many_targets_and_no_more():
    keys = [f"user-{number}" for number in range(750)]
    full = [
        {"kind": "addIncludedUsers", "values": keys},
        {"kind": "removeExcludedTargets", "contextKind": "org", "values": keys},
        {"kind": "addTags", "values": ["a", "b"]},
    ]
    check_instructions(full)
    with pytest.raises(InvalidRequest, match="add or remove 1,501 targets"):
        check_instructions([*full, {"kind": "addExcludedUsers", "values": ["one"]}])


def test_unknown_and_malformed_instructions_are_refused_by_kind_not_counted():
    with pytest.raises(InvalidRequest, match="unknown instruction kind 'addBigTargets'"):
        check_instructions([{"kind": "addBigTargets", "values": []}])
    check_instructions([{"kind": "addIncludedUsers", "values": 7}])
