"""Walks through all flags: what is the same for everybody is joined once."""

import json
from typing import Any

import pytest

from flagstaff.evaluation.fragments import replace_reason
from flagstaff.evaluation.model import Flag
from flagstaff.evaluation.preparation.flags import prepare_flag
from flagstaff.evaluation.scope import MAX_DEPTH
from flagstaff.evaluation.walks import MOST_KEPT, Texts, Walk, find_result


def a_flag(key: str, **members: Any) -> Flag:
    usual = {
        "version": 3,
        "on": False,
        "offVariation": 0,
        "variations": [key],
        "fallthrough": {"variation": 0},
    }
    return prepare_flag(key, usual | members)


def read(texts: Texts) -> Any:
    return json.loads(texts.ending.join((texts.constant, b"}")))


ROLLOUT = {"rollout": {"variations": [{"variation": 0, "weight": 100_000}]}}
CONSTANT, VARYING = a_flag("constant"), a_flag("varying", on=True, fallthrough=ROLLOUT)


def test_flags_that_serve_everybody_the_same_are_apart_from_those_that_vary() -> None:
    walk = Walk([VARYING, CONSTANT], {})
    assert walk.keys == ["varying", "constant"]
    assert walk.varying == [VARYING]
    assert read(walk.find_texts(False, None)) == {
        "constant": {"flagVersion": 3, "value": "constant", "variation": 0, "version": 3}
    }


def test_what_is_joined_has_the_reasons_and_the_version_that_are_asked_for() -> None:
    walk = Walk([CONSTANT], {})
    assert read(walk.find_texts(True, 9))["constant"] == {
        "flagVersion": 3,
        "reason": {"kind": "OFF"},
        "value": "constant",
        "variation": 0,
        "version": 9,
    }
    assert read(walk.find_texts(False, 10))["constant"]["version"] == 10
    assert Walk([VARYING], {}).find_texts(False, 9).constant == b""


def test_texts_are_made_once_and_few_are_kept() -> None:
    walk = Walk([CONSTANT], {})
    assert walk.find_texts(False, 1) is walk.find_texts(False, 1)
    for version in range(20):
        walk.find_texts(False, version)
    assert len(walk._texts) == MOST_KEPT


def test_a_result_that_must_be_explained_shows_its_reason_unasked() -> None:
    flag = a_flag("tracked", trackEventsFallthrough=True, on=True)
    assert flag.constant is not None
    assert read(Walk([flag], {}).find_texts(False, None))["tracked"]["reason"] == {"kind": "FALLTHROUGH"}


def test_the_result_of_an_outcome_is_written_once_with_its_reason_and_once_without() -> None:
    outcome = VARYING.fallthrough.outcome
    plain, explained = (find_result(VARYING, outcome, with_reasons) for with_reasons in (False, True))
    assert find_result(VARYING, outcome, False) is plain
    assert find_result(VARYING, outcome, True) is explained
    assert (b"reason" in plain, b"reason" in explained) == (False, True)
    other = replace_reason(outcome, {"kind": "OFF"})
    assert b'"OFF"' in find_result(VARYING, other, True)


def needs(*keys: str, variation: int = 0) -> list[dict[str, Any]]:
    return [{"key": key, "variation": variation} for key in keys]


@pytest.mark.parametrize(
    ("required", "settled"),
    [
        (needs("steady"), {"kind": "FALLTHROUGH"}),
        (needs("steady", "chained"), {"kind": "FALLTHROUGH"}),
        (needs("chained", variation=1), {"kind": "PREREQUISITE_FAILED", "prerequisiteKey": "chained"}),
        (needs("constant"), {"kind": "PREREQUISITE_FAILED", "prerequisiteKey": "constant"}),
        (needs("nowhere"), {"kind": "PREREQUISITE_FAILED", "prerequisiteKey": "nowhere"}),
        (needs("nowhere", "varying"), {"kind": "PREREQUISITE_FAILED", "prerequisiteKey": "nowhere"}),
        (needs("varying", "nowhere"), None),
        (needs("circular"), None),
        (needs("flag"), None),
    ],
)
def test_a_flag_is_the_same_for_everybody_where_what_it_requires_is(required: Any, settled: Any) -> None:
    steady = a_flag("steady", on=True)
    chained = a_flag("chained", on=True, prerequisites=needs("steady"))
    circular = a_flag("circular", on=True, prerequisites=needs("flag"))
    flag = a_flag("flag", on=True, prerequisites=required)
    flags = {one.key: one for one in (steady, chained, circular, flag, CONSTANT, VARYING)}

    walk = Walk([flag], flags)

    assert walk.varying == ([flag] if settled is None else [])
    if settled is not None:
        assert read(walk.find_texts(True, None))["flag"]["reason"] == settled


@pytest.mark.parametrize(
    ("members", "settled"),
    [
        ({"targets": [{"variation": 0, "values": ["ann"]}]}, False),
        ({"rules": [{"variation": 0, "clauses": []}]}, False),
        ({"fallthrough": ROLLOUT}, False),
        ({}, True),
    ],
)
def test_of_flags_whose_requirement_is_met_only_those_without_targets_rules_and_splits_are_settled(
    members: dict[str, Any], settled: bool
) -> None:
    steady = a_flag("steady", on=True)
    flag = a_flag("flag", on=True, prerequisites=needs("steady"), **members)
    failing = a_flag("flag", on=True, prerequisites=needs("steady", variation=1), **members)
    flags = {"steady": steady, "flag": flag}

    assert Walk([flag], flags).varying == ([] if settled else [flag])
    assert Walk([failing], flags).varying == []


def test_a_chain_that_is_too_long_is_left_to_evaluation() -> None:
    links = [a_flag(f"f{n}", on=True, prerequisites=needs(f"f{n + 1}")) for n in range(MAX_DEPTH + 1)]
    flags = {one.key: one for one in (*links, a_flag(f"f{MAX_DEPTH + 1}", on=True))}

    assert Walk(links[:1], flags).varying == links[:1]
    assert Walk(links[2:3], flags).varying == []
