from typing import Any

import pytest

from tests.support.sdk_data import (
    MALFORMED,
    a_clause,
    a_flag,
    a_rule,
    a_segment,
    clause_matches,
    evaluate,
    in_segment,
    serves,
)

SEGMENT = a_segment(
    included=["both", "in-user"],
    excluded=["both", "out-user"],
    includedContexts=[
        {"contextKind": "org", "values": ["in-org"]},
        {"contextKind": "device", "values": ["in-device"]},
    ],
    excludedContexts=[{"contextKind": "org", "values": ["out-org", "in-org"]}],
    rules=[
        {"clauses": [a_clause("match", "in", True)]},
        {"clauses": [a_clause("match", "in", True, contextKind="org")]},
    ],
)


def is_in(context: Any, *segments: dict[str, Any]) -> bool:
    return clause_matches(in_segment("segment"), context, segments)


def user(key: str, **attributes: Any) -> dict[str, Any]:
    return {"kind": "user", "key": key} | attributes


def org(key: str, **attributes: Any) -> dict[str, Any]:
    return {"kind": "org", "key": key} | attributes


def multi(**contexts: Any) -> dict[str, Any]:
    return {"kind": "multi"} | contexts


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (user("in-user"), True),
        (user("both"), True),
        (user("out-user", match=True), False),
        (user("other", match=True), True),
        (user("other"), False),
        (user("in-org"), False),
        (user("out-org", match=True), True),
        (org("in-org"), True),
        (org("out-org", match=True), False),
        (org("in-user"), False),
        (org("out-user", match=True), True),
        (org("other", match=True), True),
        (org("in-device"), False),
        (multi(user={"key": "out-user"}, org={"key": "in-org"}), True),
        (multi(user={"key": "in-user"}, org={"key": "out-org"}), True),
        (multi(user={"key": "out-user", "match": True}, org={"key": "x"}), False),
        (multi(user={"key": "x", "match": True}, org={"key": "out-org"}), False),
        (multi(user={"key": "x"}, org={"key": "x", "match": True}), True),
        (multi(device={"key": "in-device"}, org={"key": "out-org"}), True),
    ],
)
def test_lists_come_before_rules_and_included_before_excluded(context: Any, expected: bool) -> None:
    assert is_in(context, SEGMENT) is expected


def test_lists_by_kind_are_not_for_lone_users() -> None:
    """Go passes them over; Python looks into them."""
    segment = a_segment(includedContexts=[{"contextKind": "user", "values": ["a"]}, {"values": ["b"]}])
    assert not is_in(user("a"), segment)
    assert not is_in({"key": "b"}, segment)
    assert is_in(multi(user={"key": "a"}, org={"key": "x"}), segment)
    assert is_in(multi(user={"key": "b"}, org={"key": "x"}), segment)


def weighted(weight: int, **members: Any) -> dict[str, Any]:
    return a_segment("segment3", salt="salty", rules=[{"clauses": [], "weight": weight} | members])


@pytest.mark.parametrize(
    ("key", "weight", "expected"),
    [
        ("user-key", 14955, True),
        ("user-key", 14940, False),
        ("unmatching-key", 14955, False),
        ("unmatching-key", 36564, True),
        ("user-key", 0, False),
        ("user-key", 100_000, True),
    ],
)
def test_a_weight_lets_a_share_in(key: str, weight: int, expected: bool) -> None:
    segments = (weighted(weight),)
    assert clause_matches(in_segment("segment3"), user(key), segments) is expected


@pytest.mark.parametrize(
    "members", [{"bucketBy": "attribute"}, {"bucketBy": "/deep/er", "rolloutContextKind": "user"}]
)
def test_a_weight_may_bucket_by_an_attribute(members: dict[str, Any]) -> None:
    context = user("x", attribute="user-key", deep={"er": "user-key"})
    assert clause_matches(in_segment("segment3"), context, (weighted(14955, **members),))
    assert not clause_matches(in_segment("segment3"), context, (weighted(14940, **members),))


@pytest.mark.parametrize("value", [None, True, 2.5, ["user-key"]])
def test_what_cannot_be_bucketed_is_in_every_share_that_is_not_empty(value: Any) -> None:
    context = user("x", attribute=value)
    assert clause_matches(in_segment("segment3"), context, (weighted(1, bucketBy="attribute"),))
    assert not clause_matches(in_segment("segment3"), context, (weighted(0, bucketBy="attribute"),))


def test_a_weight_lets_nobody_in_whose_kind_is_missing() -> None:
    """Go's way; in Python such contexts are below every weight."""
    assert not clause_matches(in_segment("segment3"), org("x"), (weighted(100_000),))
    assert clause_matches(in_segment("segment3"), org("x"), (weighted(100_000, rolloutContextKind="org"),))


def test_rules_after_one_whose_weight_fails_are_tried() -> None:
    segment = a_segment(
        rules=[
            {"clauses": [], "weight": 0},
            {"clauses": [a_clause("key", "in", "nobody")]},
            {"clauses": [a_clause("key", "in", "u")]},
        ]
    )
    assert is_in(user("u"), segment)
    assert not is_in(user("other"), segment)


def test_a_rule_without_clauses_lets_everybody_in() -> None:
    assert is_in(user("u"), a_segment(rules=[{"clauses": []}]))


def test_segments_may_ask_for_segments() -> None:
    outer = a_segment("outer", rules=[{"clauses": [in_segment("inner"), in_segment("other", negate=True)]}])
    inner, other = a_segment("inner", included=["a", "b"]), a_segment("other", included=["b"])
    matches = [
        clause_matches(in_segment("outer"), user(key), (outer, inner, other)) for key in ("a", "b", "c")
    ]
    assert matches == [True, False, False]


def test_the_same_segment_may_be_reached_twice() -> None:
    first = a_segment("first", rules=[{"clauses": [in_segment("shared"), a_clause("key", "in", "nobody")]}])
    second = a_segment("second", rules=[{"clauses": [in_segment("shared")]}])
    shared = a_segment("shared", included=["u"])
    assert clause_matches(in_segment("first", "second"), user("u"), (first, second, shared))


@pytest.mark.parametrize(
    "segments",
    [
        [a_segment("segment", rules=[{"clauses": [in_segment("segment")]}])],
        [
            a_segment("segment", rules=[{"clauses": [in_segment("b")]}]),
            a_segment("b", rules=[{"clauses": [in_segment("segment")]}]),
        ],
        [
            a_segment("segment", rules=[{"clauses": [in_segment("b")]}]),
            a_segment("b", rules=[{"clauses": [in_segment("b")]}]),
        ],
    ],
)
def test_a_circle_of_segments_makes_the_flag_malformed(segments: list[dict[str, Any]]) -> None:
    flag = a_flag(rules=[a_rule(in_segment("segment"))])
    assert serves(evaluate(flag, user("u"), segments=tuple(segments))) == MALFORMED


def test_a_circle_that_is_not_reached_does_no_harm() -> None:
    segment = a_segment(included=["u"], rules=[{"clauses": [in_segment("segment")]}])
    assert is_in(user("u"), segment)


@pytest.mark.parametrize(
    "problem", [{"bucketBy": "//", "rolloutContextKind": "user"}, {"clauses": [a_clause("/", "in", 1)]}]
)
def test_an_invalid_reference_in_a_segment_makes_the_flag_malformed(problem: dict[str, Any]) -> None:
    segment = a_segment(rules=[{"clauses": [], "weight": 100_000} | problem])
    flag = a_flag(rules=[a_rule(in_segment("segment"))])
    assert serves(evaluate(flag, user("u"), segments=(segment,))) == MALFORMED
