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
    a_rule,
    a_segment,
    evaluate_all,
    evaluate_in,
    in_segment,
    serves,
)


def test_data_may_be_text_or_bytes() -> None:
    data = {"flags": {"flag": a_flag()}, "segments": {}}
    for source in (data, json.dumps(data), json.dumps(data).encode()):
        assert evaluate_in(Dataset.from_json(source), "flag", USER, None).value == "fall"


def test_flags_and_contexts_may_be_text_too() -> None:
    dataset = Dataset.from_json({"flags": {"flag": json.dumps(a_flag())}})
    assert evaluate_in(dataset, "flag", json.dumps(USER), None).value == "fall"
    assert evaluate_in(dataset, "flag", json.dumps(USER).encode(), None).value == "fall"


@pytest.mark.parametrize(
    "data", [None, [], 5, "", "{", "[]", b"\xff", {"flags": []}, {"segments": None}, {"flags": "x"}]
)
def test_another_outer_shape_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match=r"JSON|object"):
        Dataset.from_json(data)


@pytest.mark.parametrize("data", [{}, {"flags": {}}, {"segments": {}}])
def test_an_empty_data_set_knows_no_flag(data: Any) -> None:
    detail = evaluate_in(Dataset.from_json(data), "flag", USER, "default")
    assert serves(detail) == ("default", None, {"kind": "ERROR", "errorKind": "FLAG_NOT_FOUND"})
    assert Dataset.from_json(data).evaluate_all(USER) == b"{}"


@pytest.mark.parametrize("context", [None, "", "{", [], {}, {"kind": "user"}, {"kind": "user", "key": 1.5}])
def test_an_invalid_context_is_an_error_before_an_unknown_flag(context: Any) -> None:
    expected = ("default", None, {"kind": "ERROR", "errorKind": "USER_NOT_SPECIFIED"})
    assert serves(evaluate_in(a_dataset(a_flag()), "flag", context, "default")) == expected
    assert serves(evaluate_in(a_dataset(), "flag", context, "default")) == expected


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
    first = evaluate_in(dataset, "flag", USER, None)
    first.value["list"].append(2)
    first.reason["kind"] = "changed"
    first.variation_index = 5
    flag["variations"][0]["list"].append(3)
    evaluate_in(dataset, "off", USER, None).value.clear()
    assert serves(evaluate_in(dataset, "flag", USER, None)) == ({"list": [1]}, 0, {"kind": "FALLTHROUGH"})
    assert evaluate_in(dataset, "off", USER, None).value == ["off"]
    evaluate_in(dataset, "unknown", USER, None).reason.clear()
    assert evaluate_in(dataset, "unknown", USER, None).reason == {
        "kind": "ERROR",
        "errorKind": "FLAG_NOT_FOUND",
    }


def test_deleted_flags_and_segments_are_not_there() -> None:
    tombstone = {"key": "flag", "version": 3, "deleted": True}
    segments = (a_segment("segment", included=["user-key"], deleted=True),)
    dataset = a_dataset(tombstone, a_flag("other", rules=[a_rule(in_segment("segment"))]), segments=segments)
    assert evaluate_in(dataset, "flag", USER, None).reason["errorKind"] == "FLAG_NOT_FOUND"
    assert list(evaluate_all(dataset)) == ["other"]
    assert evaluate_in(dataset, "other", USER, None).value == "fall"
    assert dataset.segments_of(USER) == []


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
    assert evaluate_in(old, "a", USER, None).value == "fall"
    for change in (None, a_flag("c", on=False), {"key": "c", "version": 2, "deleted": True}):
        changed = old.with_changes({"c": change}, {})
        assert evaluate_in(changed, "a", USER, None).reason == {
            "kind": "PREREQUISITE_FAILED",
            "prerequisiteKey": "b",
        }
        assert evaluate_in(changed.with_changes({"c": a_flag("c")}, {}), "a", USER, None).value == "fall"
    assert evaluate_in(old, "a", USER, None).value == "fall"


def test_removing_what_is_not_there_changes_nothing() -> None:
    dataset = a_dataset(a_flag()).with_changes({"other": None}, {"segment": None})
    assert list(evaluate_all(dataset)) == ["flag"]


def test_a_change_to_something_unreadable_is_a_malformed_flag() -> None:
    dataset = a_dataset(a_flag()).with_changes({"flag": {"on": 5, "version": 9}}, {})
    assert serves(evaluate_in(dataset, "flag", USER, "default")) == MALFORMED
    assert evaluate_all(dataset)["flag"] == {"value": None, "version": 9, "flagVersion": 9}


def test_outcomes_are_those_of_evaluations() -> None:
    flags = {"on": a_flag(), "off": a_flag(on=False), "bad": a_flag(on=False, offVariation=99)}
    dataset = Dataset.from_json({"flags": flags, "segments": {}})

    found = dataset.find_outcomes([*flags, "missing"], parse_context(USER))

    assert [outcome and outcome.index for outcome in found] == [0, 1, None, None]
    assert found[2] is not None
    assert found[3] is None
