import pytest

from flagstaff.features.flags.described_targeting import describe_targeting
from flagstaff.features.flags.model import Prerequisite
from tests.support.flags import a_rollout, a_state, a_target, a_targeting

LOGIN = Prerequisite(key="login", variation_id="on", variation=0)
CART = Prerequisite(key="cart", variation_id="full", variation=1)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({}, {"on": True}, ["Turned on the flag"]),
        ({"on": True}, {}, ["Turned off the flag"]),
        (
            {"prerequisites": (LOGIN,)},
            {"prerequisites": (CART,)},
            [
                "Removed the prerequisite ~~`login` serving variation `on`~~",
                "Added the prerequisite `cart` serving variation `full`",
            ],
        ),
        (
            {"prerequisites": (LOGIN, CART)},
            {"prerequisites": (CART, Prerequisite(key="login", variation_id="off", variation=1))},
            [
                (
                    "Changed the prerequisite from ~~`login` serving variation `on`~~ "
                    "to `login` serving variation `off`"
                ),
                "Changed the order of the prerequisites from ~~`login`, `cart`~~ to `cart`, `login`",
            ],
        ),
        (
            {"targets": (a_target("a", "ann", "bob"), a_target("b", "acme", kind="org"))},
            {"targets": (a_target("a", "bob"), a_target("c", "ann"))},
            [
                "Removed the user targets ~~`ann`~~ of `red`",
                "Removed the org targets ~~`acme`~~ of `green`",
                "Added the user targets `ann` to `blue`",
            ],
        ),
        (
            {"targets": (a_target("a", "ann", "bob"),)},
            {"targets": (a_target("a", "bob", "ann"),)},
            ["Changed the order of the individual targets"],
        ),
        (
            {"targets": (a_target("a", "ann"), a_target("b", "bob"))},
            {"targets": (a_target("b", "bob"), a_target("a", "ann"))},
            ["Changed the order of the individual targets"],
        ),
        ({}, {"fallthrough": "b"}, ["Changed the default rule from ~~`red`~~ to `green`"]),
        (
            {"fallthrough": a_rollout()},
            {"fallthrough": a_rollout({"a": 12_345, "b": 87_655}, bucket_by="/plan", context_kind="org")},
            [
                (
                    "Changed the default rule from ~~60% `red`, 40% `green` by `user key`~~ "
                    "to 12.345% `red`, 87.655% `green` by `org /plan`"
                )
            ],
        ),
        ({}, {"off_variation_id": None}, ["Changed the off variation from ~~`blue`~~ to none"]),
        ({"off_variation_id": None}, {}, ["Changed the off variation to `blue`"]),
        (
            {},
            {"track_events": True, "track_events_fallthrough": True},
            [
                "Turned on detailed events of all evaluations",
                "Turned on detailed events of the default rule",
            ],
        ),
        (
            {},
            {"check_ratio": 10},
            ["Changed the check ratio from ~~as the SDK does~~ to one read in 10"],
        ),
        (
            {"check_ratio": 0},
            {"check_ratio": 1},
            ["Changed the check ratio from ~~no read~~ to every read"],
        ),
        ({}, {"version": 2}, []),
    ],
)
def test_each_change_of_the_targeting_is_told(before, after, said):
    old, new = a_state(test=a_targeting(**before)), a_state(test=a_targeting(**after))
    assert list(describe_targeting(old, new, "test", {})) == said
