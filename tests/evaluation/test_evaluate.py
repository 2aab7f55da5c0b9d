"""The steps of an evaluation in their order: off, prerequisites, targets, rules, fallthrough."""

from typing import Any

import pytest

from flagstaff.evaluation.scope import MAX_DEPTH
from tests.support.sdk_data import (
    MALFORMED,
    USER,
    a_clause,
    a_dataset,
    a_flag,
    a_rollout,
    a_rule,
    evaluate,
    evaluate_all,
    serves,
)

ALWAYS = a_clause("key", "in", "", negate=True)
NEVER = a_clause("key", "in", "")
OFF = ("off", 1, {"kind": "OFF"})
FALLTHROUGH = ("fall", 0, {"kind": "FALLTHROUGH"})
RULE = ("match", 2, {"kind": "RULE_MATCH", "ruleIndex": 0, "ruleId": "rule"})


def target(variation: int, *keys: str, **members: Any) -> dict[str, Any]:
    return {"variation": variation, "values": list(keys)} | members


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        (a_flag(on=False), OFF),
        (a_flag(on=False, rules=[a_rule(ALWAYS)], targets=[target(2, "user-key")]), OFF),
        (a_flag(on=False, offVariation=None), ("default", None, {"kind": "OFF"})),
        (a_flag(on=False, prerequisites=[{"key": "missing", "variation": 0}]), OFF),
        (a_flag(), FALLTHROUGH),
        (a_flag(rules=[a_rule(ALWAYS)]), RULE),
        (a_flag(rules=[a_rule(NEVER)]), FALLTHROUGH),
        (a_flag(rules=[a_rule()]), RULE),
        (
            a_flag(targets=[target(2, "user-key")], rules=[a_rule(ALWAYS)]),
            ("match", 2, {"kind": "TARGET_MATCH"}),
        ),
        (
            a_flag(rules=[a_rule(NEVER), a_rule(ALWAYS, id="second", variation=1), a_rule(ALWAYS)]),
            ("off", 1, {"kind": "RULE_MATCH", "ruleIndex": 1, "ruleId": "second"}),
        ),
        (a_flag(rules=[a_rule(ALWAYS, id="")]), ("match", 2, {"kind": "RULE_MATCH", "ruleIndex": 0})),
        (
            a_flag(prerequisites=[{"key": "missing", "variation": 0}], targets=[target(2, "user-key")]),
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


@pytest.mark.parametrize("index", [-1, 3, 10**30])
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


# Targets.

BOTH = {
    "targets": [target(2, "a", "b"), target(1, "c", "a")],
    "contextTargets": [
        target(1, "a", contextKind="org"),
        target(2, contextKind="user"),
        target(2, "b", contextKind="org"),
        target(1, contextKind="user"),
    ],
}


@pytest.mark.parametrize(
    ("members", "context", "index"),
    [
        ({"targets": [target(2, "a"), target(1, "a", "b")]}, {"key": "a"}, 2),
        ({"targets": [target(2, "a"), target(1, "a", "b")]}, {"key": "b"}, 1),
        ({"targets": [target(2, "a")]}, {"key": "c"}, 0),
        ({"targets": [target(2, "a")]}, {"kind": "org", "key": "a"}, 0),
        ({"targets": [target(2, "a")]}, {"kind": "multi", "user": {"key": "a"}, "org": {"key": "x"}}, 2),
        (BOTH, {"key": "a"}, 2),
        (BOTH, {"key": "c"}, 1),
        (BOTH, {"kind": "org", "key": "a"}, 1),
        (BOTH, {"kind": "org", "key": "b"}, 2),
        (BOTH, {"kind": "org", "key": "c"}, 0),
        (BOTH, {"kind": "multi", "user": {"key": "b"}, "org": {"key": "a"}}, 1),
        (BOTH, {"kind": "multi", "user": {"key": "a"}, "org": {"key": "x"}}, 2),
        (BOTH, {"kind": "multi", "user": {"key": "c"}, "org": {"key": "b"}}, 2),
        (BOTH, {"kind": "multi", "user": {"key": "x"}, "org": {"key": "x"}}, 0),
        (
            {"targets": [target(2, "a")], "contextTargets": [target(1, "x", contextKind="org")]},
            {"key": "a"},
            0,
        ),
        ({"targets": [target(2, "a"), target(2, "b")], "contextTargets": [target(2)]}, {"key": "b"}, 0),
        ({"targets": [target(2, "a")], "contextTargets": [target(1, contextKind="user")]}, {"key": "a"}, 0),
        ({"targets": None, "contextTargets": None}, {"key": "a"}, 0),
        ({"targets": [target(2, "")]}, {"key": ""}, 2),
    ],
)
def test_targets_are_tried_in_their_order(members: dict[str, Any], context: Any, index: int) -> None:
    assert evaluate(a_flag(**members), context).variation_index == index


def test_keys_of_users_in_context_targets_count() -> None:
    """Go's way; Python, Java and JavaScript look for users in `targets` only."""
    flag = a_flag(targets=[target(2, "b")], contextTargets=[target(2, "a", contextKind="user")])
    assert evaluate(flag, {"key": "a"}).variation_index == 2
    assert evaluate(flag, {"key": "b"}).variation_index == 0


# Prerequisites.


def needs(*prerequisites: tuple[str, int], key: str = "flag", **members: Any) -> dict[str, Any]:
    wanted = [{"key": name, "variation": variation} for name, variation in prerequisites]
    return a_flag(key, prerequisites=wanted, **members)


def failed(key: str) -> tuple[Any, int, dict[str, Any]]:
    return "off", 1, {"kind": "PREREQUISITE_FAILED", "prerequisiteKey": key}


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ([needs(("a", 0)), a_flag("a")], FALLTHROUGH),
        ([needs(("a", 1)), a_flag("a")], failed("a")),
        ([needs(("a", 0), ("b", 0)), a_flag("a"), a_flag("b")], FALLTHROUGH),
        ([needs(("a", 0), ("b", 2)), a_flag("a"), a_flag("b")], failed("b")),
        ([needs(("a", 2), ("b", 2)), a_flag("a"), a_flag("b")], failed("a")),
        ([needs(("a", 1)), a_flag("a", on=False)], failed("a")),
        ([needs(("a", 0)), a_flag("a", on=False, offVariation=None)], failed("a")),
        ([needs(("a", 2)), a_flag("a", rules=[a_rule(ALWAYS)])], FALLTHROUGH),
        ([needs(("a", 0)), needs(("b", 0), key="a"), a_flag("b")], FALLTHROUGH),
        ([needs(("a", 0)), needs(("b", 1), key="a"), a_flag("b")], failed("a")),
        ([needs(("a", 1)), needs(("b", 1), key="a"), a_flag("b")], FALLTHROUGH),
        ([needs(("a", 0)), a_flag("a", deleted=True)], failed("a")),
        ([needs(("a", 0), ("b", 0)), a_flag("a"), needs(("a", 0), key="b")], FALLTHROUGH),
        ([needs(("a", 0)), a_flag("a", fallthrough={"variation": 9})], failed("a")),
        ([needs(("a", 0)), a_flag("a", on=False, offVariation=9)], failed("a")),
        ([needs(("a", 0)), a_flag("a", fallthrough={})], failed("a")),
        ([needs(("a", 0)), a_flag("a", fallthrough=a_rollout((0, 1), bucketBy="//"))], failed("a")),
        ([needs(("a", 0)), a_flag("a", rules=[a_rule(a_clause("//", "in", 1))])], MALFORMED),
        ([needs(("a", 0)), a_flag("a", rules="unreadable")], MALFORMED),
        ([needs(("flag", 0))], MALFORMED),
        ([needs(("a", 0)), needs(("flag", 0), key="a")], MALFORMED),
        ([needs(("a", 0)), needs(("b", 0), key="a"), needs(("a", 0), key="b")], MALFORMED),
        ([needs(("a", 0)), needs(("flag", 0), key="a", on=False)], failed("a")),
        ([needs(("b", 1), ("a", 0)), needs(("flag", 0), key="a"), a_flag("b")], failed("b")),
        ([needs(("flag", 0), on=False)], OFF),
    ],
)
def test_prerequisites_must_be_on_and_serve_their_variation(
    flags: list[dict[str, Any]], expected: Any
) -> None:
    assert serves(a_dataset(*flags).evaluate("flag", USER, "default")) == expected


