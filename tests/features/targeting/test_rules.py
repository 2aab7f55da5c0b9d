import pytest

from flagstaff.features.targeting.model import MAX_RULES, ClauseRule
from flagstaff.features.targeting.rules import (
    check_rule_count,
    clause_ids,
    exchange_rule,
    insert_rule,
    remove_rule,
    reorder_rules,
    require_rule,
)
from flagstaff.kernel.errors import InvalidRequest
from tests.support.clauses import a_clause

A, B, C = (ClauseRule(id=name, clauses=(a_clause(f"clause-{name}"),)) for name in "abc")


def test_a_rule_is_found_by_its_id():
    assert require_rule((A, B), "b") is B


def test_an_unknown_rule_is_named():
    with pytest.raises(InvalidRequest, match="unknown rule id 'x'"):
        require_rule((A, B), "x")


@pytest.mark.parametrize(("before", "order"), [("", "abc"), ("a", "cab"), ("b", "acb")])
def test_a_rule_is_inserted_before_another_or_at_the_end(before, order):
    assert "".join(rule.id for rule in insert_rule((A, B), C, before)) == order


def test_a_rule_cannot_be_inserted_before_an_unknown_one():
    with pytest.raises(InvalidRequest, match="unknown rule id 'x'"):
        insert_rule((A, B), C, "x")


def test_a_changed_rule_takes_the_place_of_the_old_one():
    changed = ClauseRule(id="a", description="new")
    assert exchange_rule((A, B), changed) == (changed, B)


def test_removing_an_absent_rule_does_nothing():
    assert remove_rule((A, B), "a") == (B,)
    assert remove_rule((A, B), "x") == (A, B)


def test_rules_are_reordered_by_naming_them_all():
    assert reorder_rules((A, B, C), ["c", "a", "b"]) == (C, A, B)


@pytest.mark.parametrize("rule_ids", [["a"], ["a", "b", "c"], ["a", "a"], ["a", "x"], []])
def test_an_order_that_is_no_permutation_is_refused(rule_ids):
    with pytest.raises(InvalidRequest, match="exactly once"):
        reorder_rules((A, B), rule_ids)


def test_clause_ids_are_those_of_all_rules():
    assert clause_ids((A, C)) == {"clause-a", "clause-c"}


def test_the_number_of_rules_is_bounded():
    with pytest.raises(InvalidRequest, match="more than 1000 rules"):
        check_rule_count((A,) * (MAX_RULES + 1))
