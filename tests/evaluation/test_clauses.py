from typing import Any

import pytest

from tests.support.sdk_data import (
    MALFORMED,
    USER,
    a_clause,
    a_flag,
    a_rule,
    a_segment,
    clause_matches,
    evaluate,
    in_segment,
    serves,
)

MULTI = {"kind": "multi", "user": {"key": "u", "level": 3}, "org": {"key": "o", "level": 7}}
ORG = {"kind": "org", "key": "o", "level": 7}


@pytest.mark.parametrize(
    ("clause", "context", "expected"),
    [
        (a_clause("key", "in", "b"), {"kind": "user", "key": "a"}, False),
        (a_clause("key", "in", "b", negate=True), {"kind": "user", "key": "a"}, True),
        (a_clause("key", "in", "a", negate=True), {"kind": "user", "key": "a"}, False),
        (a_clause("key", "unheardOf", "a", negate=True), {"kind": "user", "key": "a"}, True),
        (a_clause("key", "lessThan", 1, negate=True), {"kind": "user", "key": "a"}, True),
        (a_clause("key", "in", negate=True), {"kind": "user", "key": "a"}, True),
    ],
)
def test_negation_turns_the_result(clause: dict[str, Any], context: Any, expected: bool) -> None:
    assert clause_matches(clause, context) is expected


@pytest.mark.parametrize("negate", [False, True])
@pytest.mark.parametrize(
    "context",
    [
        {"kind": "user", "key": "a"},
        {"kind": "user", "key": "a", "attribute": None},
        {"kind": "org", "key": "a", "attribute": "x"},
        {"kind": "multi", "org": {"key": "a", "attribute": "x"}, "device": {"key": "b"}},
    ],
)
def test_what_is_not_there_matches_nothing_even_negated(context: Any, negate: bool) -> None:
    assert not clause_matches(a_clause("attribute", "in", "y", negate=negate), context)


@pytest.mark.parametrize(
    ("attribute", "negate", "expected"),
    [
        (["b", "c"], False, True),
        (["b", "d"], False, False),
        (["b", "c"], True, False),
        (["b", "d"], True, True),
        ([], False, False),
        ([], True, True),
        ([["c"]], False, False),
        ([None, "c"], False, True),
        (("b", "c"), False, True),
    ],
)
def test_any_element_of_an_array_may_match(attribute: Any, negate: bool, expected: bool) -> None:
    context = {"kind": "user", "key": "a", "attribute": attribute}
    assert clause_matches(a_clause("attribute", "in", "c", negate=negate), context) is expected


def test_elements_that_are_arrays_or_objects_match_only_by_in() -> None:
    context = {"kind": "user", "key": "a", "attribute": [["x"], {"y": 1}]}
    assert clause_matches(a_clause("attribute", "in", ["x"]), context)
    assert clause_matches(a_clause("attribute", "in", {"y": 1.0}), context)
    assert not clause_matches(a_clause("attribute", "contains", "x"), context)


def test_an_array_is_not_itself_compared() -> None:
    context = {"kind": "user", "key": "a", "attribute": ["x"]}
    assert not clause_matches(a_clause("attribute", "in", ["x"]), context)


@pytest.mark.parametrize(
    ("context", "kind", "expected"),
    [
        (MULTI, "user", False),
        (MULTI, "org", True),
        (MULTI, "", False),
        (MULTI, "device", False),
        (ORG, "org", True),
        (ORG, "user", False),
        ({"kind": "user", "key": "u", "level": 7}, "", True),
    ],
)
def test_a_clause_looks_at_the_context_of_its_kind_by_default_the_user(
    context: Any, kind: str, expected: bool
) -> None:
    assert clause_matches(a_clause("level", "greaterThan", 5, contextKind=kind), context) is expected


@pytest.mark.parametrize(
    ("context", "values", "negate", "expected"),
    [
        (USER, ["user"], False, True),
        (USER, ["org"], False, False),
        (ORG, ["org"], False, True),
        (MULTI, ["org"], False, True),
        (MULTI, ["device"], False, False),
        (MULTI, ["org"], True, False),
        (MULTI, ["device"], True, True),
    ],
)
@pytest.mark.parametrize("kind", ["user", "device", ""])
def test_the_attribute_kind_means_all_kinds_of_the_context(
    context: Any, values: list[str], negate: bool, expected: bool, kind: str
) -> None:
    clause = a_clause("kind", "in", *values, negate=negate, contextKind=kind)
    assert clause_matches(clause, context) is expected


def test_operators_other_than_in_work_on_kinds() -> None:
    assert clause_matches(a_clause("kind", "startsWith", "us"), USER)


