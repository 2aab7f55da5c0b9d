import pytest

from flagstaff.features.segments.targets import add_keys, build_targets, keys_of, remove_keys
from flagstaff.kernel.errors import InvalidRequest
from tests.support.segments import a_target

ORGS = a_target("acme", "bolt", kind="org")


def test_entries_of_one_kind_are_joined_and_users_stand_first():
    built = build_targets(
        [ORGS, a_target("ann"), a_target("acme", "corp", kind="org"), a_target("bob", "ann")]
    )
    assert built == (a_target("ann", "bob"), a_target("acme", "bolt", "corp", kind="org"))


def test_an_entry_without_keys_vanishes():
    assert build_targets([ORGS, *build_targets([])]) == (ORGS,)


@pytest.mark.parametrize(
    ("target", "reason"),
    [(a_target("ann", ""), "must not be empty"), (a_target("x", kind="multi"), "context kind 'multi'")],
)
def test_what_no_context_can_be_is_refused(target, reason):
    with pytest.raises(InvalidRequest, match=reason):
        build_targets([target])


def test_keys_are_those_of_one_kind():
    assert keys_of((a_target("ann"), ORGS), "org") == ("acme", "bolt")
    assert keys_of((ORGS,), "user") == ()


def test_keys_are_added_once_behind_those_there_are():
    assert add_keys((a_target("ann"),), (), "user", ["bob", "ann", "bob"]) == (a_target("ann", "bob"),)


def test_a_key_cannot_come_to_both_lists():
    with pytest.raises(InvalidRequest, match="the org 'acme' would be both included and excluded"):
        add_keys((), (ORGS,), "org", ["corp", "acme"])


def test_the_same_key_of_another_kind_is_another_context():
    assert add_keys((), (ORGS,), "user", ["acme"]) == (a_target("acme"),)


def test_a_key_that_is_in_both_lists_already_is_no_obstacle():
    assert add_keys((ORGS,), (ORGS,), "org", ["acme", "corp"]) == (
        a_target("acme", "bolt", "corp", kind="org"),
    )


def test_absent_keys_are_removed_without_an_error():
    assert remove_keys((ORGS,), "org", ["bolt", "nobody"]) == (a_target("acme", kind="org"),)
    assert remove_keys((ORGS,), "user", ["acme"]) == (ORGS,)


def test_the_last_key_takes_its_entry_along():
    assert remove_keys((a_target("ann"), ORGS), "user", ["ann"]) == (ORGS,)