def a_chain(length: int) -> list[dict[str, Any]]:
    """Flags each of which needs the next; their names tell how many follow."""
    flags = [needs((f"f-{number - 1}", 0), key=f"f-{number}") for number in range(1, length)]
    return [*flags, a_flag("f-0", rules=[a_rule(NEVER)])]


def test_chains_of_prerequisites_may_be_as_long_as_the_limit() -> None:
    dataset = a_dataset(*a_chain(5000))
    assert serves(dataset.evaluate(f"f-{MAX_DEPTH}", USER, "default")) == FALLTHROUGH
    assert serves(dataset.evaluate(f"f-{MAX_DEPTH + 1}", USER, "default")) == MALFORMED
    assert serves(dataset.evaluate("f-4999", USER, "default")) == MALFORMED
    assert len(evaluate_all(dataset)) == 5000


def test_prerequisites_that_branch_at_every_level_are_evaluated_once() -> None:
    flags = [
        needs((f"f-{n + 1}", 0), (f"f-{n + 1}", 0), key=f"f-{n}", rules=[a_rule(NEVER)]) for n in range(60)
    ]
    dataset = a_dataset(*flags, a_flag("f-60", rules=[a_rule(NEVER)]))
    assert serves(dataset.evaluate("f-0", USER, "default")) == FALLTHROUGH
    assert {member["variation"] for member in evaluate_all(dataset).values()} == {0}


