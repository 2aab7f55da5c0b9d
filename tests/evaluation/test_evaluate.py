"""The steps of an evaluation in their order: off, prerequisites, targets, rules, fallthrough."""

from typing import Any

import pytest

from tests.support.sdk_data import (
    MALFORMED,
    a_clause,
    a_dataset,
    a_flag,
    a_rollout,
    a_rule,
    a_target,
    evaluate,
    evaluate_all,
    serves,
)

ALWAYS = a_clause("key", "in", "", negate=True)
NEVER = a_clause("key", "in", "")
OFF = ("off", 1, {"kind": "OFF"})
FALLTHROUGH = ("fall", 0, {"kind": "FALLTHROUGH"})
RULE = ("match", 2, {"kind": "RULE_MATCH", "ruleIndex": 0, "ruleId": "rule"})


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        (a_flag(on=False), OFF),
        (a_flag(on=False, rules=[a_rule(ALWAYS)], targets=[a_target(2, "user-key")]), OFF),
        (a_flag(on=False, offVariation=None), ("default", None, {"kind": "OFF"})),
        (a_flag(on=False, prerequisites=[{"key": "missing", "variation": 0}]), OFF),
        (a_flag(), FALLTHROUGH),
        (a_flag(rules=[a_rule(ALWAYS)]), RULE),
        (a_flag(rules=[a_rule(NEVER)]), FALLTHROUGH),
        (a_flag(rules=[a_rule()]), RULE),
        (
            a_flag(targets=[a_target(2, "user-key")], rules=[a_rule(ALWAYS)]),
            ("match", 2, {"kind": "TARGET_MATCH"}),
        ),
        (
            a_flag(rules=[a_rule(NEVER), a_rule(ALWAYS, id="second", variation=1), a_rule(ALWAYS)]),
            ("off", 1, {"kind": "RULE_MATCH", "ruleIndex": 1, "ruleId": "second"}),
        ),
        (a_flag(rules=[a_rule(ALWAYS, id="")]), ("match", 2, {"kind": "RULE_MATCH", "ruleIndex": 0})),
        (
            a_flag(prerequisites=[{"key": "missing", "variation": 0}], targets=[a_target(2, "user-key")]),
            ("off", 1, {"kind": "PREREQUISITE_FAILED", "prerequisiteKey": "missing"}),
        ),
        (
            a_flag(prerequisites=[{"key": "missing", "variation": 0}], offVariation=None),
            ("default", None, {"kind": "PREREQUISITE_FAILED", "prerequisiteKey": "missing"}),
        ),
    ],
)
def test_the_first_step_that_applies_decides(flag: dict[str, Any], expected: Any) -> None:
    assert serves(evaluate(flag)) == expected


@pytest.mark.parametrize("index", [-1, 3, 2**62])
@pytest.mark.parametrize(
    "members",
    [
        {"on": False, "offVariation": "INDEX"},
        {"fallthrough": {"variation": "INDEX"}},
        {"targets": [{"variation": "INDEX", "values": ["user-key"]}]},
        {"contextTargets": [{"contextKind": "user", "variation": "INDEX", "values": ["user-key"]}]},
        {"rules": [{"variation": "INDEX", "clauses": []}]},
        {"fallthrough": {"rollout": {"variations": [{"variation": "INDEX", "weight": 100_000}]}}},
        {"prerequisites": [{"key": "missing", "variation": 0}], "offVariation": "INDEX"},
    ],
)
def test_a_variation_that_does_not_exist_makes_the_flag_malformed(members: Any, index: int) -> None:
    assert serves(evaluate(a_flag(**put_index(members, index)))) == MALFORMED


def put_index(data: Any, index: int) -> Any:
    if isinstance(data, dict):
        return {name: put_index(member, index) for name, member in data.items()}
    if isinstance(data, list):
        return [put_index(element, index) for element in data]
    return index if data == "INDEX" else data


@pytest.mark.parametrize("serve", [{}, {"variation": None}, {"rollout": None}, {"rollout": {}}, a_rollout()])
def test_a_rule_or_fallthrough_that_serves_nothing_is_malformed(serve: dict[str, Any]) -> None:
    assert serves(evaluate(a_flag(fallthrough=serve))) == MALFORMED
    assert serves(evaluate(a_flag(rules=[{"id": "rule", "clauses": []} | serve]))) == MALFORMED


def test_a_flag_without_fallthrough_is_malformed_only_for_those_it_would_serve() -> None:
    flag = a_flag(rules=[a_rule(a_clause("key", "in", "user-key"))])
    del flag["fallthrough"]
    assert serves(evaluate(flag)) == RULE
    assert serves(evaluate(flag, {"key": "other"})) == MALFORMED


def test_whatever_goes_wrong_unexpectedly_is_an_exception_reason() -> None:
    class Hostile(str):
        __slots__ = ()

        def __hash__(self) -> int:
            raise RuntimeError("hostile")

    flag = a_flag(rules=[a_rule(a_clause("text", "in", "a"))])
    context = {"kind": "user", "key": "u", "text": Hostile("a")}
    dataset = a_dataset(flag, a_flag("other"))
    expected = {"kind": "ERROR", "errorKind": "EXCEPTION"}
    assert serves(dataset.evaluate("flag", context, "default")) == ("default", None, expected)
    results = evaluate_all(dataset, context, with_reasons=True)
    assert (results["flag"]["value"], results["flag"]["reason"], results["other"]["value"]) == (
        None,
        expected,
        "fall",
    )
