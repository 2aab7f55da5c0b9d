import pytest
from msgspec import UNSET

from flagstaff.features.flags.model import MigrationSettings
from flagstaff.features.flags.serving import build_serve, check_serve, keep_seed
from flagstaff.features.targeting.model import Allocation
from flagstaff.kernel.errors import InvalidRequest
from tests.support.flags import a_flag, a_migration_flag, a_rollout


def test_weights_go_in_the_order_of_the_variations():
    serve = build_serve(a_flag(), "", {"c": 10_000, "b": 0, "a": 90_000})
    assert serve == a_rollout({"a": 90_000, "c": 10_000})


def test_a_migration_of_accounts_buckets_accounts():
    flag = a_migration_flag(migration_settings=MigrationSettings(stage_count=6, context_kind="account"))
    assert build_serve(flag, "", {"a": 100_000}) == a_rollout({"a": 100_000}, context_kind="account")


@pytest.mark.parametrize(
    ("variation_id", "weights", "error"),
    [
        ("", UNSET, "exactly one of"),
        ("a", {"a": 100_000}, "exactly one of"),
        ("x", UNSET, "unknown variation id 'x'"),
        ("", {"x": 100_000}, "unknown variation id 'x'"),
        ("", {"a": 99_999}, "add up to 100000"),
    ],
)
def test_what_cannot_be_served_is_refused(variation_id, weights, error):
    with pytest.raises(InvalidRequest, match=error):
        build_serve(a_flag(), variation_id, weights)


@pytest.mark.parametrize(
    "serve", ["x", a_rollout({"x": 100_000}), a_rollout(allocation=Allocation(variation_id="x"))]
)
def test_every_variation_that_is_served_must_be_the_flags(serve):
    with pytest.raises(InvalidRequest, match="unknown variation id 'x'"):
        check_serve(a_flag(), serve)


@pytest.mark.parametrize(
    ("before", "after", "seed"),
    [
        (a_rollout(seed=7), a_rollout({"a": 100_000}), 7),
        (a_rollout(seed=7), a_rollout({"a": 100_000}, bucket_by="key"), 7),
        (a_rollout(seed=7), a_rollout(bucket_by="email"), None),
        (a_rollout(seed=7), a_rollout(context_kind="org"), None),
        (a_rollout(), a_rollout(), None),
        ("a", a_rollout(), None),
    ],
)
def test_new_weights_bucket_by_the_old_seed_as_long_as_the_same_is_bucketed(before, after, seed):
    assert keep_seed(before, after).seed == seed
