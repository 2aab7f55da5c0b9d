import pytest

from flagstaff.features.flags.model import Prerequisite, Rule
from tests.support.clauses import a_clause
from tests.support.flags import a_rollout, a_rule, a_state, a_target, a_targeting
from tests.support.ids import nth_uuid
from tests.support.patches import LOGIN, TEST, op, patch

E = TEST
RULE = {"clauses": [{"attribute": "country", "op": "in", "values": ["SE", "NO"]}], "variation": 0}
TARGETING_CASES = [
    ({}, [op("replace", f"{E}/on", True)], {"on": True}),
    ({}, [op("replace", f"{E}/trackEvents", True)], {"track_events": True}),
    ({}, [op("replace", f"{E}/trackEventsFallthrough", True)], {"track_events_fallthrough": True}),
    ({}, [op("replace", f"{E}/offVariation", 1)], {"off_variation_id": "b"}),
    ({}, [op("remove", f"{E}/offVariation")], {"off_variation_id": None}),
    ({"off_variation_id": None}, [op("replace", f"{E}/offVariation", 2)], {"off_variation_id": "c"}),
    ({}, [op("replace", f"{E}/fallthrough/variation", 1)], {"fallthrough": "b"}),
    (
        {},
        [
            op(
                "replace",
                f"{E}/fallthrough",
                {
                    "rollout": {
                        "variations": [{"variation": 0, "weight": 60_000}, {"variation": 1, "weight": 40_000}]
                    }
                },
            )
        ],
        {"fallthrough": a_rollout()},
    ),
    (
        {},
        [
            op(
                "add",
                f"{E}/fallthrough/rollout",
                {
                    "variations": [
                        {"variation": 1, "weight": 40_000},
                        {"variation": 0, "weight": 60_000},
                        {"variation": 2, "weight": 0},
                    ],
                    "bucketBy": "key",
                    "contextKind": "org",
                    "seed": 7,
                },
            )
        ],
        {"fallthrough": a_rollout({"b": 40_000, "a": 60_000}, bucket_by="key", context_kind="org", seed=7)},
    ),
    ({"fallthrough": a_rollout()}, [op("add", f"{E}/fallthrough/variation", 0)], {"fallthrough": "a"}),
    (
        {"targets": (a_target("b", "bob"),)},
        [op("add", f"{E}/targets/0/values/-", "eve")],
        {"targets": (a_target("b", "bob", "eve"),)},
    ),
    (
        {"targets": (a_target("b", "bob"),)},
        [op("add", f"{E}/targets/-", {"variation": 0, "values": ["ann"]})],
        {"targets": (a_target("b", "bob"), a_target("a", "ann"))},
    ),
    (
        {"targets": (a_target("a", "acme", kind="org"),)},
        [op("add", f"{E}/targets/-", {"variation": 0, "values": ["ann"]})],
        {"targets": (a_target("a", "ann"), a_target("a", "acme", kind="org"))},
    ),
    (
        {
            "targets": (
                a_target("a", "acme", kind="org"),
                a_target("b", "bob"),
                a_target("c", "x", kind="org"),
            )
        },
        [op("add", f"{E}/targets/-", {"variation": 0, "values": ["ann"]})],
        {
            "targets": (
                a_target("a", "acme", kind="org"),
                a_target("b", "bob"),
                a_target("a", "ann"),
                a_target("c", "x", kind="org"),
            )
        },
    ),
    (
        {"targets": (a_target("b", "bob"),)},
        [op("replace", f"{E}/contextTargets", [{"contextKind": "org", "variation": 0, "values": ["acme"]}])],
        {"targets": (a_target("b", "bob"), a_target("a", "acme", kind="org"))},
    ),
    (
        {"targets": (a_target("b", "bob"),)},
        [op("add", f"{E}/contextTargets/-", {"variation": 1, "values": ["eve"]})],
        {"targets": (a_target("b", "bob", "eve"),)},
    ),
    ({"targets": (a_target("b", "bob"),)}, [op("remove", f"{E}/targets/0/values/0")], {"targets": ()}),
    ({"targets": (a_target("b", "bob"),)}, [op("replace", f"{E}/targets", [])], {"targets": ()}),
    (
        {"rules": (a_rule("1"),)},
        [op("add", f"{E}/rules/-", RULE)],
        {"rules": (a_rule("1"), Rule(id=nth_uuid(1), clauses=(a_clause(nth_uuid(2)),), serve="a"))},
    ),
    (
        {"rules": (a_rule("1"), a_rule("2"))},
        [op("move", f"{E}/rules/0", **{"from": f"{E}/rules/1"})],
        {"rules": (a_rule("2"), a_rule("1"))},
    ),
    (
        {"rules": (a_rule("1", clauses=()),)},
        [op("copy", f"{E}/rules/-", **{"from": f"{E}/rules/0"})],
        {"rules": (a_rule("1", clauses=()), a_rule(nth_uuid(1), clauses=()))},
    ),
    (
        {"rules": (a_rule("1"),)},
        [op("replace", f"{E}/rules/0/clauses/0/negate", True)],
        {"rules": (a_rule("1", clauses=(a_clause("clause-of-1", negate=True),)),)},
    ),
    (
        {"rules": (a_rule("1", a_rollout()),)},
        [op("add", f"{E}/rules/0/variation", 2)],
        {"rules": (a_rule("1", "c"),)},
    ),
    (
        {"rules": (a_rule("1"),)},
        [op("add", f"{E}/rules/0/description", "d"), op("add", f"{E}/rules/0/ref", "r")],
        {"rules": (a_rule("1", description="d", ref="r"),)},
    ),
    (
        {"prerequisites": (LOGIN,)},
        [op("add", f"{E}/prerequisites/-", {"key": "cart", "variation": 0})],
        {"prerequisites": (LOGIN, Prerequisite(key="cart", variation=0))},
    ),
    (
        {"prerequisites": (LOGIN,)},
        [op("replace", f"{E}/prerequisites/0/variation", 0)],
        {"prerequisites": (Prerequisite(key="login", variation=0),)},
    ),
    ({"prerequisites": (LOGIN,)}, [op("replace", f"{E}/prerequisites", [])], {"prerequisites": ()}),
]


@pytest.mark.parametrize(("given", "operations", "changes"), TARGETING_CASES)
def test_a_json_patch_changes_the_targeting_of_one_environment(given, operations, changes):
    before = a_state(test=a_targeting(**given), production=a_targeting(**given))
    after = patch(before, *operations)
    assert after.environments["test"] == a_targeting(**(given | changes))
    assert after.environments["production"] is before.environments["production"]
    assert after.flag == before.flag


def test_what_a_json_patch_leaves_alone_stays_the_same_object():
    given = {"rules": (a_rule("1"),), "targets": (a_target("b", "bob"),), "prerequisites": (LOGIN,)}
    before = a_state(test=a_targeting(**given, fallthrough=a_rollout()))
    old = before.environments["test"]
    new = patch(before, op("replace", f"{E}/on", True), op("add", f"{E}/rules/0/ref", "r")).environments[
        "test"
    ]
    assert new.rules != old.rules
    assert new.targets is old.targets
    assert new.fallthrough is old.fallthrough
    assert new.prerequisites is old.prerequisites
