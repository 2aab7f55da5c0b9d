import pytest

from flagstaff.features.targeting.clauses import (
    add_clauses,
    add_values,
    build_clauses,
    remove_clauses,
    remove_values,
    update_clause,
)
from flagstaff.features.targeting.model import MAX_CLAUSES, MAX_VALUES, OPERATORS, ClauseRule
from flagstaff.features.targeting.names import IdClaims
from flagstaff.kernel.errors import InvalidRequest
from tests.support.clauses import a_clause, a_sent_clause
from tests.support.ids import counting_ids, nth_uuid


def claims() -> IdClaims:
    return IdClaims(counting_ids())


RULE = ClauseRule(id="rule-1", clauses=(a_clause("clause-1"), a_clause("clause-2", op="endsWith")))


@pytest.mark.parametrize("op", OPERATORS)
def test_every_operator_is_accepted_as_it_is_spelled(op):
    (clause,) = build_clauses([a_sent_clause(op=op)], claims())
    assert clause == a_clause(nth_uuid(1), op=op)


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"op": "IN"}, "unknown operator 'IN'"),
        ({"op": ""}, "unknown operator ''"),
        ({"attribute": ""}, "'' is not a valid attribute reference"),
        ({"attribute": "/a//b"}, "'/a//b' is not a valid attribute reference"),
        ({"context_kind": "multi"}, "context kind 'multi' must"),
        ({"op": "matches", "values": ("(?=a)",)}, r"'\(\?=a\)' is not a valid regular expression: invalid"),
        ({"op": "segmentMatch", "values": ("a", 1)}, "must be segment keys"),
        ({"values": ("x",) * (MAX_VALUES + 1)}, "more than 10000 values"),
    ],
)
def test_a_clause_that_could_not_be_evaluated_is_refused(sent, reason):
    with pytest.raises(InvalidRequest, match=reason):
        build_clauses([a_sent_clause(**sent)], claims())


def test_the_attribute_of_a_segment_clause_is_a_placeholder():
    (clause,) = build_clauses([a_sent_clause(op="segmentMatch", attribute="", values=("beta",))], claims())
    assert clause.values == ("beta",)


def test_a_rule_with_too_many_clauses_is_refused():
    with pytest.raises(InvalidRequest, match="more than 100 clauses"):
        build_clauses([a_sent_clause()] * (MAX_CLAUSES + 1), claims())


def test_added_clauses_follow_the_present_ones_and_count_with_them():
    changed = add_clauses(RULE, [a_sent_clause(negate=True)], claims())
    assert changed.clauses == (*RULE.clauses, a_clause(nth_uuid(1), negate=True))
    with pytest.raises(InvalidRequest, match="more than 100 clauses"):
        add_clauses(RULE, [a_sent_clause()] * (MAX_CLAUSES - 1), claims())


def test_clauses_are_removed_by_id_and_unknown_ids_are_no_error():
    assert remove_clauses(RULE, ["clause-1", "clause-9"]).clauses == RULE.clauses[1:]


def test_the_last_clause_of_a_rule_cannot_be_removed():
    with pytest.raises(InvalidRequest, match="at least one clause"):
        remove_clauses(RULE, ["clause-1", "clause-2"])


def test_an_updated_clause_keeps_its_id_and_its_place():
    changed = update_clause(RULE, "clause-1", a_sent_clause(attribute="plan", values=("pro",)))
    assert changed.clauses == (a_clause("clause-1", attribute="plan", values=("pro",)), RULE.clauses[1])


def test_values_are_added_and_removed_as_a_set():
    assert add_values(RULE, "clause-2", ("NO", "DK")).clauses[1].values == ("SE", "NO", "DK")
    assert remove_values(RULE, "clause-2", ("NO", "DK")).clauses[1].values == ("SE",)


@pytest.mark.parametrize("change", [add_values, remove_values])
def test_the_values_of_an_unknown_clause_cannot_be_changed(change):
    with pytest.raises(InvalidRequest, match="unknown clause id 'clause-9'"):
        change(RULE, "clause-9", ("x",))


def test_added_values_are_held_to_the_operator_of_the_clause():
    rule = ClauseRule(id="rule-1", clauses=(a_clause(op="matches", values=("^a",)),))
    with pytest.raises(InvalidRequest, match="not a valid regular expression"):
        add_values(rule, "clause-1", ("(",))