def test_the_path_to_kind_is_an_attribute_of_one_context() -> None:
    """Go compares the whole text with "kind"; Python takes this path for it, too."""
    assert clause_matches(a_clause("/kind", "in", "user"), MULTI)
    assert not clause_matches(a_clause("/kind", "in", "org"), MULTI)


NESTED = {
    "kind": "user",
    "key": "x",
    "anonymous": True,
    "name": "Ann",
    "attr1": {"prop1": {"prop2": "right"}, "prop/a": "right", "list": ["right"], "null": None},
    "attr/a": "right",
    "attr~a": "right",
    "/attr/a": "literal",
    "_meta": {"privateAttributes": ["attr1"]},
}


@pytest.mark.parametrize(
    ("attribute", "kind", "value"),
    [
        ("key", "user", "x"),
        ("/key", "user", "x"),
        ("name", "user", "Ann"),
        ("anonymous", "user", True),
        ("attr/a", "user", "right"),
        ("/attr~1a", "user", "right"),
        ("attr~a", "user", "right"),
        ("/attr~0a", "user", "right"),
        ("/attr1/prop1/prop2", "user", "right"),
        ("/attr1/prop~1a", "user", "right"),
        ("/attr1/prop1", "user", {"prop2": "right"}),
        ("/attr1/list", "user", "right"),
        ("/attr/a", "", "literal"),
    ],
)
def test_references_reach_attributes_and_their_members(attribute: str, kind: str, value: Any) -> None:
    assert clause_matches(a_clause(attribute, "in", value, contextKind=kind), NESTED)


@pytest.mark.parametrize(
    "attribute",
    [
        "/attr1/prop99",
        "/name/x",
        "/attr1/list/0",
        "/attr1/null",
        "/attr1/prop1/prop2/x",
        "_meta",
        "/_meta/privateAttributes",
    ],
)
def test_references_to_nothing_match_nothing(attribute: str) -> None:
    assert not clause_matches(a_clause(attribute, "in", "right", negate=True), NESTED)


def test_anonymous_is_false_where_it_is_not_set() -> None:
    assert clause_matches(a_clause("anonymous", "in", False), USER)


@pytest.mark.parametrize("attribute", ["", None, "/", "///", "/a~b", "/a~", "/a/"])
def test_an_invalid_reference_makes_the_whole_flag_malformed(attribute: Any) -> None:
    first, second = a_rule(a_clause(attribute, "in", True)), a_rule(a_clause("key", "in", "", negate=True))
    assert serves(evaluate(a_flag(rules=[first, second]))) == MALFORMED


def test_a_clause_without_attribute_makes_the_flag_malformed() -> None:
    assert serves(evaluate(a_flag(rules=[a_rule({"op": "in", "values": [""]})]))) == MALFORMED


def test_an_invalid_reference_counts_before_a_missing_kind() -> None:
    """Go's order; Python finds the kind missing first and goes on."""
    rule = a_rule(a_clause("//", "in", True, contextKind="org"))
    assert serves(evaluate(a_flag(rules=[rule]))) == MALFORMED


def test_an_invalid_reference_behind_a_clause_that_fails_is_never_reached() -> None:
    rule = a_rule(a_clause("key", "in", "other"), a_clause("//", "in", True))
    assert serves(evaluate(a_flag(rules=[rule]))) == ("fall", 0, {"kind": "FALLTHROUGH"})


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (in_segment("in"), True),
        (in_segment("out"), False),
        (in_segment("out", "in"), True),
        (in_segment("missing"), False),
        (in_segment(), False),
        (in_segment("in", negate=True), False),
        (in_segment("out", negate=True), True),
        (in_segment("missing", negate=True), True),
        (in_segment(negate=True), True),
        (in_segment("in", contextKind="device", attribute="//"), True),
        ({"op": "segmentMatch", "values": [1, None, ["in"], "in"]}, True),
        ({"op": "segmentMatch", "values": [1, None, ["in"]]}, False),
    ],
)
def test_a_segment_clause_matches_who_is_in_any_of_its_segments(
    clause: dict[str, Any], expected: bool
) -> None:
    segments = (a_segment("in", included=["user-key"]), a_segment("out"))
    assert clause_matches(clause, USER, segments) is expected


def test_all_clauses_of_a_rule_must_match_and_none_match_everybody() -> None:
    yes, no = a_clause("key", "in", "user-key"), a_clause("key", "in", "other")
    outcomes = [
        evaluate(a_flag(rules=[a_rule(*clauses)])).variation_index for clauses in ((yes, yes), (yes, no), ())
    ]
    assert outcomes == [2, 0, 2]
