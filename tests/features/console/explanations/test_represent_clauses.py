from msgspec import UNSET

from flagstaff.evaluation.context import parse_context
from flagstaff.evaluation.traces import ClauseTrace, SegmentRuleTrace, SegmentTrace
from flagstaff.features.console.explanations.material import Material
from flagstaff.features.console.explanations.represent_clauses import represent_clauses
from tests.support.clauses import a_clause
from tests.support.segments import a_segment, a_segment_rule

CONTEXT = parse_context({"kind": "user", "key": "ann", "country": "SE"})
NOTHING = Material("test", {}, {})


def test_a_clause_without_a_model_is_shown_with_its_problem_alone() -> None:
    trace = ClauseTrace("failed", False, None, (), "data has wrong types")
    (shown,) = represent_clauses((trace,), (), NOTHING, CONTEXT)
    assert (shown.state, shown.op, shown.problem) == ("failed", "", "data has wrong types")


def test_a_value_that_is_null_is_shown_as_such_and_a_missing_one_is_not() -> None:
    clause = a_clause("c", attribute="country", values=("NO",))
    there = ClauseTrace("notMet", True, "DK", (), "")
    missing = ClauseTrace("notMet", False, None, (), "")
    (first,) = represent_clauses((there,), (clause,), NOTHING, CONTEXT)
    (second,) = represent_clauses((missing,), (clause,), NOTHING, CONTEXT)
    assert (first.value, first.met_value) == ("DK", UNSET)
    assert (second.has_value, second.value) == (False, UNSET)


def test_a_segment_shows_its_rules_by_what_they_are_called() -> None:
    rule = a_segment_rule("r", description="Staff")
    met = ClauseTrace("met", True, "SE", (), "")
    trace = SegmentTrace("beta", True, "met", "", "", True, (SegmentRuleTrace("met", (met,), None),))
    clause = ClauseTrace("met", False, None, (trace,), "")
    material = Material("test", {}, {"beta": a_segment(rules=(rule,))})
    asking = a_clause("c", op="segmentMatch", attribute="", values=("beta",))

    ((shown,),) = (found.segments for found in represent_clauses((clause,), (asking,), material, CONTEXT))

    assert (shown.name, shown.rules[0].id, shown.rules[0].description) == ("Beta testers", "r", "Staff")
    assert shown.rules[0].split is UNSET
