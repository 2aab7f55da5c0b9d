import pytest

from flagstaff.kernel.errors import InvalidRequest
from tests.support.clauses import a_clause
from tests.support.ids import nth_uuid
from tests.support.segments import a_segment, a_segment_rule, run

ONE, TWO = a_segment_rule("rule-1"), a_segment_rule("rule-2", weight=10_000)
SENT = {"attribute": "country", "op": "in", "values": ["SE", "NO"]}
NEW = a_segment_rule(nth_uuid(1), clauses=(a_clause(nth_uuid(2)),))
HALF = a_segment_rule(
    nth_uuid(1),
    clauses=(a_clause(nth_uuid(2)),),
    description="Half",
    weight=50_000,
    bucket_by="city",
    rollout_context_kind="org",
)

CASES = [
    ((ONE,), {"kind": "addRule", "clauses": [SENT]}, (ONE, NEW)),
    ((ONE,), {"kind": "addRule", "clauses": [SENT], "beforeRuleId": "rule-1"}, (NEW, ONE)),
    (
        (),
        {
            "kind": "addRule",
            "clauses": [SENT],
            "description": "Half",
            "weight": 50_000,
            "bucketBy": "city",
            "rolloutContextKind": "org",
        },
        (HALF,),
    ),
    ((ONE, TWO), {"kind": "removeRule", "ruleId": "rule-1"}, (TWO,)),
    ((ONE,), {"kind": "removeRule", "ruleId": "gone"}, (ONE,)),
    ((ONE, TWO), {"kind": "reorderRules", "ruleIds": ["rule-2", "rule-1"]}, (TWO, ONE)),
    (
        (ONE, TWO),
        {"kind": "updateRuleDescription", "ruleId": "rule-1", "description": "Northern"},
        (a_segment_rule("rule-1", description="Northern"), TWO),
    ),
    (
        (ONE,),
        {
            "kind": "updateRuleRolloutAndContextKind",
            "ruleId": "rule-1",
            "weight": 0,
            "contextKind": "org",
        },
        (a_segment_rule("rule-1", weight=0, rollout_context_kind="org"),),
    ),
    (
        (HALF,),
        {"kind": "updateRuleRolloutAndContextKind", "ruleId": HALF.id, "weight": 50_000},
        (HALF,),
    ),
]
REFUSALS = [
    ({"kind": "addRule"}, "missing required field `clauses`"),
    ({"kind": "addRule", "clauses": [SENT | {"op": "is"}]}, "unknown operator 'is'"),
    ({"kind": "addRule", "clauses": [SENT], "weight": 100_001}, "between 0 and 100000"),
    ({"kind": "addRule", "clauses": [SENT], "variationId": "a"}, "unknown field `variationId`"),
    ({"kind": "addRule", "clauses": [SENT], "beforeRuleId": "x"}, "unknown rule id 'x'"),
    ({"kind": "removeRule"}, "missing required field `ruleId`"),
    ({"kind": "reorderRules", "ruleIds": ["rule-1"]}, "each of the current rules exactly once"),
    ({"kind": "updateRuleDescription", "ruleId": "x", "description": ""}, "unknown rule id 'x'"),
    ({"kind": "updateRuleRolloutAndContextKind", "ruleId": "x", "weight": 1}, "unknown rule id 'x'"),
    (
        {"kind": "updateRuleRolloutAndContextKind", "ruleId": "rule-1", "weight": -1},
        "between 0 and 100000",
    ),
]


@pytest.mark.parametrize(("before", "instruction", "after"), CASES)
def test_an_instruction_changes_the_rules_of_a_segment(before, instruction, after):
    assert run(a_segment(rules=before), instruction) == a_segment(rules=after)


@pytest.mark.parametrize(("instruction", "reason"), REFUSALS)
def test_a_wrong_instruction_is_refused(instruction, reason):
    with pytest.raises(InvalidRequest, match=reason):
        run(a_segment(rules=(ONE, TWO)), instruction)
