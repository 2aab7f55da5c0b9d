import msgspec
import pytest
from hypothesis import given, settings

from flagstaff.features.segments.patches import read_fields
from flagstaff.features.segments.represent import represent_segment
from flagstaff.features.segments.schemas import SegmentFields
from flagstaff.features.targeting.values import same
from flagstaff.kernel.errors import InvalidRequest
from tests.support.clauses import a_clause
from tests.support.ids import counting_ids, nth_uuid
from tests.support.segment_states import segments
from tests.support.segments import PLACE, a_segment, a_segment_rule, a_target

BEFORE = a_segment(description="x", tags=("a",), included=(a_target("ann"),), rules=(a_segment_rule(),))


def read(**fields):
    return read_fields(
        BEFORE, msgspec.convert({"name": "Beta testers"} | fields, SegmentFields), counting_ids()
    )


def test_members_that_a_patch_removed_are_empty():
    assert read() == a_segment()
    assert read(description=None) == a_segment()


@pytest.mark.parametrize(
    ("fields", "after"),
    [
        ({"name": "Friends"}, {"name": "Friends"}),
        ({"description": "y"}, {"description": "y"}),
        ({"tags": ["b", "a", "b"]}, {"tags": ("a", "b")}),
        ({"included": ["bob", "ann", "bob"]}, {"included": (a_target("bob", "ann"),)}),
        (
            {"excludedContexts": [{"contextKind": "org", "values": ["acme"]}]},
            {"excluded": (a_target("acme", kind="org"),)},
        ),
        (
            {
                "included": ["ann"],
                "includedContexts": [{"values": ["bob"]}, {"contextKind": "org", "values": []}],
            },
            {"included": (a_target("ann", "bob"),)},
        ),
        (
            {"included": ["ann"], "excluded": ["ann"]},
            {"included": (a_target("ann"),), "excluded": (a_target("ann"),)},
        ),
    ],
)
def test_the_patched_members_become_a_state(fields, after):
    assert read(**fields) == a_segment(**after)


def test_rules_keep_their_ids_and_new_ones_get_one():
    sent = {"attribute": "country", "op": "in", "values": ["SE", "NO"]}
    after = read(
        rules=[{"_id": "rule-1", "clauses": [sent | {"_id": "clause-of-rule-1"}]}, {"clauses": [sent]}]
    )
    new = a_segment_rule(nth_uuid(1), clauses=(a_clause(nth_uuid(2)),))
    assert after == a_segment(rules=(a_segment_rule(), new))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"name": " "}, "must not be empty"),
        ({"tags": ["a b"]}, "tag 'a b' must be"),
        ({"included": [""]}, "context key must not be empty"),
        ({"includedContexts": [{"contextKind": "multi", "values": ["x"]}]}, "context kind 'multi'"),
        ({"rules": [{"clauses": [], "weight": 100_001}]}, "between 0 and 100000"),
    ],
)
def test_members_that_no_segment_can_have_are_refused(fields, reason):
    with pytest.raises(InvalidRequest, match=reason):
        read(**fields)


@settings(max_examples=100, deadline=None)
@given(segments, segments)
def test_what_is_shown_of_any_state_leads_back_to_it(before, after):
    shown = msgspec.json.decode(msgspec.json.encode(represent_segment(PLACE, after)), type=SegmentFields)
    assert same(read_fields(before, shown, counting_ids()), after)