def test_a_flag_in_a_circle_does_not_spoil_others() -> None:
    flags = [
        needs(("b", 0), key="a"),
        needs(("a", 0), key="b"),
        needs(("d", 0), key="c"),
        a_flag("d"),
        a_flag("e"),
    ]
    results = evaluate_all(a_dataset(*flags), with_reasons=True)
    kinds = {key: result["reason"]["kind"] for key, result in results.items()}
    assert kinds == {"a": "ERROR", "b": "ERROR", "c": "FALLTHROUGH", "d": "FALLTHROUGH", "e": "FALLTHROUGH"}


# Rollouts and experiments.


@pytest.mark.parametrize(
    ("weights", "index"),
    [
        ([(2, 99_999), (1, 1)], 2),
        ([(2, 1), (1, 99_999)], 1),
        ([(2, 1), (1, 1)], 1),
        ([(2, 0), (1, 0)], 1),
        ([(2, 100_000)], 2),
        ([(2, 0), (1, 100_000), (0, 0)], 1),
    ],
)
@pytest.mark.parametrize("kind", ["rollout", "experiment", "", "other"])
def test_rollouts_serve_by_weight_and_behind_all_weights_the_last(
    weights: list[tuple[int, int]], index: int, kind: str
) -> None:
    serve = a_rollout(*weights, kind=kind)
    experiment = {"inExperiment": True} if kind == "experiment" else {}
    for flag, reason in (
        (a_flag(fallthrough=serve), {"kind": "FALLTHROUGH"}),
        (
            a_flag(rules=[{"id": "r", "clauses": []} | serve]),
            {"kind": "RULE_MATCH", "ruleIndex": 0, "ruleId": "r"},
        ),
    ):
        detail = evaluate(flag)
        assert (detail.variation_index, detail.reason) == (index, reason | experiment)


def hashed(key: str, **rollout: Any) -> int | None:
    """The variation of a flag with the key and salt of the protocol's vectors, one per thousandth of the scale."""
    serve = a_rollout(*[(number, 100) for number in range(1000)], **rollout)
    flag = a_flag("hashKey", salt="saltyA", variations=list(range(1000)), fallthrough=serve)
    context = {
        "kind": "user",
        "key": key,
        "number": 33333,
        "whole": 33333.0,
        "deep": {"er": "userKeyC"},
        "flag": True,
    }
    return evaluate(flag, context).variation_index


