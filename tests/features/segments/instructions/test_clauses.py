import pytest

from flagstaff.kernel.errors import InvalidRequest
from tests.support.clauses import a_clause
from tests.support.ids import nth_uuid
from tests.support.segments import a_segment, a_segment_rule, run

OTHER = a_segment_rule("rule-2")
FIRST, SECOND = a_clause("clause-1"), a_clause("clause-2", op="endsWith")
IN = {"ruleId": "rule-1"}
SENT = {"contextKind": "org", "attribute": "plan", "op": "in", "values": ["pro"], "negate": True}
BUILT = {"context_kind": "org", "attribute": "plan", "op": "in", "values": ("pro",), "negate": True}

CASES = [
    ({"kind": "addClauses", **IN, "clauses": [SENT]}, (FIRST, SECOND, a_clause(nth_uuid(1), **BUILT))),
    ({"kind": "removeClauses", **IN, "clauseIds": ["clause-1", "gone"]}, (SECOND,)),
    (
        {"kind": "updateClause", **IN, "clauseId": "clause-1", "clause": SENT},
        (a_clause("clause-1", **BUILT), SECOND),
    ),
    (
        {"kind": "addValuesToClause", **IN, "clauseId": "clause-1", "values": ["NO", "DK"]},
        (a_clause("clause-1", values=("SE", "NO", "DK")), SECOND),
    ),
    (
        {"kind": "removeValuesFromClause", **IN, "clauseId": "clause-1", "values": ["NO", "DK"]},
        (a_clause("clause-1", values=("SE",)), SECOND),
    ),
]
REFUSALS = [
    ({"kind": "addClauses", "ruleId": "x", "clauses": [SENT]}, "unknown rule id 'x'"),
    ({"kind": "addClauses", **IN, "clauses": [SENT | {"op": "matches", "values": ["("]}]}, "regular"),
    ({"kind": "removeClauses", **IN, "clauseIds": ["clause-1", "clause-2"]}, "at least one clause"),
    ({"kind": "updateClause", **IN, "clauseId": "x", "clause": SENT}, "unknown clause id 'x'"),
    ({"kind": "addValuesToClause", **IN, "clauseId": "x", "values": []}, "unknown clause id 'x'"),
    ({"kind": "removeValuesFromClause", "ruleId": "x", "clauseId": "y", "values": []}, "unknown rule id"),
]


@pytest.mark.parametrize(("instruction", "after"), CASES)
def test_an_instruction_changes_the_clauses_of_one_rule(instruction, after):
    before = a_segment(rules=(a_segment_rule(clauses=(FIRST, SECOND)), OTHER))
    assert run(before, instruction) == a_segment(rules=(a_segment_rule(clauses=after), OTHER))


@pytest.mark.parametrize(("instruction", "reason"), REFUSALS)
def test_a_wrong_instruction_is_refused(instruction, reason):
    with pytest.raises(InvalidRequest, match=reason):
        run(a_segment(rules=(a_segment_rule(clauses=(FIRST, SECOND)), OTHER)), instruction)
