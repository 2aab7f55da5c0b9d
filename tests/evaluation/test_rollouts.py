"""Rollouts and experiments, as flags serve them."""

from typing import Any

import pytest

from tests.support.sdk_data import (
    MALFORMED,
    a_dataset,
    a_flag,
    a_rollout,
    evaluate,
    evaluate_in,
    serves,
)


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
    """The thousandth of the scale that the key and salt of the protocol's vectors put a user into."""
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
    assert evaluate_in(renamed, "hashKey", {"key": "userKeyA"}, None).variation_index == expected == 1


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
