import msgspec
import pytest
from msgspec.structs import replace

from flagstaff.features.flags.model import Flag, Targeting, bump
from flagstaff.kernel.errors import InvalidRequest
from tests.support.flags import (
    NOW,
    a_flag,
    a_migration_flag,
    a_rollout,
    a_rule,
    a_state,
    a_target,
    a_targeting,
    variations,
)

LATER = NOW + 5


def test_a_change_of_the_whole_flag_raises_its_version_only():
    before = a_state(a_flag(version=3))
    after = bump(before, replace(before, flag=replace(before.flag, name="New")), LATER)
    assert after.flag == a_flag(version=4, name="New")
    assert after.environments["test"] is before.environments["test"]


def test_a_change_in_an_environment_raises_its_version_and_its_date():
    before = a_state(test=a_targeting(version=3), production=a_targeting())
    touched = {**before.environments, "test": replace(before.environments["test"], on=True)}
    after = bump(before, replace(before, environments=touched), LATER)
    assert after.environments["test"] == a_targeting(on=True, version=4, last_modified=LATER)
    assert after.environments["production"] is before.environments["production"]
    assert after.flag is before.flag


def test_several_changes_of_one_request_raise_a_version_once():
    before = a_state()
    flag = replace(before.flag, name="New", description="d", temporary=False)
    assert bump(before, replace(before, flag=flag), LATER).flag.version == 2


def test_a_change_that_changes_nothing_gives_back_what_was_there():
    before = a_state()
    again = a_state(replace(before.flag), test=replace(before.environments["test"]))
    assert bump(before, again, LATER) is before


def test_a_value_that_only_changes_its_type_is_a_change():
    before = a_state(a_flag(variations=variations([1], [2])))
    after = replace(before, flag=replace(before.flag, variations=variations([True], [2])))
    assert bump(before, after, LATER).flag.version == 2


def test_deleting_is_a_change():
    before = a_state()
    assert bump(before, replace(before, deleted=True), LATER).deleted


def test_a_new_environment_starts_with_the_version_it_has():
    before = a_state()
    after = replace(before, environments={**before.environments, "new": a_targeting()})
    assert bump(before, after, LATER).environments["new"].version == 1


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (a_flag(tags=("a",), archived=True, archived_date=1), Flag),
        (a_migration_flag(), Flag),
        (a_targeting(), Targeting),
        (
            a_targeting(
                on=True,
                targets=(a_target("a", "x", kind="org"),),
                rules=(a_rule(serve=a_rollout(seed=3)), a_rule("2")),
                fallthrough=a_rollout(),
                off_variation_id=None,
            ),
            Targeting,
        ),
    ],
)
def test_state_survives_being_stored(value, kind):
    assert msgspec.json.decode(msgspec.json.encode(value), type=kind) == value


def test_variations_are_found_by_id():
    assert a_flag().indexes == {"a": 0, "b": 1, "c": 2}
    assert a_flag().variation("b").value == "green"
    with pytest.raises(InvalidRequest, match="unknown variation id 'x' of flag checkout"):
        a_flag().variation("x")


def test_a_copy_with_other_variations_does_not_remember_the_old_places():
    flag = a_flag()
    assert flag.indexes["a"] == 0
    assert replace(flag, variations=flag.variations[::-1]).indexes["a"] == 2
