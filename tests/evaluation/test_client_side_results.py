"""What `evaluate_all` gives to clients."""

import json
from typing import Any

import pytest

from tests.support.sdk_data import (
    USER,
    a_dataset,
    a_flag,
    a_rollout,
    a_rule,
    evaluate_all,
)


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        (a_flag(version=7), {"value": "fall", "variation": 0, "version": 7, "flagVersion": 7}),
        (
            a_flag(on=False, offVariation=None),
            {"value": None, "version": 1, "flagVersion": 1, "reason": {"kind": "OFF"}},
        ),
        (
            a_flag(trackEvents=True, debugEventsUntilDate=1_700_000_000_000),
            {"trackEvents": True, "debugEventsUntilDate": 1_700_000_000_000},
        ),
        (
            a_flag(trackEventsFallthrough=True),
            {"trackEvents": True, "trackReason": True, "reason": {"kind": "FALLTHROUGH"}},
        ),
        (
            a_flag(rules=[a_rule(trackEvents=True)], trackEvents=False),
            {
                "trackEvents": True,
                "trackReason": True,
                "reason": {"kind": "RULE_MATCH", "ruleIndex": 0, "ruleId": "rule"},
            },
        ),
        (a_flag(rules=[a_rule()], trackEventsFallthrough=True), {"variation": 2}),
        (
            a_flag(fallthrough=a_rollout((0, 100_000), kind="experiment")),
            {
                "trackEvents": True,
                "trackReason": True,
                "reason": {"kind": "FALLTHROUGH", "inExperiment": True},
            },
        ),
        (a_flag(variations=[{"ü": ["\ud800", 1.5, None]}]), {"value": {"ü": ["\ud800", 1.5, None]}}),
        (a_flag(debugEventsUntilDate=0), {"value": "fall"}),
    ],
)
def test_client_side_results_have_what_clients_need(flag: dict[str, Any], expected: dict[str, Any]) -> None:
    usual = {"value": "fall", "variation": 0, "version": 1, "flagVersion": 1} | expected
    if usual["value"] is None:
        del usual["variation"]
    if usual.get("variation") == 2:
        usual["value"] = "match"
    if usual.get("reason") == {"kind": "RULE_MATCH", "ruleIndex": 0, "ruleId": "rule"}:
        usual |= {"value": "match", "variation": 2}
    result = evaluate_all(a_dataset(flag), with_reasons=True)["flag"]
    assert result | usual == result
    plain = evaluate_all(a_dataset(flag))["flag"]
    if not plain.get("trackReason"):
        usual.pop("reason", None)
    assert plain == usual


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (["a", "b"], ["a", "b"]),
        (["a"], ["a"]),
        (["b"], None),
        ([], None),
    ],
)
def test_prerequisites_are_listed_as_far_as_they_were_evaluated(others: list[str], expected: Any) -> None:
    flag = a_flag(prerequisites=[{"key": "a", "variation": 0}, {"key": "b", "variation": 0}])
    results = evaluate_all(a_dataset(flag, *[a_flag(key) for key in others]))
    assert results["flag"].get("prerequisites") == expected


def test_a_prerequisite_that_fails_is_listed_and_the_next_is_not() -> None:
    flag = a_flag(prerequisites=[{"key": "a", "variation": 2}, {"key": "b", "variation": 0}])
    dataset = a_dataset(flag, a_flag("a"), a_flag("b"))
    assert evaluate_all(dataset)["flag"]["prerequisites"] == ["a"]


def test_prerequisites_of_a_flag_that_is_off_are_not_listed() -> None:
    flag = a_flag(on=False, prerequisites=[{"key": "a", "variation": 0}])
    assert "prerequisites" not in evaluate_all(a_dataset(flag, a_flag("a")))["flag"]


def test_only_direct_prerequisites_are_listed() -> None:
    flags = [
        a_flag("a", prerequisites=[{"key": "b", "variation": 0}]),
        a_flag("b", prerequisites=[{"key": "c", "variation": 0}]),
    ]
    results = evaluate_all(a_dataset(*flags, a_flag("c")))
    assert [results[key].get("prerequisites") for key in "abc"] == [["b"], ["c"], None]


