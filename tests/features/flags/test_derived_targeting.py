import pytest

from flagstaff.features.flags.derived_targeting import derive_targeting
from flagstaff.features.flags.model import Prerequisite
from flagstaff.features.targeting.model import Allocation
from tests.support.flags import a_migration_flag, a_rollout, a_rule, a_state, a_target, a_targeting

FALLTHROUGH = "updateFallthroughVariationOrRollout"
LOGIN = Prerequisite(key="login", variation_id="x", variation=1)


@pytest.mark.parametrize(
    ("before", "after", "derived"),
    [
        ({}, {"on": True}, {"kind": "turnFlagOn"}),
        ({"on": True}, {}, {"kind": "turnFlagOff"}),
        ({}, {"track_events": True}, {"kind": "updateTrackEvents", "trackEvents": True}),
        (
            {"track_events_fallthrough": True},
            {},
            {"kind": "updateTrackEventsFallthrough", "trackEvents": False},
        ),
        ({}, {"off_variation_id": "a"}, {"kind": "updateOffVariation", "variationId": "a"}),
        ({}, {"off_variation_id": None}, {"kind": "unsetOffVariation"}),
        ({}, {"fallthrough": "b"}, {"kind": FALLTHROUGH, "variationId": "b"}),
        (
            {},
            {"fallthrough": a_rollout(bucket_by="email", context_kind="org")},
            {
                "kind": FALLTHROUGH,
                "rolloutWeights": {"a": 60_000, "b": 40_000},
                "rolloutContextKind": "org",
                "rolloutBucketBy": "email",
            },
        ),
        (
            {"fallthrough": a_rollout(seed=7)},
            {"fallthrough": a_rollout({"a": 100_000}, seed=7)},
            {"kind": FALLTHROUGH, "rolloutWeights": {"a": 100_000}, "rolloutContextKind": "user"},
        ),
        (
            {"rules": (a_rule("1"), a_rule("2"))},
            {"rules": (a_rule("2", clauses=()),)},
            {
                "kind": "replaceRules",
                "rules": [{"_id": "2", "clauses": [], "trackEvents": False, "variationId": "b"}],
            },
        ),
        (
            {"targets": (a_target("a", "ann"),)},
            {"targets": (a_target("b", "x", "y", kind="org"),)},
            {
                "kind": "replaceTargets",
                "targets": [{"contextKind": "org", "variationId": "b", "values": ["x", "y"]}],
            },
        ),
        (
            {},
            {"prerequisites": (LOGIN,)},
            {"kind": "replacePrerequisites", "prerequisites": [{"key": "login", "variationId": "x"}]},
        ),
    ],
)
def test_a_difference_is_derived_in_a_documented_kind(before, after, derived):
    assert list(derive_targeting(a_state(test=a_targeting(**before)), "test", a_targeting(**after))) == [
        derived
    ]


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        ({"fallthrough": a_rollout({"b": 50_000, "a": 50_000})}, "setFallthrough"),
        ({"fallthrough": a_rollout(allocation=Allocation(variation_id="a"))}, "setFallthrough"),
        ({"rules": (a_rule("1", a_rollout(seed=7)),)}, "setRules"),
        ({"prerequisites": (Prerequisite(key="login", variation=1),)}, "setPrerequisites"),
    ],
)
def test_what_no_documented_kind_says_takes_an_internal_one(after, kind):
    (wire,) = derive_targeting(a_state(), "test", a_targeting(**after))
    assert wire["kind"] == kind


@pytest.mark.parametrize(("before", "after"), [(None, 9), (9, None)])
def test_a_check_ratio_is_set_and_unset(before, after):
    state = a_state(a_migration_flag(), test=a_targeting(off_variation_id="a", check_ratio=before))
    wanted = a_targeting(off_variation_id="a", check_ratio=after)
    assert list(derive_targeting(state, "test", wanted)) == [{"kind": "setCheckRatio", "checkRatio": after}]


def test_an_index_that_was_brought_up_to_date_is_no_difference():
    before = a_targeting(prerequisites=(Prerequisite(key="login", variation_id="x", variation=0),))
    assert list(derive_targeting(a_state(test=before), "test", a_targeting(prerequisites=(LOGIN,)))) == []
