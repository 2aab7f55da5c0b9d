import pytest

from flagstaff.features.flags.model import Prerequisite
from flagstaff.features.flags.represent_targeting import (
    represent_prerequisites,
    represent_rollout,
    represent_rules,
    represent_serve,
    represent_targets,
)
from flagstaff.features.targeting.model import Allocation, Weight
from tests.support.clauses import a_clause
from tests.support.flags import a_rollout, a_rule, a_target, a_targeting
from tests.support.wire import as_json

INDEXES = {"a": 0, "b": 1, "c": 2}


def test_users_are_listed_apart_and_keep_their_place_among_all_targets():
    targeting = a_targeting(
        targets=(a_target("b", "ann", "bob"), a_target("a", "acme", kind="org"), a_target("a", "eve"))
    )
    users, every = as_json(represent_targets(targeting, INDEXES))
    assert users == [
        {"contextKind": "user", "variation": 1, "values": ["ann", "bob"]},
        {"contextKind": "user", "variation": 0, "values": ["eve"]},
    ]
    assert every == [
        {"contextKind": "user", "variation": 1, "values": []},
        {"contextKind": "org", "variation": 0, "values": ["acme"]},
        {"contextKind": "user", "variation": 0, "values": []},
    ]


def test_rules_show_what_they_serve_by_index():
    rules = (
        a_rule("1", "c", clauses=(a_clause("x", negate=True),), description="d", ref="r", track_events=True),
        a_rule("2", a_rollout(), clauses=()),
    )
    assert as_json(represent_rules(rules, INDEXES)) == [
        {
            "_id": "1",
            "variation": 2,
            "clauses": [
                {
                    "_id": "x",
                    "contextKind": "user",
                    "attribute": "country",
                    "op": "in",
                    "values": ["SE", "NO"],
                    "negate": True,
                }
            ],
            "trackEvents": True,
            "description": "d",
            "ref": "r",
        },
        {
            "_id": "2",
            "rollout": {
                "variations": [
                    {"variation": 0, "weight": 60_000},
                    {"variation": 1, "weight": 40_000},
                    {"variation": 2, "weight": 0},
                ],
                "contextKind": "user",
            },
            "clauses": [],
            "trackEvents": False,
        },
    ]


@pytest.mark.parametrize(
    ("shares", "shown"),
    [
        ({"b": 100_000}, [(0, 0), (1, 100_000), (2, 0)]),
        ({"c": 50_000, "a": 50_000}, [(2, 50_000), (0, 50_000), (1, 0)]),
    ],
)
def test_variations_without_weight_are_shown_without_changing_the_bucketing_order(shares, shown):
    rollout = represent_rollout(a_rollout(shares), INDEXES)
    assert [(weight.variation, weight.weight) for weight in rollout.variations] == shown


def test_an_experiment_is_shown_as_it_is_bucketed():
    rollout = a_rollout(
        weights=(
            Weight(variation_id="a", weight=30_000),
            Weight(variation_id="b", weight=30_000),
            Weight(variation_id="a", weight=40_000, untracked=True),
        ),
        seed=7,
        bucket_by="key",
        allocation=Allocation(variation_id="a", can_reshuffle=True),
    )
    assert as_json(represent_rollout(rollout, INDEXES)) == {
        "variations": [
            {"variation": 0, "weight": 30_000},
            {"variation": 1, "weight": 30_000},
            {"variation": 0, "weight": 40_000, "_untracked": True},
            {"variation": 2, "weight": 0},
        ],
        "experimentAllocation": {"defaultVariation": 0, "canReshuffle": True},
        "seed": 7,
        "bucketBy": "key",
        "contextKind": "user",
    }


def test_the_fallthrough_is_a_variation_or_a_rollout():
    assert as_json(represent_serve("b", INDEXES)) == {"variation": 1}
    assert "variation" not in as_json(represent_serve(a_rollout(), INDEXES))


def test_prerequisites_are_shown_by_the_index_in_the_other_flag():
    targeting = a_targeting(prerequisites=(Prerequisite(key="login", variation_id="x", variation=4),))
    assert as_json(represent_prerequisites(targeting)) == [{"key": "login", "variation": 4}]


def test_an_unresolved_prerequisite_is_a_defect():
    with pytest.raises(ValueError, match="login is not resolved"):
        represent_prerequisites(a_targeting(prerequisites=(Prerequisite(key="login"),)))
