"""Explanations say what evaluations do, step by step."""

import random
from collections.abc import Mapping
from typing import Any

import pytest

from flagstaff.evaluation import Dataset
from flagstaff.evaluation.big_segments import Membership
from flagstaff.evaluation.context import parse_context
from flagstaff.evaluation.traces import FlagTrace
from flagstaff.evaluation.tracing import MOST_OPENED
from tests.support.sdk_data import (
    USER,
    a_clause,
    a_dataset,
    a_flag,
    a_rollout,
    a_rule,
    a_segment,
    a_target,
    in_segment,
)
from tests.support.sdk_data_generator import Generator


def explain(dataset: Dataset, key: str = "flag", context: Any = USER, **how: Any) -> FlagTrace:
    return dataset.explain(key, parse_context(context), **how)


def states(trace: FlagTrace) -> dict[str, Any]:
    return {
        "prerequisites": [found.state for found in trace.prerequisites],
        "targets": trace.targets,
        "rules": [rule.state for rule in trace.rules],
        "fallthrough": trace.fallthrough,
    }


def reason_of(trace: FlagTrace) -> dict[str, Any]:
    """The reason that the steps of an opened trace come to."""
    steps = states(trace)
    if not trace.is_on:
        return {"kind": "OFF"}
    if "failed" in steps["prerequisites"] or "failed" in steps["rules"]:
        return {"kind": "ERROR"}
    if "notMet" in steps["prerequisites"]:
        return {"kind": "PREREQUISITE_FAILED"}
    if steps["targets"] == "met":
        return {"kind": "TARGET_MATCH"}
    if "met" in steps["rules"]:
        return {"kind": "RULE_MATCH", "ruleIndex": steps["rules"].index("met")}
    assert steps["fallthrough"] == "met"
    return {"kind": "FALLTHROUGH"}


def check_tree(dataset: Dataset, trace: FlagTrace, context: Any, memberships: Mapping[str, Any]) -> None:
    """Compare every flag and segment of a tree with what the data set says of it."""
    detail = dataset.evaluate_context(trace.key, context, None, big_segments=memberships.get)
    assert (trace.value, trace.variation, trace.reason) == (
        detail.value,
        detail.variation_index,
        detail.reason,
    )
    if not trace.opened:
        return
    expected = reason_of(trace)
    # A variation that is not there makes an error of any step.
    if not (trace.variation is None and trace.reason["kind"] == "ERROR"):
        assert expected == {name: trace.reason[name] for name in expected}
    split = next((rule.split for rule in trace.rules if rule.state == "met"), trace.split)
    if split is not None and split.chosen is not None:
        assert split.variations[split.chosen] == trace.variation
        assert split.bucket is not None
        begin = split.ends[split.chosen - 1] if split.chosen else 0.0
        is_last = split.chosen == len(split.ends) - 1
        assert begin <= split.bucket
        assert is_last or split.bucket < split.ends[split.chosen]
    for needed in trace.prerequisites:
        if needed.flag is not None:
            check_tree(dataset, needed.flag, context, memberships)
    clauses = [clause for rule in trace.rules for clause in rule.clauses]
    while clauses:
        for segment in clauses.pop().segments:
            if segment.state != "failed":
                is_member = dataset.segment_matches(segment.key, context, big_segments=memberships.get)
                assert (segment.state == "met") is is_member
            clauses += [clause for rule in segment.rules for clause in rule.clauses]


@pytest.mark.parametrize("seed", range(60))
def test_an_explanation_comes_to_what_the_evaluation_gives(seed: int) -> None:
    generator = Generator(random.Random(seed))
    data = generator.make_data(12)
    memberships = generator.make_memberships()
    dataset = Dataset.from_json(data)
    for _ in range(4):
        context = parse_context(generator.make_context())
        for key in data["flags"]:
            trace = dataset.explain(key, context, big_segments=memberships.get)
            assert trace.opened
            check_tree(dataset, trace, context, memberships)


def test_a_flag_that_is_off_reaches_no_step() -> None:
    flag = a_flag(on=False, rules=[a_rule(a_clause("name", "in", "x"))], targets=[a_target(2, "user-key")])
    trace = explain(a_dataset(flag))
    assert not trace.is_on
    assert states(trace) == {
        "prerequisites": [],
        "targets": "notReached",
        "rules": ["notReached"],
        "fallthrough": "notReached",
    }
    assert trace.rules[0].clauses[0].state == "notReached"


