import pytest

from flagstaff.kernel.errors import InvalidRequest
from tests.support.clauses import a_clause
from tests.support.flags import a_rule, a_targeting
from tests.support.ids import nth_uuid
from tests.support.instructions import run_on_targeting

CLAUSE = {"attribute": "plan", "op": "in", "values": ["pro"]}
PRO = {"attribute": "plan", "values": ("pro",)}
FIRST, SECOND = a_clause("c1"), a_clause("c2")
RULE = a_rule("1", clauses=(FIRST, SECOND))


def on_clause(kind, **more):
    return {"kind": kind, "ruleId": "1", "clauseId": "c2"} | more


CASES = [
    (
        {"kind": "addClauses", "ruleId": "1", "clauses": [CLAUSE, CLAUSE | {"contextKind": "org"}]},
        (FIRST, SECOND, a_clause(nth_uuid(1), **PRO), a_clause(nth_uuid(2), **PRO, context_kind="org")),
    ),
    ({"kind": "addClauses", "ruleId": "1", "clauses": []}, (FIRST, SECOND)),
    ({"kind": "removeClauses", "ruleId": "1", "clauseIds": ["c1", "c9"]}, (SECOND,)),
    (
        on_clause("updateClause", clause=CLAUSE | {"negate": True}),
        (FIRST, a_clause("c2", **PRO, negate=True)),
    ),
    (on_clause("addValuesToClause", values=["DK", "SE"]), (FIRST, a_clause("c2", values=("SE", "NO", "DK")))),
    (on_clause("removeValuesFromClause", values=["DK", "SE"]), (FIRST, a_clause("c2", values=("NO",)))),
]

REFUSALS = [
    ({"kind": "addClauses", "ruleId": "9", "clauses": [CLAUSE]}, "unknown rule id '9'"),
    ({"kind": "addClauses", "ruleId": "1", "clauses": [{"attribute": "a"}]}, "missing required field `op`"),
    ({"kind": "removeClauses", "ruleId": "9", "clauseIds": []}, "unknown rule id '9'"),
    ({"kind": "removeClauses", "ruleId": "1", "clauseIds": ["c1", "c2"]}, "at least one clause"),
    (on_clause("updateClause", ruleId="9", clause=CLAUSE), "unknown rule id '9'"),
    (on_clause("updateClause", clauseId="c9", clause=CLAUSE), "unknown clause id 'c9'"),
    (on_clause("addValuesToClause", ruleId="9", values=[]), "unknown rule id '9'"),
    (on_clause("addValuesToClause", clauseId="c9", values=[]), "unknown clause id 'c9'"),
    (on_clause("addValuesToClause", values=[["x"]]), "got `array`"),
    (on_clause("removeValuesFromClause", ruleId="9", values=[]), "unknown rule id '9'"),
    (on_clause("removeValuesFromClause", clauseId="c9", values=[]), "unknown clause id 'c9'"),
]


@pytest.mark.parametrize(("instruction", "after"), CASES)
def test_the_clauses_of_a_rule_change(instruction, after):
    changed = run_on_targeting(a_targeting(rules=(a_rule("0"), RULE)), instruction)
    assert changed.rules == (a_rule("0"), a_rule("1", clauses=after))


@pytest.mark.parametrize(("instruction", "error"), REFUSALS)
def test_clauses_that_are_not_there_or_not_valid_are_refused(instruction, error):
    with pytest.raises(InvalidRequest, match=error):
        run_on_targeting(a_targeting(rules=(RULE,)), instruction)
