"""What counts as served something else, and which flags are tried for whom."""

from typing import Any

import pytest

from flagstaff.evaluation import Dataset
from flagstaff.evaluation.context import parse_context
from flagstaff.features.console.effects.trials import Renumbering, Trial, index_of
from tests.support.sdk_data import USER, a_flag

NOTHING = (None, None)
SAME = Renumbering(frozenset({NOTHING, (0, 0), (1, 1)}), frozenset({NOTHING, (0, 0), (1, 1)}), leads=True)


def a_set(**members: Any) -> Dataset:
    """A flag and one that asks for its first variation."""
    flag = a_flag(key="first", variations=["a", "b"], fallthrough={"variation": 0}, offVariation=1, **members)
    follower = a_flag(
        key="then",
        variations=["a", "b"],
        fallthrough={"variation": 0},
        offVariation=1,
        prerequisites=[{"key": "first", "variation": 0}],
    )
    return Dataset.from_json({"flags": {"first": flag, "then": follower}, "segments": {}})


def moves(trial: Trial) -> list[tuple[str, int | None, int | None]]:
    found = trial.list_moves(parse_context(USER), lambda _: pytest.fail("no big segment is asked for"))
    return [(key, index_of(old), index_of(new)) for key, old, new in found]


def test_who_gets_the_same_has_no_move() -> None:
    assert moves(Trial(a_set(), a_set(), ["first", "then"], SAME)) == []


def test_flags_follow_the_first() -> None:
    trial = Trial(a_set(), a_set(on=False), ["first", "then"], SAME)
    assert moves(trial) == [("first", 0, 1), ("then", 0, 1)]


def test_a_flag_that_is_gone_serves_nothing() -> None:
    before = a_set()
    trial = Trial(before, before.with_changes({"first": None}, {}), ["first", "then"], SAME)
    assert moves(trial) == [("first", 0, None), ("then", 0, 1)]


def test_another_value_of_the_same_variation_is_a_move_that_nobody_follows() -> None:
    repainted = Renumbering(SAME.known, SAME.kept - {(0, 0)}, leads=True)
    trial = Trial(a_set(), a_set(), ["first", "then"], repainted)
    assert moves(trial) == [("first", 0, 0)]
    assert trial.is_revalued("first", (0, 0))
    assert not trial.is_revalued("then", (0, 0))


def test_without_a_first_flag_all_are_compared() -> None:
    assert moves(Trial(a_set(), a_set(on=False), ["then", "first"])) == [("then", 0, 1), ("first", 0, 1)]
