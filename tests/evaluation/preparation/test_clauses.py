from typing import Any

import pytest

from flagstaff.evaluation.operators import match_nothing
from flagstaff.evaluation.preparation.clauses import LONGEST_SHARED, make_problem, prepare_clauses
from flagstaff.evaluation.preparation.reading import MalformedData
from tests.support.sdk_data import a_clause, in_segment


def prepare(clause: dict[str, Any]) -> Any:
    (prepared,) = prepare_clauses({"clauses": [clause]})
    return prepared


@pytest.mark.parametrize(
    ("clause", "kind", "path"),
    [
        (a_clause("a", "in", 1), "user", ("a",)),
        (a_clause("/a/b", "in", 1, contextKind="org"), "org", ("a", "b")),
        (a_clause("/a/b", "in", 1, contextKind=""), "user", ("/a/b",)),
        (a_clause("kind", "in", "user", contextKind="org"), None, ("kind",)),
        (a_clause("/kind", "in", "user", contextKind="org"), "org", ("kind",)),
    ],
)
def test_a_clause_knows_what_to_read(clause: dict[str, Any], kind: str | None, path: tuple[str, ...]) -> None:
    prepared = prepare(clause)
    assert (prepared.reading.kind, prepared.reading.path) == (kind, path)


def test_rules_that_ask_the_same_share_what_is_prepared() -> None:
    mine, yours = [{"clauses": [a_clause("email", "endsWith", "@test")]} for _ in range(2)]
    assert prepare_clauses(mine) is prepare_clauses(yours)
    others = ("@test.", 1, True, "1", "x" * LONGEST_SHARED)
    asked = [prepare_clauses({"clauses": [a_clause("email", "in", other)]}) for other in others]
    assert len({id(clauses) for clauses in asked}) == len(others)


def test_clauses_that_have_no_json_are_prepared_by_themselves() -> None:
    (clause,) = prepare_clauses({"clauses": [a_clause("a", "in", float("inf"), "a")]})
    assert "a" in clause.operand


def test_values_are_prepared_once() -> None:
    assert prepare(a_clause("a", "lessThan", 5, "9", 7)).operand == 7.0
    assert prepare(a_clause("a", "in", 1, "a", 1.0)).operand == {1.0, "a"}


@pytest.mark.parametrize(
    "clause", [a_clause("a", "in"), a_clause("a", "lessThan", "1", True), a_clause("a", "unheardOf", 1)]
)
def test_a_clause_with_nothing_to_compare_matches_nothing(clause: dict[str, Any]) -> None:
    assert prepare(clause).test is match_nothing


def test_segment_keys_are_kept_and_other_values_are_not() -> None:
    prepared = prepare(in_segment("a", 5, "b", negate=True))  # type: ignore[arg-type]
    assert (prepared.reading, prepared.segment_keys, prepared.negate) == (None, ("a", "b"), True)


def test_an_invalid_reference_becomes_a_problem() -> None:
    assert "'//'" in prepare(a_clause("//", "in", 1)).problem
    assert make_problem("reason").problem == "reason"


@pytest.mark.parametrize("members", [{"op": 5}, {"negate": "no"}, {"values": {}}, {"contextKind": None}])
def test_wrong_types_are_malformed(members: Any) -> None:
    with pytest.raises(MalformedData):
        prepare(a_clause("a", "in", 1) | members)
