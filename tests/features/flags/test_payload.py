import json

import pytest
from ldclient.impl.model import FeatureFlag

from flagstaff.features.flags.model import Prerequisite
from flagstaff.features.flags.payload import sdk_flag
from flagstaff.features.projects.model import ClientSideAvailability
from flagstaff.features.targeting.model import Allocation, Weight
from tests.support.clauses import a_clause
from tests.support.flags import SALT, a_flag, a_migration_flag, a_rollout, a_rule, a_target, a_targeting

FRESH = {
    "key": "checkout",
    "on": False,
    "prerequisites": [],
    "targets": [],
    "contextTargets": [],
    "rules": [],
    "fallthrough": {"variation": 0},
    "offVariation": 2,
    "variations": ["red", "green", "blue"],
    "clientSideAvailability": {"usingMobileKey": True, "usingEnvironmentId": False},
    "clientSide": False,
    "salt": SALT,
    "trackEvents": False,
    "trackEventsFallthrough": False,
    "debugEventsUntilDate": None,
    "deleted": False,
}


def test_a_fresh_flag_has_every_member_that_sdks_expect():
    assert sdk_flag(a_flag(), a_targeting()) == FRESH


@pytest.mark.parametrize(
    ("changes", "members"),
    [
        ({"on": True, "track_events": True}, {"on": True, "trackEvents": True}),
        ({"off_variation_id": None}, {"offVariation": None}),
        (
            {"targets": (a_target("b", "acme", kind="org"), a_target("a", "ann"))},
            {
                "targets": [{"contextKind": "user", "variation": 0, "values": ["ann"]}],
                "contextTargets": [
                    {"contextKind": "org", "variation": 1, "values": ["acme"]},
                    {"contextKind": "user", "variation": 0, "values": []},
                ],
            },
        ),
        (
            {"prerequisites": (Prerequisite(key="login", variation_id="x", variation=1),)},
            {"prerequisites": [{"key": "login", "variation": 1}]},
        ),
        (
            {"rules": (a_rule("1", "c", track_events=True, description="not sent", ref="neither"),)},
            {
                "rules": [
                    {
                        "id": "1",
                        "clauses": [
                            {
                                "contextKind": "user",
                                "attribute": "country",
                                "op": "in",
                                "values": ["SE", "NO"],
                                "negate": False,
                            }
                        ],
                        "trackEvents": True,
                        "variation": 2,
                    }
                ]
            },
        ),
        (
            {"fallthrough": a_rollout({"b": 60_000, "a": 40_000}, bucket_by="/id", seed=9)},
            {
                "fallthrough": {
                    "rollout": {
                        "kind": "rollout",
                        "contextKind": "user",
                        "variations": [
                            {"variation": 1, "weight": 60_000},
                            {"variation": 0, "weight": 40_000},
                        ],
                        "bucketBy": "/id",
                        "seed": 9,
                    }
                }
            },
        ),
        (
            {
                "fallthrough": a_rollout(
                    weights=(
                        Weight(variation_id="a", weight=50_000),
                        Weight(variation_id="b", weight=50_000, untracked=True),
                    ),
                    allocation=Allocation(variation_id="a"),
                )
            },
            {
                "fallthrough": {
                    "rollout": {
                        "kind": "experiment",
                        "contextKind": "user",
                        "variations": [
                            {"variation": 0, "weight": 50_000},
                            {"variation": 1, "weight": 50_000, "untracked": True},
                        ],
                    }
                }
            },
        ),
    ],
)
def test_targeting_is_sent_as_sdks_read_it(changes, members):
    payload = sdk_flag(a_flag(), a_targeting(**changes))
    assert payload == FRESH | members
    FeatureFlag(json.loads(json.dumps(payload | {"version": 1})))  # the official model refuses wrong types


def test_the_attribute_of_a_segment_clause_is_empty():
    rule = a_rule(clauses=(a_clause(op="segmentMatch", attribute="segmentMatch", values=("beta",)),))
    assert sdk_flag(a_flag(), a_targeting(rules=(rule,)))["rules"][0]["clauses"][0]["attribute"] == ""


def test_availability_to_browsers_is_said_in_both_ways():
    availability = ClientSideAvailability(using_mobile_key=False, using_environment_id=True)
    payload = sdk_flag(a_flag(client_side_availability=availability), a_targeting())
    assert payload["clientSideAvailability"] == {"usingMobileKey": False, "usingEnvironmentId": True}
    assert payload["clientSide"] is True


@pytest.mark.parametrize(
    ("ratio", "migration"), [(None, {}), (10, {"checkRatio": 10}), (0, {"checkRatio": 0})]
)
def test_a_migration_is_known_by_a_member_that_other_flags_lack(ratio, migration):
    targeting = a_targeting(off_variation_id="a", check_ratio=ratio)
    assert sdk_flag(a_migration_flag(), targeting)["migration"] == migration
    assert "migration" not in sdk_flag(a_flag(), a_targeting())


def test_an_archived_flag_is_not_sent():
    assert sdk_flag(a_flag(archived=True), a_targeting()) is None


def test_an_unresolved_prerequisite_is_a_defect():
    with pytest.raises(ValueError, match="login is not resolved"):
        sdk_flag(a_flag(), a_targeting(prerequisites=(Prerequisite(key="login"),)))
