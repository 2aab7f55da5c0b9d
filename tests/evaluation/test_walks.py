"""Walks through all flags: what is the same for everybody is joined once."""

import json
from typing import Any

from flagstaff.evaluation.model import Flag
from flagstaff.evaluation.preparation.flags import prepare_flag
from flagstaff.evaluation.walks import MOST_KEPT, Walk


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
    assert read(walk.find_texts(False, None).constant) == {
        "constant": {"flagVersion": 3, "value": "constant", "variation": 0, "version": 3}
    }


def test_what_is_joined_has_the_reasons_and_the_version_that_are_asked_for() -> None:
    walk = Walk([CONSTANT])
    assert read(walk.find_texts(True, 9).constant)["constant"] == {
        "flagVersion": 3,
        "reason": {"kind": "OFF"},
        "value": "constant",
        "variation": 0,
        "version": 9,
    }
    assert read(walk.find_texts(False, 10).constant)["constant"]["version"] == 10
    assert Walk([VARYING]).find_texts(False, 9).constant == b""


def test_texts_are_made_once_and_few_are_kept() -> None:
    walk = Walk([CONSTANT])
    assert walk.find_texts(False, 1) is walk.find_texts(False, 1)
    for version in range(20):
        walk.find_texts(False, version)
    assert len(walk._texts) == MOST_KEPT


def test_a_result_that_must_be_explained_shows_its_reason_unasked() -> None:
    flag = a_flag("tracked", trackEventsFallthrough=True, on=True)
    assert flag.constant is not None
    text = Walk([]).find_texts(False, None).write(flag, flag.constant)
    assert read(text)["tracked"]["reason"] == {"kind": "FALLTHROUGH"}