AVAILABILITY = {
    "both": {"clientSideAvailability": {"usingMobileKey": True, "usingEnvironmentId": True}},
    "mobile": {"clientSideAvailability": {"usingMobileKey": True, "usingEnvironmentId": False}},
    "web": {"clientSideAvailability": {"usingMobileKey": False, "usingEnvironmentId": True}},
    "none": {"clientSideAvailability": {}},
    "old": {"clientSideAvailability": None, "clientSide": False},
    "old-web": {"clientSideAvailability": None, "clientSide": True},
}


@pytest.mark.parametrize(
    ("only", "keys"),
    [
        ("all", ["both", "mobile", "web", "none", "old", "old-web"]),
        ("mobile", ["both", "mobile", "old", "old-web"]),
        ("environment_id", ["both", "web", "old-web"]),
    ],
)
def test_flags_can_be_limited_to_those_that_clients_may_see(only: Any, keys: list[str]) -> None:
    dataset = a_dataset(*[a_flag(key, **members) for key, members in AVAILABILITY.items()])
    assert list(evaluate_all(dataset, only=only)) == keys


def test_an_unknown_availability_is_refused() -> None:
    unknown: Any = "browser"
    with pytest.raises(ValueError, match="browser"):
        a_dataset(a_flag()).evaluate_all(USER, only=unknown)


def test_the_keys_of_the_flags_that_a_kind_of_client_may_see_are_listed() -> None:
    dataset = a_dataset(a_flag(), a_flag("hidden", clientSideAvailability={}))
    assert dataset.list_keys("all") == ["flag", "hidden"]
    assert dataset.list_keys("mobile") == ["flag"]


def test_a_data_set_may_be_restricted_to_some_flags() -> None:
    part = a_dataset(a_flag(), a_flag("other")).restrict(["other", "missing"])
    assert list(evaluate_all(part)) == ["other"]


def test_prerequisites_that_clients_may_not_see_are_evaluated_and_listed() -> None:
    flag = a_flag(prerequisites=[{"key": "hidden", "variation": 0}])
    results = evaluate_all(a_dataset(flag, a_flag("hidden", clientSideAvailability={})), only="mobile")
    assert list(results) == ["flag"]
    assert results["flag"]["prerequisites"] == ["hidden"]


def test_all_results_may_carry_one_version_beside_those_of_their_flags() -> None:
    dataset = a_dataset(a_flag("a", version=3), a_flag("b", version=5))
    results = evaluate_all(dataset, version=7)
    assert [(one["version"], one["flagVersion"]) for one in results.values()] == [(7, 3), (7, 5)]
    plain = evaluate_all(dataset)
    assert [(one["version"], one["flagVersion"]) for one in plain.values()] == [(3, 3), (5, 5)]


@pytest.mark.parametrize("with_reasons", [True, False])
@pytest.mark.parametrize("only", ["all", "mobile", "environment_id"])
def test_some_results_are_the_same_as_among_all(only: Any, with_reasons: bool) -> None:
    hidden = a_flag("hidden", clientSideAvailability={})
    needy = a_flag("needy", version=4, prerequisites=[{"key": "hidden", "variation": 1}])
    dataset = a_dataset(needy, hidden, a_flag("other"))
    every = evaluate_all(dataset, only=only, with_reasons=with_reasons)
    some = dataset.evaluate_some(["needy", "hidden", "gone"], USER, with_reasons, only=only)
    assert {
        key: {
            "flagVersion": one.flag_version,
            "version": one.flag_version,
            **json.loads(b"{" + one.members[1:] + b"}"),
        }
        for key, one in some.items()
    } == {key: one for key, one in every.items() if key != "other"}
    assert [key for key in ("needy", "hidden", "gone") if dataset.is_seen(key, only)] == list(some)
