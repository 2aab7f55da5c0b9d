"""Our evaluation gives what the official Python SDK's evaluator gives, on generated flags and contexts.

The generator leaves out the data on which Go, our measure, and Python differ; tests/evaluation has a case for
each of those differences.
"""

import json
import random
from typing import Any

import pytest
from ldclient.context import Context
from ldclient.impl.evaluator import Evaluator
from ldclient.impl.events.types import EventFactory
from ldclient.impl.model import FeatureFlag, Segment

from flagstaff.evaluation import Dataset
from tests.support.sdk_data_generator import Generator

pytestmark = pytest.mark.contract

DATASETS = 80
FLAGS = 25
CONTEXTS = 10
EVENTS = EventFactory(False)


class Official:
    """The SDK's evaluator on the same data."""

    def __init__(self, data: dict[str, Any], memberships: dict[str, dict[str, bool]]) -> None:
        self._flags = {key: FeatureFlag(flag) for key, flag in data["flags"].items()}
        segments = {key: Segment(segment) for key, segment in data["segments"].items()}
        self._evaluator = Evaluator(
            self._flags.get, segments.get, lambda key: (memberships.get(key), "HEALTHY")
        )

    def evaluate(self, key: str, context: Context) -> tuple[Any, int | None, dict[str, Any]]:
        detail = self._evaluator.evaluate(self._flags[key], context, EVENTS).detail
        return detail.value, detail.variation_index, detail.reason


@pytest.mark.parametrize("seed", range(DATASETS))
def test_the_official_evaluator_agrees(seed: int) -> None:
    generator = Generator(random.Random(seed))
    data = generator.make_data(FLAGS)
    memberships = generator.make_memberships()
    official, ours = Official(data, memberships), Dataset.from_json(json.dumps(data))
    for context_json in [generator.make_context() for _ in range(CONTEXTS)]:
        context = Context.from_dict(context_json)
        assert context.valid, context.error
        everything = json.loads(
            ours.evaluate_all(context_json, with_reasons=True, big_segments=memberships.get)
        )
        for key in data["flags"]:
            expected = official.evaluate(key, context)
            detail = ours.evaluate(key, context_json, None, big_segments=memberships.get)
            assert (detail.value, detail.variation_index, detail.reason) == expected, (key, context_json)
            member = everything[key]
            assert (member["value"], member.get("variation"), member["reason"]) == expected, (
                key,
                context_json,
            )
