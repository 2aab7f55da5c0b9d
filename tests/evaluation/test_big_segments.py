from collections.abc import Mapping
from typing import Any

import pytest

from flagstaff.evaluation import Dataset
from flagstaff.evaluation.big_segments import (
    HEALTHY,
    NOT_CONFIGURED,
    STALE,
    STORE_ERROR,
    FindMembership,
    Membership,
    ask,
    find_worse,
)
from flagstaff.evaluation.detail import EvaluationDetail
from tests.support.sdk_data import (
    a_clause,
    a_dataset,
    a_flag,
    a_rule,
    a_segment,
    evaluate_all,
    evaluate_in,
    in_segment,
)

MULTI = {"kind": "multi", "user": {"key": "u"}, "org": {"key": "o"}}


def a_big_segment(key: str = "big", **members: Any) -> dict[str, Any]:
    return a_segment(key, **({"unbounded": True, "generation": 2} | members))


def asking(*segments: dict[str, Any], **members: Any) -> Dataset:
    rules = [a_rule(in_segment(segment["key"])) for segment in segments]
    return a_dataset(a_flag(rules=rules, **members), segments=segments)


def judge(detail: EvaluationDetail) -> tuple[bool, str | None]:
    return detail.reason["kind"] == "RULE_MATCH", detail.reason.get("bigSegmentsStatus")


RULE = {"rules": [{"clauses": [a_clause("key", "in", "u")]}]}


@pytest.mark.parametrize(
    ("members", "found", "expected"),
    [
        ({}, {"big.g2": True}, (True, HEALTHY)),
        ({}, {"big.g2": False}, (False, HEALTHY)),
        ({}, {"big.g1": True, "big": True}, (False, HEALTHY)),
        ({}, None, (False, HEALTHY)),
        ({"generation": 0}, {"big.g0": True}, (True, HEALTHY)),
        ({"generation": None}, {"big.g2": True}, (False, NOT_CONFIGURED)),
        (RULE, {}, (True, HEALTHY)),
        (RULE, None, (True, HEALTHY)),
        (RULE, {"big.g2": False}, (False, HEALTHY)),
        (RULE | {"generation": None}, {}, (False, NOT_CONFIGURED)),
        ({"included": ["u"]}, {}, (False, HEALTHY)),
        ({}, Membership({"big.g2": True}, STALE), (True, STALE)),
        (RULE, Membership({}, STORE_ERROR), (True, STORE_ERROR)),
    ],
)
def test_the_store_decides_and_then_the_rules(
    members: dict[str, Any], found: Membership | Mapping[str, bool] | None, expected: tuple[bool, str]
) -> None:
    dataset = asking(a_big_segment(**members))
    assert (
        judge(evaluate_in(dataset, "flag", {"key": "u"}, None, big_segments=lambda _key: found)) == expected
    )


@pytest.mark.parametrize(("members", "matches"), [({}, False), (RULE, True)])
def test_without_a_store_the_rules_decide(members: dict[str, Any], matches: bool) -> None:
    assert judge(evaluate_in(asking(a_big_segment(**members)), "flag", {"key": "u"}, None)) == (
        matches,
        NOT_CONFIGURED,
    )


def test_a_store_that_fails_is_a_store_error() -> None:
    def fail(_key: str) -> Membership:
        raise OSError("store is away")

    assert judge(
        evaluate_in(asking(a_big_segment(**RULE)), "flag", {"key": "u"}, None, big_segments=fail)
    ) == (
        True,
        STORE_ERROR,
    )


def test_a_context_without_the_kind_of_the_segment_is_not_asked_for() -> None:
    dataset = asking(a_big_segment(unboundedContextKind="org"))
    asked: list[str] = []
    detail = dataset.evaluate("flag", {"key": "u"}, None, big_segments=remember(asked))
    assert (judge(detail), asked) == ((False, None), [])
    detail = dataset.evaluate("flag", MULTI, None, big_segments=remember(asked))
    assert (judge(detail), asked) == ((False, HEALTHY), ["o"])


def remember(asked: list[str], **statuses: str) -> FindMembership:
    def find(key: str) -> Membership:
        asked.append(key)
        return Membership({}, statuses.get(key, HEALTHY))

    return find


