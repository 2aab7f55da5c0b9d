import json
from typing import Any

import pytest

from flagstaff.evaluation import Dataset
from flagstaff.evaluation.context import InvalidContext, parse_context
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
    in_segment,
    serves,
)


def test_data_may_be_text_or_bytes() -> None:
    data = {"flags": {"flag": a_flag()}, "segments": {}}
    for source in (data, json.dumps(data), json.dumps(data).encode()):
        assert Dataset.from_json(source).evaluate("flag", USER, None).value == "fall"


def test_flags_and_contexts_may_be_text_too() -> None:
    dataset = Dataset.from_json({"flags": {"flag": json.dumps(a_flag())}})
    assert dataset.evaluate("flag", json.dumps(USER), None).value == "fall"
    assert dataset.evaluate("flag", json.dumps(USER).encode(), None).value == "fall"


@pytest.mark.parametrize(
    "data", [None, [], 5, "", "{", "[]", b"\xff", {"flags": []}, {"segments": None}, {"flags": "x"}]
)
def test_another_outer_shape_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match=r"JSON|object"):
        Dataset.from_json(data)


@pytest.mark.parametrize("data", [{}, {"flags": {}}, {"segments": {}}])
def test_an_empty_data_set_knows_no_flag(data: Any) -> None:
    detail = Dataset.from_json(data).evaluate("flag", USER, "default")
    assert serves(detail) == ("default", None, {"kind": "ERROR", "errorKind": "FLAG_NOT_FOUND"})
    assert Dataset.from_json(data).evaluate_all(USER) == b"{}"


@pytest.mark.parametrize("context", [None, "", "{", [], {}, {"kind": "user"}, {"kind": "user", "key": 1.5}])
def test_an_invalid_context_is_an_error_before_an_unknown_flag(context: Any) -> None:
    expected = ("default", None, {"kind": "ERROR", "errorKind": "USER_NOT_SPECIFIED"})
    assert serves(a_dataset(a_flag()).evaluate("flag", context, "default")) == expected
    assert serves(a_dataset().evaluate("flag", context, "default")) == expected


@pytest.mark.parametrize("context", [None, "", {"kind": "user"}])
def test_an_invalid_context_has_no_client_side_result_and_no_segments(context: Any) -> None:
    dataset = a_dataset(a_flag())
    for ask in (dataset.evaluate_all, dataset.segments_of, lambda found: dataset.segment_matches("s", found)):
        with pytest.raises(InvalidContext):
            ask(context)


def test_a_parsed_context_serves_many_evaluations() -> None:
    dataset = a_dataset(a_flag(rules=[a_rule(a_clause("a", "in", 1))]), a_flag("other"))
    context = parse_context(USER | {"a": 1})
    assert dataset.evaluate_context("flag", context, None).variation_index == 2
    assert dataset.evaluate_context("other", context, None).variation_index == 0
    assert serves(dataset.evaluate_context("unknown", context, 7))[0] == 7
    assert json.loads(dataset.evaluate_all(context))["flag"]["variation"] == 2


def test_results_belong_to_their_caller() -> None:
    flag = a_flag(variations=[{"list": [1]}, ["off"]])
    dataset = a_dataset(flag, a_flag("off", on=False, variations=[1, ["off"]]))
    first = dataset.evaluate("flag", USER, None)
    first.value["list"].append(2)
    first.reason["kind"] = "changed"
    first.variation_index = 5
    flag["variations"][0]["list"].append(3)
    dataset.evaluate("off", USER, None).value.clear()
    assert serves(dataset.evaluate("flag", USER, None)) == ({"list": [1]}, 0, {"kind": "FALLTHROUGH"})
    assert dataset.evaluate("off", USER, None).value == ["off"]
    dataset.evaluate("unknown", USER, None).reason.clear()
    assert dataset.evaluate("unknown", USER, None).reason == {"kind": "ERROR", "errorKind": "FLAG_NOT_FOUND"}


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
    assert serves(dataset.evaluate("flag", USER, "default")) == MALFORMED
    assert dataset.evaluate("other", USER, "default").value == "fall"
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
    assert a_dataset(a_flag(**members)).evaluate("flag", USER, None).value == "fall"


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
        {"salt": None},
    ],
)
def test_a_segment_with_wrong_types_makes_flags_that_ask_it_malformed(segment: Any) -> None:
    broken = {**a_segment(), **segment} if isinstance(segment, dict) else segment
    asker, other = a_flag(rules=[a_rule(in_segment("segment"))]), a_flag("other")
    dataset = Dataset.from_json({"flags": {"flag": asker, "other": other}, "segments": {"segment": broken}})
    assert serves(dataset.evaluate("flag", USER, "default")) == MALFORMED
    assert dataset.evaluate("other", USER, "default").value == "fall"
    assert not dataset.segment_matches("segment", USER)
    assert dataset.segments_of(USER) == []


