import pytest

from flagstaff.features.targeting.model import Allocation, Rollout, Weight
from flagstaff.features.targeting.rollouts import build_rollout, check_weight, drop_variations
from flagstaff.kernel.errors import InvalidRequest


def weights(**shares):
    return tuple(Weight(variation_id=name, weight=share) for name, share in shares.items())


def test_a_rollout_buckets_users_by_key_unless_told_otherwise():
    rollout = build_rollout(weights(a=60_000, b=40_000))
    assert rollout == Rollout(weights=weights(a=60_000, b=40_000), bucket_by="", context_kind="user")


def test_weights_of_zero_are_left_out():
    assert build_rollout(weights(a=0, b=100_000, c=0)).weights == weights(b=100_000)


@pytest.mark.parametrize(
    ("shares", "options", "reason"),
    [
        ({"a": 60_000, "b": 39_999}, {}, "add up to 100000, not 99999"),
        ({}, {}, "add up to 100000, not 0"),
        ({"a": -1, "b": 100_001}, {}, "between 0 and 100000"),
        ({"a": 100_000}, {"bucket_by": "/"}, "attribute reference"),
        ({"a": 100_000}, {"context_kind": "kind"}, "context kind"),
        ({"a": 100_000}, {"seed": 0}, "seed of a rollout must be at least 1"),
        ({"a": 100_000}, {"seed": 2**53}, "less than 9007199254740992"),
    ],
)
def test_a_rollout_that_readers_could_not_follow_is_refused(shares, options, reason):
    with pytest.raises(InvalidRequest, match=reason):
        build_rollout(weights(**shares), **options)


@pytest.mark.parametrize("weight", [-1, 100_001])
def test_a_weight_is_a_share_of_the_whole(weight):
    with pytest.raises(InvalidRequest, match="between 0 and 100000"):
        check_weight(weight)


@pytest.mark.parametrize(
    ("before", "gone", "after"),
    [
        ({"a": 20_000, "b": 30_000, "c": 50_000}, "a", {"b": 50_000, "c": 50_000}),
        ({"a": 20_000, "b": 30_000, "c": 50_000}, "c", {"a": 70_000, "b": 30_000}),
        ({"a": 100_000}, "a", {"heir": 100_000}),
        ({"a": 20_000, "b": 30_000, "c": 50_000}, "ab", {"c": 100_000}),
        ({"a": 50_000, "b": 50_000}, "ab", {"heir": 100_000}),
        ({"a": 100_000}, "b", {"a": 100_000}),
    ],
)
def test_the_weight_of_dropped_variations_goes_to_the_first_that_remains(before, gone, after):
    assert drop_variations(build_rollout(weights(**before)), set(gone), "heir").weights == weights(**after)


def test_an_experiment_whose_default_is_dropped_defaults_to_the_heir():
    rollout = build_rollout(weights(a=50_000, b=50_000), allocation=Allocation(variation_id="a"))
    assert drop_variations(rollout, {"a"}, "b").allocation == Allocation(variation_id="b")
