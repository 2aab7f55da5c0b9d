import pytest

from flagstaff.features.accounts.represent import MemberSummaryRep
from flagstaff.features.flags.model import CustomProperty, MigrationSettings
from flagstaff.features.flags.represent import EnvironmentView, FlagView, represent_flag
from flagstaff.kernel.links import Link
from tests.support.flags import NOW, SALT, SEL, a_flag, a_migration_flag, a_state, a_targeting
from tests.support.wire import as_json

VIEW = FlagView("default", (EnvironmentView("test", "Test"),))


def shown(state, view=VIEW):
    return as_json(represent_flag(state, view))


FRESH = {
    "name": "Checkout",
    "kind": "multivariate",
    "description": "",
    "key": "checkout",
    "_version": 1,
    "creationDate": NOW - 1000,
    "includeInSnippet": False,
    "clientSideAvailability": {"usingMobileKey": True, "usingEnvironmentId": False},
    "variations": [
        {"_id": "a", "value": "red"},
        {"_id": "b", "value": "green"},
        {"_id": "c", "value": "blue"},
    ],
    "temporary": True,
    "tags": [],
    "_links": {
        "parent": {"href": "/api/v2/flags/default", "type": "application/json"},
        "self": {"href": "/api/v2/flags/default/checkout", "type": "application/json"},
    },
    "goalIds": [],
    "experiments": {"baselineIdx": 0, "items": []},
    "customProperties": {},
    "archived": False,
    "deprecated": False,
    "defaults": {"onVariation": 0, "offVariation": 2},
    "environments": {
        "test": {
            "on": False,
            "archived": False,
            "salt": SALT,
            "sel": SEL,
            "lastModified": NOW - 1000,
            "version": 1,
            "targets": [],
            "contextTargets": [],
            "rules": [],
            "fallthrough": {"variation": 0},
            "offVariation": 2,
            "prerequisites": [],
            "_site": {"href": "/default/test/features/checkout", "type": "text/html"},
            "_environmentName": "Test",
            "trackEvents": False,
            "trackEventsFallthrough": False,
            "_summary": {
                "variations": {
                    "0": {
                        "rules": 0,
                        "nullRules": 0,
                        "targets": 0,
                        "contextTargets": 0,
                        "isFallthrough": True,
                    },
                    "1": {"rules": 0, "nullRules": 0, "targets": 0, "contextTargets": 0},
                    "2": {"rules": 0, "nullRules": 0, "targets": 0, "contextTargets": 0, "isOff": True},
                },
                "prerequisites": 0,
            },
        }
    },
}


def test_a_fresh_flag_is_shown_whole():
    assert shown(a_state()) == FRESH


def test_the_summary_leaves_out_what_it_counts():
    targeting = shown(a_state(), FlagView("default", VIEW.environments, summary=True))["environments"]["test"]
    left_out = {"targets", "contextTargets", "rules", "fallthrough", "offVariation", "prerequisites"}
    assert targeting == {
        name: value for name, value in FRESH["environments"]["test"].items() if name not in left_out
    }


@pytest.mark.parametrize(
    ("changes", "members"),
    [
        (
            {"archived": True, "archived_date": 5, "deprecated": True, "deprecated_date": 6},
            {"archived": True, "archivedDate": 5, "deprecated": True, "deprecatedDate": 6},
        ),
        ({"maintainer_id": "m1"}, {"maintainerId": "m1"}),
        ({"maintainer_team_key": "ops"}, {"maintainerTeamKey": "ops"}),
        (
            {"custom_properties": {"k": CustomProperty(name="K", values=("1",))}},
            {"customProperties": {"k": {"name": "K", "value": ["1"]}}},
        ),
        ({"tags": ("a", "b"), "temporary": False}, {"tags": ["a", "b"], "temporary": False}),
    ],
)
def test_a_setting_is_shown(changes, members):
    environment = FRESH["environments"]["test"] | {"archived": changes.get("archived", False)}
    assert shown(a_state(a_flag(**changes))) == FRESH | {"environments": {"test": environment}} | members


def test_the_maintainer_is_summarised_as_the_view_knows_it():
    member = MemberSummaryRep(links={"self": Link("/m")}, id="m1", role="admin", email="a@example.com")
    flag = shown(a_state(), FlagView("default", maintainer=member))
    assert flag["_maintainer"]["_id"] == "m1"
    assert "firstName" not in flag["_maintainer"]


def test_only_the_environments_of_the_view_are_shown_in_its_order():
    state = a_state(one=a_targeting(), two=a_targeting(), three=a_targeting())
    view = FlagView("default", tuple(EnvironmentView(key, key) for key in ("three", "one", "gone")))
    assert list(shown(state, view)["environments"]) == ["three", "one"]


def test_migration_settings_are_shown_when_expanded():
    flag = a_migration_flag(migration_settings=MigrationSettings(stage_count=6, context_kind="org"))
    state = a_state(flag, test=a_targeting(off_variation_id="a", check_ratio=10))
    plain = shown(state)
    assert plain["_purpose"] == "migration"
    assert "migrationSettings" not in plain
    assert "migrationSettings" not in plain["environments"]["test"]
    expanded = shown(state, FlagView("default", VIEW.environments, migration_settings=True))
    assert expanded["migrationSettings"] == {"stageCount": 6, "contextKind": "org"}
    assert expanded["environments"]["test"]["migrationSettings"] == {"checkRatio": 10}
