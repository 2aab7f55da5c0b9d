import pytest

from flagstaff.features.segments.rules import build_rule, build_rules
from flagstaff.features.segments.schemas import SegmentRuleRep
from flagstaff.kernel.errors import InvalidRequest
from tests.support.clauses import a_clause, a_sent_clause
from tests.support.ids import counting_ids, nth_uuid
from tests.support.segments import a_segment_rule


def a_sent_rule(rule_id: str = "", **changes):
    return SegmentRuleRep(id=rule_id, **({"clauses": (a_sent_clause(),)} | changes))


def test_a_new_rule_gets_a_new_id_whatever_was_sent():
    rule = build_rule(a_sent_rule(nth_uuid(9)), (), counting_ids())
    assert rule == a_segment_rule(nth_uuid(1), clauses=(a_clause(nth_uuid(2)),))


def test_a_rule_keeps_what_it_was_sent_with():
    sent = a_sent_rule(
        weight=25_000, bucket_by="/address/city", rollout_context_kind="org", description="Some"
    )
    rule = build_rule(sent, (), counting_ids())
    assert (rule.weight, rule.bucket_by, rule.rollout_context_kind) == (25_000, "/address/city", "org")
    assert rule.description == "Some"


def test_rules_keep_the_ids_of_present_ones_and_uuids_once():
    present = (a_segment_rule("old"),)
    sent = [a_sent_rule("old"), a_sent_rule("old"), a_sent_rule(nth_uuid(90)), a_sent_rule("unknown")]
    ids = [rule.id for rule in build_rules(sent, present, counting_ids())]
    assert ids[0] == "old"
    assert ids[2] == nth_uuid(90)
    assert len(set(ids)) == 4
    assert "unknown" not in ids


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"weight": -1}, "between 0 and 100000"),
        ({"weight": 100_001}, "between 0 and 100000"),
        ({"bucket_by": "/a//b"}, "not a valid attribute reference"),
        ({"rollout_context_kind": "multi"}, "context kind 'multi'"),
        ({"clauses": (a_sent_clause(op="is"),)}, "unknown operator 'is'"),
    ],
)
def test_a_rule_that_could_not_be_evaluated_is_refused(changes, reason):
    with pytest.raises(InvalidRequest, match=reason):
        build_rules([a_sent_rule(**changes)], (), counting_ids())


def test_the_number_of_rules_is_bounded():
    with pytest.raises(InvalidRequest, match="more than 1000 rules"):
        build_rules([a_sent_rule()] * 1001, (), counting_ids())