def test_an_unmet_prerequisite_ends_the_evaluation_and_shows_its_own_tree() -> None:
    flag = a_flag(prerequisites=[{"key": key, "variation": 0} for key in ("met", "unmet", "later")])
    unmet = a_flag("unmet", rules=[a_rule(a_clause("key", "in", "user-key"))])
    trace = explain(a_dataset(flag, a_flag("met"), unmet, a_flag("later")))
    assert states(trace)["prerequisites"] == ["met", "notMet", "notNeeded"]
    assert states(trace)["targets"] == "notReached"
    needed = trace.prerequisites[1].flag
    assert needed is not None
    assert (needed.variation, states(needed)["rules"]) == (2, ["met"])
    assert trace.prerequisites[2].flag is None


def test_a_target_is_named_by_kind_and_key() -> None:
    flag = a_flag(contextTargets=[a_target(2, "acme", contextKind="org")])
    context = {"kind": "multi", "user": {"key": "u"}, "org": {"key": "acme"}}
    target = explain(a_dataset(flag), context=context).target
    assert target is not None
    assert (target.kind, target.key, target.variation) == ("org", "acme", 2)


def test_the_first_clause_that_is_not_met_decides_and_the_rest_is_not_needed() -> None:
    clauses = [a_clause("country", "in", "SE"), a_clause("age", "lessThan", 9), a_clause("key", "in", "x")]
    rules = [a_rule(*clauses), a_rule(clauses[0]), a_rule(clauses[0])]
    trace = explain(a_dataset(a_flag(rules=rules)), context=USER | {"country": "SE"})
    first, second, third = trace.rules
    assert [clause.state for clause in first.clauses] == ["met", "notMet", "notNeeded"]
    assert [clause.has_value for clause in first.clauses] == [True, False, False]
    assert first.clauses[0].value == "SE"
    assert (first.state, second.state, third.state) == ("notMet", "met", "notReached")
    assert third.clauses[0].state == "notReached"


def test_a_split_tells_bucket_ends_and_what_was_hashed() -> None:
    flag = a_flag(fallthrough=a_rollout((0, 25_000), (1, 50_000), (2, 25_000), bucketBy="/team/id"))
    split = explain(a_dataset(flag), context=USER | {"team": {"id": "blue"}}).split
    assert split is not None
    assert (split.kind, split.path, split.value) == ("user", ("team", "id"), "blue")
    assert split.ends == pytest.approx((0.25, 0.75, 1.0), abs=1e-6)
    assert split.variations == (0, 1, 2)
    assert split.bucket is not None
    assert split.chosen == sum(split.bucket >= end for end in split.ends[:-1])


def test_a_context_without_the_kind_of_a_split_falls_into_no_share() -> None:
    flag = a_flag(fallthrough=a_rollout((1, 40_000), (2, 60_000), contextKind="org"))
    trace = explain(a_dataset(flag))
    assert trace.split is not None
    assert (trace.split.bucket, trace.split.chosen, trace.variation) == (None, None, 1)


def test_what_a_split_cannot_hash_is_at_the_start() -> None:
    flag = a_flag(fallthrough=a_rollout((1, 40_000), (2, 60_000), bucketBy="score"))
    split = explain(a_dataset(flag), context=USER | {"score": 1.5}).split
    assert split is not None
    assert (split.value, split.bucket, split.chosen) == (None, 0.0, 0)


def test_a_segment_is_opened_up_to_the_clause_that_lets_in() -> None:
    inner = a_segment("inner", rules=[{"clauses": [a_clause("email", "endsWith", "@x.org")]}])
    outer = a_segment("outer", rules=[{"clauses": [in_segment("absent", "inner")]}])
    flag = a_flag(rules=[a_rule(in_segment("listed", "outer")), a_rule(in_segment("outer"))])
    data = a_dataset(flag, segments=(inner, outer, a_segment("listed", excluded=["user-key"])))
    trace = explain(data, context=USER | {"email": "a@x.org"})
    listed, opened = trace.rules[0].clauses[0].segments
    assert (listed.state, listed.listed, listed.exists) == ("notMet", "excluded", True)
    assert (opened.state, opened.listed) == ("met", "")
    absent, nested = opened.rules[0].clauses[0].segments
    assert (absent.exists, absent.state) == (False, "notMet")
    assert nested.rules[0].clauses[0].value == "a@x.org"