@pytest.mark.parametrize(
    ("key", "rollout", "thousandth"),
    [
        ("userKeyA", {}, 421),
        ("userKeyB", {}, 670),
        ("userKeyC", {}, 103),
        ("userKeyA", {"seed": 61}, 98),
        ("userKeyB", {"seed": 61}, 144),
        ("userKeyC", {"seed": 61}, 924),
        ("userKeyA", {"bucketBy": "number"}, 547),
        ("userKeyA", {"bucketBy": "whole"}, 547),
        ("userKeyA", {"bucketBy": "/deep/er"}, 103),
        ("userKeyA", {"bucketBy": ""}, 421),
        ("userKeyA", {"bucketBy": None}, 421),
        ("userKeyA", {"bucketBy": "absent"}, 0),
        ("userKeyA", {"bucketBy": "flag"}, 0),
        ("userKeyA", {"bucketBy": "/deep/er", "contextKind": ""}, 0),
        ("userKeyA", {"bucketBy": "number", "kind": "experiment"}, 421),
        ("userKeyA", {"bucketBy": "//", "kind": "experiment"}, 421),
    ],
)
def test_rollouts_bucket_by_key_or_attribute(key: str, rollout: dict[str, Any], thousandth: int) -> None:
    assert hashed(key, **rollout) == thousandth


def test_a_seed_of_zero_is_a_seed() -> None:
    assert hashed("userKeyA", seed=0) != hashed("userKeyA")
    assert hashed("userKeyA", seed=None) == hashed("userKeyA")


def test_a_flag_without_key_of_its_own_hashes_the_one_it_is_known_by() -> None:
    flag = a_flag("hashKey", salt="saltyA", fallthrough=a_rollout((0, 42157), (1, 1), (2, 57842)))
    expected = evaluate(flag, {"key": "userKeyA"}).variation_index
    del flag["key"]
    renamed = a_dataset().with_changes({"hashKey": flag}, {})
    assert renamed.evaluate("hashKey", {"key": "userKeyA"}, None).variation_index == expected == 1


@pytest.mark.parametrize("reference", ["/", "//", "/a~2"])
def test_an_invalid_reference_to_bucket_by_makes_the_flag_malformed(reference: str) -> None:
    assert serves(evaluate(a_flag(fallthrough=a_rollout((0, 1), bucketBy=reference)))) == MALFORMED


@pytest.mark.parametrize(
    ("weights", "index"), [([(2, 1), (1, 99_999)], 2), ([(2, 0), (1, 1), (0, 1)], 1), ([(2, 0), (1, 0)], 1)]
)
@pytest.mark.parametrize("kind", ["rollout", "experiment"])
def test_a_context_that_lacks_the_kind_gets_the_first_share_outside_the_experiment(
    weights: list[tuple[int, int]], index: int, kind: str
) -> None:
    """Go skips shares of weight 0; Python takes the first one all the same."""
    detail = evaluate(a_flag(fallthrough=a_rollout(*weights, kind=kind, contextKind="org")))
    assert (detail.variation_index, detail.reason) == (index, {"kind": "FALLTHROUGH"})


def test_untracked_shares_are_not_in_the_experiment() -> None:
    shares = [{"variation": 0, "weight": 50_000, "untracked": True}, {"variation": 1, "weight": 50_000}]
    flag = a_flag(fallthrough={"rollout": {"kind": "experiment", "variations": shares}})
    reasons = {
        detail.variation_index: detail.reason
        for detail in (evaluate(flag, {"key": f"{n}"}) for n in range(20))
    }
    assert reasons == {0: {"kind": "FALLTHROUGH"}, 1: {"kind": "FALLTHROUGH", "inExperiment": True}}


def test_a_variation_wins_over_a_rollout() -> None:
    assert evaluate(a_flag(fallthrough={"variation": 2} | a_rollout((1, 100_000)))).variation_index == 2


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
