"""Data of wrong types spoils what reaches it, and nothing else."""

from typing import Any

import pytest

from flagstaff.evaluation import Dataset
from tests.support.sdk_data import (
    MALFORMED,
    USER,
    a_clause,
    a_dataset,
    a_flag,
    a_rollout,
    a_rule,
    a_segment,
    evaluate_all,
    evaluate_in,
    in_segment,
    serves,
)

BROKEN: list[Any] = [
    None,
    5,
    [],
    "text",
    {"on": "yes"},
    {"on": None},
    {"on": 1},
    {"version": "1"},
    {"version": True},
    {"version": 1.5},
    {"key": 5},
    {"salt": None},
    {"salt": 7},
    {"deleted": "no"},
    {"offVariation": "0"},
    {"offVariation": 2**63},
    {"version": 10**5000},
    {"variations": [10**5000]},
    {"fallthrough": a_rollout((0, 1), seed=10**5000)},
    {"fallthrough": a_rollout((0, -(10**5000)))},
    {"debugEventsUntilDate": 10**5000},
    {"offVariation": True},
    {"variations": {}},
    {"variations": [float("nan")]},
    {"variations": [{1, 2}]},
    {"fallthrough": None},
    {"fallthrough": []},
    {"fallthrough": {"variation": "0"}},
    {"fallthrough": {"variation": 0.5}},
    {"fallthrough": {"rollout": []}},
    {"fallthrough": {"rollout": {"variations": {}}}},
    {"fallthrough": {"rollout": {"variations": [1]}}},
    {"fallthrough": {"rollout": {"variations": [{"variation": 0, "weight": "1"}]}}},
    {"fallthrough": {"rollout": {"variations": [{"variation": 0, "weight": 1, "untracked": None}]}}},
    {"fallthrough": a_rollout((0, 1), kind=None)},
    {"fallthrough": a_rollout((0, 1), seed="x")},
    {"fallthrough": a_rollout((0, 1), bucketBy=5)},
    {"fallthrough": a_rollout((0, 1), contextKind=5)},
    {"targets": {}},
    {"targets": ["user-key"]},
    {"targets": [{"variation": 0, "values": [5]}]},
    {"targets": [{"variation": 0, "values": "user-key"}]},
    {"targets": [{"variation": None, "values": []}]},
    {"contextTargets": [{"contextKind": None, "variation": 0, "values": []}]},
    {"rules": {}},
    {"rules": [None]},
    {"rules": [{"clauses": [], "variation": 0, "id": 5}]},
    {"rules": [{"clauses": {}, "variation": 0}]},
    {"rules": [{"clauses": ["x"], "variation": 0}]},
    {"rules": [{"clauses": [], "variation": 0, "trackEvents": "x"}]},
    {"rules": [a_rule(a_clause("key", "in", "x", negate=None))]},
    {"rules": [a_rule(a_clause("key", "in", "x", values="x"))]},
    {"rules": [a_rule(a_clause("key", "in", "x", contextKind=["user"]))]},
    {"rules": [a_rule({"attribute": 5, "op": "in", "values": []})]},
    {"rules": [a_rule({"attribute": "key", "op": ["in"], "values": []})]},
    {"prerequisites": "flag"},
    {"prerequisites": ["other"]},
    {"prerequisites": [{"key": 5, "variation": 0}]},
    {"prerequisites": [{"key": "other", "variation": "0"}]},
    {"trackEvents": 1},
    {"trackEventsFallthrough": "x"},
    {"debugEventsUntilDate": "soon"},
    {"debugEventsUntilDate": float("inf")},
    {"clientSideAvailability": []},
    {"clientSideAvailability": {"usingMobileKey": 1}},
]


@pytest.mark.parametrize("on", [True, False])
@pytest.mark.parametrize("members", BROKEN)
def test_a_flag_with_wrong_types_is_malformed_and_spoils_no_other(members: Any, on: bool) -> None:
    broken = {**a_flag(on=on), **members} if isinstance(members, dict) else members
    dataset = Dataset.from_json({"flags": {"flag": broken, "other": a_flag("other")}})
    assert serves(evaluate_in(dataset, "flag", USER, "default")) == MALFORMED
    assert evaluate_in(dataset, "other", USER, "default").value == "fall"
    results = evaluate_all(dataset, with_reasons=True)
    assert (results["flag"]["value"], results["flag"]["reason"]) == (None, MALFORMED[2])
    assert results["other"]["value"] == "fall"


@pytest.mark.parametrize(
    "members",
    [
        {"clientSide": None, "clientSideAvailability": {"usingMobileKey": True, "usingEnvironmentId": True}},
        {"debugEventsUntilDate": 5.5},
        {"version": 3.0},
        {"fallthrough": {"variation": 0.0}},
        {"rules": None, "targets": None, "contextTargets": None, "prerequisites": None},
        {"migration": {"checkRatio": "x"}, "samplingRatio": "x", "unknown": object()},
    ],
)
def test_what_go_reads_or_nobody_asks_for_is_not_malformed(members: Any) -> None:
    assert evaluate_in(a_dataset(a_flag(**members)), "flag", USER, None).value == "fall"


@pytest.mark.parametrize(
    "segment",
    [
        None,
        [],
        {"included": [5]},
        {"included": "user-key"},
        {"excluded": {}},
        {"includedContexts": [{"contextKind": 5, "values": []}]},
        {"excludedContexts": ["x"]},
        {"rules": [{"clauses": [5]}]},
        {"rules": [{"clauses": [], "weight": "1"}]},
        {"rules": [{"clauses": [], "weight": 1, "rolloutContextKind": None}]},
        {"rules": [{"clauses": [], "weight": 1, "bucketBy": 5}]},
        {"unbounded": "x"},
        {"generation": "1"},
        {"generation": 10**5000},
        {"salt": None},
    ],
)
def test_a_segment_with_wrong_types_makes_flags_that_ask_it_malformed(segment: Any) -> None:
    broken = {**a_segment(), **segment} if isinstance(segment, dict) else segment
    asker, other = a_flag(rules=[a_rule(in_segment("segment"))]), a_flag("other")
    dataset = Dataset.from_json({"flags": {"flag": asker, "other": other}, "segments": {"segment": broken}})
    assert serves(evaluate_in(dataset, "flag", USER, "default")) == MALFORMED
    assert evaluate_in(dataset, "other", USER, "default").value == "fall"
    assert not dataset.segment_matches("segment", USER)
    assert dataset.segments_of(USER) == []
