import msgspec
import pytest

from flagstaff.features.flags.copying import copy_settings
from flagstaff.features.flags.model import Prerequisite
from flagstaff.features.flags.schemas import FlagCopyBody
from flagstaff.kernel.errors import InvalidRequest, NotFound, StaleVersion
from tests.support.flags import (
    NOW,
    a_flag,
    a_migration_flag,
    a_rollout,
    a_rule,
    a_state,
    a_target,
    a_targeting,
)

LOGIN = Prerequisite(key="login", variation_id="x", variation=1)
SETTINGS = {
    "on": True,
    "rules": (a_rule(),),
    "fallthrough": a_rollout(),
    "off_variation_id": "a",
    "targets": (a_target("b", "bob"),),
}
SOURCE = a_targeting(**SETTINGS, version=4, salt="source", track_events=True)
STATE = a_state(a_flag(), source=SOURCE, target=a_targeting(version=7, targets=(a_target("a", "ann"),)))


def copied(state=STATE, **members):
    body = {"source": {"key": "source"}, "target": {"key": "target"}} | members
    after = copy_settings(state, msgspec.convert(body, FlagCopyBody))
    assert after.environments["source"] is state.environments["source"]
    return after.environments["target"]


def test_everything_is_copied_but_what_makes_the_target_itself():
    assert copied() == a_targeting(**SETTINGS, version=7, last_modified=NOW - 1000)


@pytest.mark.parametrize(
    ("action", "parts"),
    [
        ("updateOn", ["on"]),
        ("updateRules", ["rules"]),
        ("updateFallthrough", ["fallthrough"]),
        ("updateOffVariation", ["off_variation_id"]),
        ("updateTargets", ["targets"]),
        ("updatePrerequisites", []),
        ("updateFlagConfigMigrationSettings", []),
    ],
)
def test_parts_can_be_picked_or_left_out(action, parts):
    target = {"version": 7, "targets": (a_target("a", "ann"),)}
    picked = {name: value for name, value in SETTINGS.items() if name in parts}
    others = {name: value for name, value in SETTINGS.items() if name not in parts}
    assert copied(includedActions=[action]) == a_targeting(**(target | picked))
    assert copied(excludedActions=[action]) == a_targeting(**(target | others))


def test_prerequisites_are_checked_anew_where_they_are_copied_to():
    cart = Prerequisite(key="cart", variation_id="y", variation=0)
    state = a_state(
        source=a_targeting(prerequisites=(LOGIN, cart)), target=a_targeting(prerequisites=(cart,))
    )
    assert copied(state).prerequisites == (Prerequisite(key="login", variation_id="x"), cart)


def test_the_check_ratio_of_a_migration_is_copied():
    state = a_state(
        a_migration_flag(),
        source=a_targeting(off_variation_id="a", check_ratio=9),
        target=a_targeting(off_variation_id="a"),
    )
    assert copied(state).check_ratio == 9


@pytest.mark.parametrize(
    ("members", "error", "text"),
    [
        ({"target": {"key": "source"}}, InvalidRequest, "must be different"),
        ({"source": {"key": "nowhere"}}, NotFound, "Unknown environment key nowhere"),
        ({"source": {"key": "source", "currentVersion": 3}}, StaleVersion, "version 4 in source, not 3"),
        ({"target": {"key": "target", "currentVersion": 8}}, StaleVersion, "version 7 in target, not 8"),
        ({"includedActions": [], "excludedActions": []}, InvalidRequest, "not both"),
    ],
)
def test_a_copy_that_is_not_meant_is_refused(members, error, text):
    with pytest.raises(error, match=text):
        copied(**members)


def test_the_versions_of_now_may_be_named():
    ends = {
        "source": {"key": "source", "currentVersion": 4},
        "target": {"key": "target", "currentVersion": 7},
    }
    assert copied(**ends).on