def test_each_key_is_asked_for_once_in_an_evaluation() -> None:
    segments = [a_big_segment(f"big-{number}") for number in range(3)]
    asked: list[str] = []
    asking(*segments).evaluate("flag", {"key": "u"}, None, big_segments=remember(asked))
    assert asked == ["u"]


def test_each_key_is_asked_for_once_for_all_flags() -> None:
    segment = a_big_segment()
    flags = [a_flag(f"flag-{number}", rules=[a_rule(in_segment("big"))]) for number in range(3)]
    asked: list[str] = []
    evaluate_all(a_dataset(*flags, segments=(segment,)), {"key": "u"}, big_segments=remember(asked))
    assert asked == ["u"]


def test_the_worst_status_is_told() -> None:
    dataset = asking(a_big_segment(), a_big_segment("org", unboundedContextKind="org"))
    detail = evaluate_in(dataset, "flag", MULTI, None, big_segments=remember([], u=STALE))
    assert judge(detail) == (False, STALE)
    detail = evaluate_in(dataset, "flag", MULTI, None, big_segments=remember([], u=STALE, o=STORE_ERROR))
    assert judge(detail) == (False, STORE_ERROR)


def test_a_prerequisite_passes_its_status_on() -> None:
    needed = a_flag("needed", rules=[a_rule(in_segment("big"))])
    flag = a_flag(prerequisites=[{"key": "needed", "variation": 0}])
    dataset = a_dataset(flag, needed, segments=(a_big_segment(),))
    reason = evaluate_in(dataset, "flag", {"key": "u"}, None).reason
    assert reason == {"kind": "FALLTHROUGH", "bigSegmentsStatus": NOT_CONFIGURED}


def test_an_error_keeps_the_status() -> None:
    rules = [a_rule(in_segment("big")), a_rule(a_clause("//", "in", 1))]
    dataset = a_dataset(a_flag(rules=rules), segments=(a_big_segment(),))
    reason = evaluate_in(dataset, "flag", {"key": "u"}, None).reason
    assert reason == {"kind": "ERROR", "errorKind": "MALFORMED_FLAG", "bigSegmentsStatus": NOT_CONFIGURED}


def test_only_flags_that_asked_have_a_status_in_client_results() -> None:
    asker = [a_rule(in_segment("outer"))]
    flags = [
        a_flag("a", rules=asker),
        a_flag("b"),
        a_flag("c", rules=asker),
        a_flag("d", prerequisites=[{"key": "c", "variation": 0}]),
        a_flag("e", trackEventsFallthrough=True, rules=asker),
    ]
    segments = (a_big_segment(), a_segment("outer", rules=[{"clauses": [in_segment("big")]}]))
    results = evaluate_all(a_dataset(*flags, segments=segments), {"key": "u"}, with_reasons=True)
    statuses = {key: result["reason"].get("bigSegmentsStatus") for key, result in results.items()}
    assert statuses == {
        "a": NOT_CONFIGURED,
        "b": None,
        "c": NOT_CONFIGURED,
        "d": NOT_CONFIGURED,
        "e": NOT_CONFIGURED,
    }
    plain = evaluate_all(a_dataset(*flags, segments=segments), {"key": "u"})
    assert [key for key, result in plain.items() if "reason" in result] == ["e"]
    assert plain["e"]["reason"] == {"kind": "FALLTHROUGH", "bigSegmentsStatus": NOT_CONFIGURED}


def test_nobody_to_ask_is_not_configured() -> None:
    assert ask(None, "u") == Membership({}, NOT_CONFIGURED)


@pytest.mark.parametrize(
    ("status", "other", "worse"),
    [
        (None, HEALTHY, HEALTHY),
        (HEALTHY, STALE, STALE),
        (STALE, HEALTHY, STALE),
        (STORE_ERROR, STALE, STORE_ERROR),
        (STORE_ERROR, NOT_CONFIGURED, NOT_CONFIGURED),
    ],
)
def test_statuses_are_ordered(status: str | None, other: str, worse: str) -> None:
    assert find_worse(status, other) == worse
