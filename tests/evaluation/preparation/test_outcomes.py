import json
from typing import Any

import pytest

from flagstaff.evaluation.model import Outcome
from flagstaff.evaluation.preparation.outcomes import OutcomeMaker
from flagstaff.evaluation.preparation.reading import MalformedData
from tests.support.sdk_data import a_flag

REASON = {"kind": "FALLTHROUGH"}


def member(outcome: Outcome) -> Any:
    return json.loads(b"{" + (outcome.head + outcome.tail)[1:] + b"}")


def test_an_outcome_carries_its_value_and_its_json() -> None:
    outcome = OutcomeMaker('k"ey', a_flag(version=4, variations=[1, "ü"])).serve(1, REASON)
    assert (outcome.index, outcome.value, outcome.value_json) == (1, "ü", '"ü"'.encode())
    assert member(outcome) == {"value": "ü", "variation": 1}


def test_every_outcome_of_a_flag_stands_between_its_key_and_its_versions() -> None:
    maker = OutcomeMaker('k"ey', a_flag(version=4))
    assert json.loads(b"{" + (maker.opening + maker.ending)[1:] + b"}") == {
        'k"ey': {"flagVersion": 4, "version": 4}
    }


def test_large_values_are_held_once() -> None:
    maker = OutcomeMaker("flag", a_flag(variations=["x" * 10_000]))
    first, second = maker.serve(0, REASON), maker.serve(0, {"kind": "TARGET_MATCH"})
    assert first.tail is second.tail
    assert len(first.head) + len(first.head_with_reason) < 200


@pytest.mark.parametrize(
    ("value", "mutable"), [({}, True), ([], True), ("", False), (None, False), (1, False)]
)
def test_arrays_and_objects_are_known_to_be_mutable(value: Any, mutable: bool) -> None:
    assert OutcomeMaker("flag", a_flag(variations=[value])).serve(0, REASON).is_mutable is mutable


@pytest.mark.parametrize(
    ("members", "tracks_reason", "expected"),
    [
        ({}, False, {}),
        ({"trackEvents": True}, False, {"trackEvents": True}),
        ({}, True, {"trackEvents": True, "trackReason": True}),
        ({"debugEventsUntilDate": 5.0}, False, {"debugEventsUntilDate": 5}),
        ({"prerequisites": [{"key": "a"}, {"key": "b"}]}, False, {"prerequisites": ["a", "b"]}),
    ],
)
def test_the_head_tells_what_clients_track(
    members: Any, tracks_reason: bool, expected: dict[str, Any]
) -> None:
    outcome = OutcomeMaker("flag", a_flag(**members)).serve(0, REASON, tracks_reason=tracks_reason)
    usual = {"value": "fall", "variation": 0}
    assert outcome.tracks_reason is tracks_reason
    assert member(outcome) == usual | expected


@pytest.mark.parametrize(("evaluated", "listed"), [(0, None), (1, ["a"]), (2, ["a", "b"])])
def test_the_off_variation_comes_after_some_prerequisites(evaluated: int, listed: Any) -> None:
    maker = OutcomeMaker("flag", a_flag(prerequisites=[{"key": "a"}, {"key": "b"}]))
    outcome = maker.serve_off({"kind": "OFF"}, evaluated=evaluated)
    assert (outcome.index, member(outcome).get("prerequisites")) == (1, listed)


@pytest.mark.parametrize("off", [None, 3, -1])
def test_there_may_be_no_off_variation(off: int | None) -> None:
    outcome = OutcomeMaker("flag", a_flag(offVariation=off)).serve_off({"kind": "OFF"}, evaluated=0)
    assert (outcome.index, outcome.value, member(outcome)["value"]) == (None, None, None)
    assert outcome.reason["kind"] == ("OFF" if off is None else "ERROR")


@pytest.mark.parametrize(
    "members", [{"version": "1"}, {"trackEvents": 1}, {"variations": "x"}, {"prerequisites": [1]}]
)
def test_unreadable_members_are_refused(members: Any) -> None:
    with pytest.raises(MalformedData):
        OutcomeMaker("flag", a_flag(**members))
