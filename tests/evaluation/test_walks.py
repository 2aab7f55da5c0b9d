"""Walks through all flags: what is the same for everybody is joined once."""

import json
from typing import Any

from flagstaff.evaluation.model import Flag
from flagstaff.evaluation.preparation.flags import prepare_flag
from flagstaff.evaluation.walks import MOST_KEPT, Walk, write_result


def a_flag(key: str, **members: Any) -> Flag:
    usual = {
        "version": 3,
        "on": False,
        "offVariation": 0,
        "variations": [key],
        "fallthrough": {"variation": 0},
    }
    return prepare_flag(key, usual | members)


def read(joined: bytes) -> Any:
    assert joined.startswith(b",")
    return json.loads(b"{%b}" % joined[1:])


ROLLOUT = {"rollout": {"variations": [{"variation": 0, "weight": 100_000}]}}
CONSTANT, VARYING = a_flag("constant"), a_flag("varying", on=True, fallthrough=ROLLOUT)


def test_flags_that_serve_everybody_the_same_are_apart_from_those_that_vary() -> None:
    walk = Walk([VARYING, CONSTANT])
    assert walk.keys == ["varying", "constant"]
    assert walk.varying == [VARYING]
    assert read(walk.join_constants(False, None)) == {
        "constant": {"flagVersion": 3, "value": "constant", "variation": 0, "version": 3}
    }


def test_what_is_joined_has_the_reasons_and_the_version_that_are_asked_for() -> None:
    walk = Walk([CONSTANT])
    assert read(walk.join_constants(True, 9))["constant"] == {
        "flagVersion": 3,
        "reason": {"kind": "OFF"},
        "value": "constant",
        "variation": 0,
        "version": 9,
    }
    assert read(walk.join_constants(False, 10))["constant"]["version"] == 10
    assert Walk([VARYING]).join_constants(False, 9) == b""


def test_results_are_joined_once_and_few_are_kept() -> None:
    walk = Walk([CONSTANT])
    assert walk.join_constants(False, 1) is walk.join_constants(False, 1)
    for version in range(20):
        walk.join_constants(False, version)
    assert len(walk._joined) == MOST_KEPT


def test_a_result_that_must_be_explained_shows_its_reason_unasked() -> None:
    flag = a_flag("tracked", trackEventsFallthrough=True, on=True)
    assert flag.constant is not None
    parts = b"".join(write_result(flag, flag.constant, False, b"}"))
    assert read(parts)["tracked"]["reason"] == {"kind": "FALLTHROUGH"}
