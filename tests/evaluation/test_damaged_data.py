"""Data and contexts with random damage: every evaluation still has a result, every answer is JSON."""

import copy
import json
import math
import random
from typing import Any

import pytest

from flagstaff.evaluation import Dataset
from flagstaff.evaluation.context import InvalidContext, parse_context
from tests.support.sdk_data import evaluate_in
from tests.support.sdk_data_generator import Generator

ODD: list[Any] = [None, True, -1, 0, 3, 2.5, 10**400, 10**5000, math.nan, math.inf]
ODD += [
    "",
    "/",
    "//",
    "\ud800",
    "user",
    "kind",
    "multi",
    "segment-1",
    "flag-1",
    [],
    [[]],
    [None],
    {},
    {"": None},
]


def list_places(value: Any) -> list[tuple[Any, Any]]:
    """Every container inside a value, with each of its keys."""
    if isinstance(value, (dict, list)):
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        below = [place for key in keys for place in list_places(value[key])]
        return [(value, key) for key in keys] + below
    return []


def damage(source: random.Random, value: Any, times: int) -> Any:
    damaged = copy.deepcopy(value)
    for _ in range(times):
        container, key = source.choice(list_places(damaged))
        if isinstance(container, dict) and source.random() < 0.2:
            del container[key]
        else:
            container[key] = copy.deepcopy(source.choice(ODD))
        if not list_places(damaged):
            break
    return damaged


@pytest.mark.parametrize("seed", range(40))
def test_damage_never_raises(seed: int) -> None:
    source = random.Random(seed)
    generator = Generator(source)
    data = generator.make_data(8)
    for _ in range(6):
        damaged = {
            "flags": {key: damage(source, flag, source.randint(0, 3)) for key, flag in data["flags"].items()},
            "segments": {
                key: damage(source, one, source.randint(0, 2)) for key, one in data["segments"].items()
            },
        }
        dataset = Dataset.from_json(damaged)
        for times in (0, 1, 4):
            check(dataset, damage(source, generator.make_context(), times), list(data["flags"]))


def check(dataset: Dataset, context: Any, keys: list[str]) -> None:
    details = {key: evaluate_in(dataset, key, context, "default") for key in keys}
    kinds = {detail.reason.get("errorKind") for detail in details.values()}
    try:
        parse_context(context)
    except InvalidContext:
        assert kinds == {"USER_NOT_SPECIFIED"}
        return
    assert not kinds & {"USER_NOT_SPECIFIED", "EXCEPTION"}
    results = json.loads(dataset.evaluate_all(context, with_reasons=True))
    for key, result in results.items():
        assert (result.get("variation"), result["reason"]) == (
            details[key].variation_index,
            details[key].reason,
        )
