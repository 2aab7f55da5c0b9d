import pytest

from flagstaff.features.flags.targets import build_targets, remove_keys
from flagstaff.kernel.errors import InvalidRequest
from tests.support.flags import a_flag, a_target


def test_targets_of_one_variation_and_kind_are_joined_in_order_of_first_mention():
    built = build_targets(
        a_flag(),
        [a_target("b", "x"), a_target("a", "y"), a_target("b", "o", kind="org"), a_target("b", "z", "x")],
    )
    assert built == (a_target("b", "x", "z"), a_target("a", "y"), a_target("b", "o", kind="org"))


def test_one_key_may_be_targeted_once_for_each_kind():
    targets = (a_target("a", "x"), a_target("b", "x", kind="org"))
    assert build_targets(a_flag(), targets) == targets


def test_a_key_under_two_variations_is_refused():
    with pytest.raises(InvalidRequest, match="the org 'x' would be targeted by two variations, a and b"):
        build_targets(a_flag(), [a_target("a", "x", kind="org"), a_target("b", "x", kind="org")])


def test_a_list_that_loses_its_last_key_vanishes():
    targets = (a_target("a", "x"), a_target("b", "y"))
    assert remove_keys(targets, "user", "a", {"x"}) == (a_target("b", "y"),)
    assert remove_keys(targets, "org", "a", {"x"}) == targets
