"""Single events as they are kept."""

from typing import Any

import msgspec
import pytest

from flagstaff.intake.events import Click, Custom, Feature, MigrationOperation, decode_event
from flagstaff.intake.rows import (
    MOST_DATA,
    Occasion,
    RawRow,
    describe_evaluation,
    describe_operation,
    describe_tracked,
    is_in_experiment,
)

KEYS = msgspec.Raw(b'{"user":"a"}')
OCCASION: Occasion = (5, 2, KEYS, ("user",))


def describe(event: dict[str, Any]) -> RawRow:
    decoded = decode_event(msgspec.json.encode(event))
    if isinstance(decoded, MigrationOperation):
        return describe_operation(decoded, OCCASION)
    if isinstance(decoded, Feature):
        return describe_evaluation(decoded, OCCASION)
    assert isinstance(decoded, Click | Custom)
    return describe_tracked(decoded, OCCASION)


def test_an_evaluation_keeps_what_it_came_to_and_why() -> None:
    reason = {"kind": "FALLTHROUGH", "inExperiment": True}
    event = {"kind": "feature", "key": "f", "value": {"a": 1}, "default": 2, "variation": 1, "version": 7}
    *row, data = describe({**event, "reason": reason})
    assert row == [5, 1, 7, 1, None, 2, KEYS]
    assert msgspec.json.decode(data) == {"value": {"a": 1}, "default": 2, "reason": reason}


def test_a_tracked_event_keeps_its_metric_value_and_its_data() -> None:
    event = {"kind": "click", "key": "c", "metricValue": 3, "data": [1], "url": 'http://"', "selector": None}
    *row, data = describe(event)
    assert row == [5, None, None, 0, 3.0, 2, KEYS]
    assert msgspec.json.decode(data) == {"data": [1], "url": 'http://"', "selector": None}


def test_a_migration_keeps_its_stage_and_what_was_measured() -> None:
    measured = [{"key": "latency_ms", "values": {"old": 3}}]
    evaluation = {"key": "f", "value": "live", "variation": 3, "version": 2}
    event = {"kind": "migration_op", "operation": "read", "evaluation": evaluation, "measurements": measured}
    *row, data = describe(event)
    assert row == [5, 3, 2, 0, None, 2, KEYS]
    told = {"operation": "read", "measurements": measured}
    assert msgspec.json.decode(data) == {"value": "live", "default": None, "reason": None, **told}


def test_what_an_event_says_at_too_much_length_is_left_out() -> None:
    assert describe({"kind": "custom", "key": "c", "data": "x" * MOST_DATA})[-1] == "{}"


@pytest.mark.parametrize(
    ("reason", "is_in"),
    [
        (b"", 0),
        (b"null", 0),
        (b'{"kind":"OFF"}', 0),
        (b'{"inExperiment": false}', 0),
        (b'{"inExperiment": true}', 1),
        (b'{"inExperiment": 7}', 0),
        (b'["inExperiment"]', 0),
    ],
)
def test_an_sdk_says_whether_an_evaluation_belongs_to_an_experiment(reason: bytes, is_in: int) -> None:
    assert is_in_experiment(reason) == is_in