def test_deleted_flags_and_segments_are_not_there() -> None:
    tombstone = {"key": "flag", "version": 3, "deleted": True}
    segments = (a_segment("segment", included=["user-key"], deleted=True),)
    dataset = a_dataset(tombstone, a_flag("other", rules=[a_rule(in_segment("segment"))]), segments=segments)
    assert dataset.evaluate("flag", USER, None).reason["errorKind"] == "FLAG_NOT_FOUND"
    assert list(evaluate_all(dataset)) == ["other"]
    assert dataset.evaluate("other", USER, None).value == "fall"
    assert dataset.segments_of(USER) == []


# Client-side results.


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


def test_prerequisites_that_clients_may_not_see_are_evaluated_and_listed() -> None:
    flag = a_flag(prerequisites=[{"key": "hidden", "variation": 0}])
    results = evaluate_all(a_dataset(flag, a_flag("hidden", clientSideAvailability={})), only="mobile")
    assert list(results) == ["flag"]
    assert results["flag"]["prerequisites"] == ["hidden"]


# Segments.


def test_segments_of_a_context_are_listed_in_their_order() -> None:
    segments = [
        a_segment("b", included=["user-key"]),
        a_segment("circle", rules=[{"clauses": [in_segment("circle")]}]),
        a_segment("other", included=["x"]),
        a_segment("a", rules=[{"clauses": [in_segment("b")]}]),
        a_segment("big", unbounded=True, generation=1),
    ]
    dataset = a_dataset(segments=tuple(segments))
    assert dataset.segments_of(USER) == ["b", "a"]
    assert dataset.segments_of(USER, big_segments=lambda _key: {"big.g1": True}) == ["b", "a", "big"]
    matching = [key for key in ("b", "circle", "other", "a", "unknown") if dataset.segment_matches(key, USER)]
    assert matching == ["b", "a"]
    assert dataset.segment_matches("big", USER, big_segments=lambda _key: {"big.g1": True})


# Changes.


def test_a_successor_has_the_changes_and_the_old_data_set_stays() -> None:
    old = a_dataset(a_flag("a"), a_flag("b"), a_flag("c", rules=[a_rule(in_segment("s"))]))
    new = old.with_changes(
        {"a": a_flag("a", on=False), "b": None, "d": a_flag("d")},
        {"s": a_segment("s", included=["user-key"])},
    )
    assert {key: result["value"] for key, result in evaluate_all(old).items()} == {
        "a": "fall",
        "b": "fall",
        "c": "fall",
    }
    assert {key: result["value"] for key, result in evaluate_all(new).items()} == {
        "a": "off",
        "c": "match",
        "d": "fall",
    }
    assert evaluate_all(new.with_changes({}, {"s": None})) | evaluate_all(old) != evaluate_all(new)


def test_changes_of_prerequisites_reach_flags_that_did_not_change() -> None:
    chain = [
        a_flag("a", prerequisites=[{"key": "b", "variation": 0}]),
        a_flag("b", prerequisites=[{"key": "c", "variation": 0}]),
    ]
    old = a_dataset(*chain, a_flag("c"))
    assert old.evaluate("a", USER, None).value == "fall"
    for change in (None, a_flag("c", on=False), {"key": "c", "version": 2, "deleted": True}):
        changed = old.with_changes({"c": change}, {})
        assert changed.evaluate("a", USER, None).reason == {
            "kind": "PREREQUISITE_FAILED",
            "prerequisiteKey": "b",
        }
        assert changed.with_changes({"c": a_flag("c")}, {}).evaluate("a", USER, None).value == "fall"
    assert old.evaluate("a", USER, None).value == "fall"


def test_removing_what_is_not_there_changes_nothing() -> None:
    dataset = a_dataset(a_flag()).with_changes({"other": None}, {"segment": None})
    assert list(evaluate_all(dataset)) == ["flag"]


def test_a_change_to_something_unreadable_is_a_malformed_flag() -> None:
    dataset = a_dataset(a_flag()).with_changes({"flag": {"on": 5, "version": 9}}, {})
    assert serves(dataset.evaluate("flag", USER, "default")) == MALFORMED
    assert evaluate_all(dataset)["flag"] == {"value": None, "version": 9, "flagVersion": 9}
