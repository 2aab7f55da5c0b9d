import pytest

from flagstaff.features.flags.model import Defaults
from flagstaff.features.flags.variations import STAGES, check_variations, replace_variations
from flagstaff.kernel.errors import InvalidRequest
from tests.support.flags import (
    a_boolean_flag,
    a_flag,
    a_migration_flag,
    a_rollout,
    a_rule,
    a_state,
    a_target,
    a_targeting,
    variations,
)

A, B, C = a_flag().variations
WITHOUT_B = (A, C)


def test_true_and_false_make_a_boolean_flag_and_all_else_a_multivariate_one():
    assert check_variations(variations(False, True)) == "boolean"
    assert check_variations(variations("a", "b")) == "multivariate"
    assert check_variations(variations({"a": 1}, [1])) == "multivariate"
    assert check_variations(variations(1, 1.5)) == "multivariate"


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ((1,), "between 2 and 250"),
        ((1, 1.0), "must be unique"),
        (({"a": 1, "b": 2}, {"b": 2, "a": 1}), "must be unique"),
        ((1, True), "boolean and number"),
        ((1, "1"), "number and string"),
        ((1, {}), "JSON and number"),
        ((None, 1), "must not be null"),
    ],
)
def test_values_that_could_be_confused_are_refused(values, error):
    with pytest.raises(InvalidRequest, match=error):
        check_variations(variations(*values))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"targets": (a_target("a"), a_target("b", "bob"))}, {"targets": (a_target("a"),)}),
        ({"rules": (a_rule("1", "b"), a_rule("2", "a"))}, {"rules": (a_rule("2", "a"),)}),
        (
            {"rules": (a_rule("1", a_rollout({"a": 60_000, "b": 30_000, "c": 10_000})),)},
            {"rules": (a_rule("1", a_rollout({"a": 90_000, "c": 10_000})),)},
        ),
        (
            {"rules": (a_rule("1", a_rollout({"b": 100_000})),)},
            {"rules": (a_rule("1", a_rollout({"a": 100_000})),)},
        ),
        ({"fallthrough": "b"}, {"fallthrough": "c"}),
        ({"fallthrough": "b", "off_variation_id": None}, {"fallthrough": "a", "off_variation_id": None}),
        ({"fallthrough": "b", "off_variation_id": "b"}, {"fallthrough": "a", "off_variation_id": None}),
        ({"off_variation_id": "b"}, {"off_variation_id": None}),
        ({"fallthrough": a_rollout()}, {"fallthrough": a_rollout({"a": 100_000})}),
        ({}, {}),
    ],
)
def test_what_referred_to_a_removed_variation_is_settled_in_every_environment(before, after):
    state = a_state(a_flag(), test=a_targeting(**before), production=a_targeting(**before))
    settled = replace_variations(state, WITHOUT_B)
    assert settled.environments == {"test": a_targeting(**after), "production": a_targeting(**after)}
    assert settled.flag == a_flag(variations=WITHOUT_B)


def test_a_default_variation_cannot_be_lost():
    with pytest.raises(InvalidRequest, match="change the defaults first"):
        replace_variations(a_state(), (A, B))


def test_another_order_touches_nothing_else():
    state = a_state(a_flag(), test=a_targeting(fallthrough=a_rollout(), targets=(a_target("b"),)))
    changed = replace_variations(state, (C, B, A))
    assert changed.environments == state.environments
    assert changed.flag.defaults == Defaults(on_variation_id="a", off_variation_id="c")


@pytest.mark.parametrize(
    ("flag", "after", "error"),
    [
        (a_boolean_flag(), variations("a", "b"), "boolean flag cannot become a multivariate one"),
        (a_flag(), variations(True, False), "multivariate flag cannot become a boolean one"),
        (a_boolean_flag(), variations(False, True), "values of a boolean flag cannot be changed"),
        (a_migration_flag(), variations("off", "live"), "migration flag cannot be changed"),
    ],
)
def test_a_flag_stays_of_its_kind(flag, after, error):
    with pytest.raises(InvalidRequest, match=error):
        replace_variations(a_state(flag), after)


def test_the_variations_of_a_boolean_flag_may_change_places():
    flag = a_boolean_flag()
    assert replace_variations(a_state(flag), flag.variations[::-1]).flag.indexes == {"b": 0, "a": 1}


def test_every_migration_starts_off_and_ends_complete():
    assert {count: len(stages) for count, stages in STAGES.items()} == {2: 2, 4: 4, 6: 6}
    assert {(stages[0], stages[-1]) for stages in STAGES.values()} == {("off", "complete")}