@pytest.mark.parametrize(
    ("weight", "state", "chosen"), [(100_000, "met", 0), (0, "notMet", None), (None, "met", None)]
)
def test_a_weighted_rule_of_a_segment_tells_its_split(
    weight: int | None, state: str, chosen: int | None
) -> None:
    rule: dict[str, Any] = {"clauses": [a_clause("key", "in", "user-key")]}
    if weight is not None:
        rule["weight"] = weight
    data = a_dataset(a_flag(rules=[a_rule(in_segment("s"))]), segments=(a_segment("s", rules=[rule]),))
    (segment,) = explain(data).rules[0].clauses[0].segments
    assert (segment.state, segment.rules[0].state) == (state, state)
    split = segment.rules[0].split
    assert (split is None) is (weight is None)
    assert split is None or split.chosen == chosen


@pytest.mark.parametrize(
    ("big", "find", "expected"),
    [
        ({"generation": 1}, lambda _: {"big.g1": True}, ("met", "included", "HEALTHY")),
        ({"generation": 1}, lambda _: {"big.g1": False}, ("notMet", "excluded", "HEALTHY")),
        ({"generation": 1}, lambda _: None, ("notMet", "", "HEALTHY")),
        ({"generation": 1}, lambda _: Membership({"big.g1": True}, "STALE"), ("met", "included", "STALE")),
        ({}, lambda _: None, ("notMet", "unlisted", "NOT_CONFIGURED")),
        (
            {"generation": 1, "unboundedContextKind": "org"},
            lambda _: {"big.g1": True},
            ("notMet", "unlisted", ""),
        ),
    ],
)
def test_a_big_segment_tells_the_state_of_its_store(
    big: dict[str, Any], find: Any, expected: tuple[str, ...]
) -> None:
    segment = a_segment("big", unbounded=True, **big)
    data = a_dataset(a_flag(rules=[a_rule(in_segment("big"))]), segments=(segment,))
    trace = explain(data, big_segments=find)
    (found,) = trace.rules[0].clauses[0].segments
    assert (found.state, found.listed, found.status) == expected


def test_a_store_is_asked_once_for_each_key() -> None:
    asked: list[str] = []

    def find(key: str) -> dict[str, bool]:
        asked.append(key)
        return {"big.g1": len(asked) > 1}

    segment = a_segment("big", unbounded=True, generation=1)
    flag = a_flag(rules=[a_rule(in_segment("big")), a_rule(in_segment("big"))])
    trace = explain(a_dataset(flag, segments=(segment,)), big_segments=find)
    assert asked == ["user-key"]
    assert states(trace)["rules"] == ["notMet", "notMet"]


def test_malformed_data_is_shown_where_it_is() -> None:
    flag = a_flag(rules=[a_rule(a_clause("", "in", "x")), a_rule()])
    trace = explain(a_dataset(flag))
    assert states(trace)["rules"] == ["failed", "notReached"]
    assert "reference is empty" in trace.rules[0].clauses[0].problem
    assert trace.reason == {"kind": "ERROR", "errorKind": "MALFORMED_FLAG"}


def test_an_unknown_flag_has_no_steps() -> None:
    trace = explain(a_dataset())
    assert (trace.exists, trace.opened, trace.reason["errorKind"]) == (False, False, "FLAG_NOT_FOUND")


def test_what_is_met_again_is_not_opened_again() -> None:
    shared = a_flag("shared")
    flags = [
        a_flag(key, prerequisites=[{"key": "shared", "variation": 0}], fallthrough={"variation": 0})
        for key in ("one", "two")
    ]
    flag = a_flag(prerequisites=[{"key": key, "variation": 0} for key in ("one", "two")])
    trace = explain(a_dataset(flag, *flags, shared))
    inner = [found.flag.prerequisites[0].flag for found in trace.prerequisites if found.flag is not None]
    assert [found and found.opened for found in inner] == [True, False]


def test_circles_end() -> None:
    flags = [
        a_flag("flag", prerequisites=[{"key": "other", "variation": 0}]),
        a_flag("other", prerequisites=[{"key": "flag", "variation": 0}]),
    ]
    segments = (a_segment("a", rules=[{"clauses": [in_segment("a")]}]),)
    asking = a_flag("asking", rules=[a_rule(in_segment("a"))])
    dataset = a_dataset(*flags, asking, segments=segments)
    assert states(explain(dataset))["prerequisites"] == ["failed"]
    assert states(explain(dataset, "asking"))["rules"] == ["failed"]


def test_a_chain_is_opened_only_so_far() -> None:
    chain = [
        a_flag(f"flag-{number}", prerequisites=[{"key": f"flag-{number + 1}", "variation": 0}])
        for number in range(60)
    ]
    trace: FlagTrace | None = explain(a_dataset(*chain, a_flag("flag-60")), "flag-0")
    depth = 0
    while trace is not None and trace.opened:
        trace, depth = trace.prerequisites[0].flag, depth + 1
    assert depth == MOST_OPENED
