import pytest

from flagstaff.features.flags.instructions.vocabulary import FLAG
from flagstaff.kernel.errors import InvalidRequest
from tests.support.flags import a_migration_flag, a_rollout, a_state, a_targeting, an_edit
from tests.support.instructions import run_on_targeting

FALLTHROUGH = "updateFallthroughVariationOrRollout"

CASES = [
    ({}, {"kind": "turnFlagOn"}, {"on": True}),
    ({"on": True}, {"kind": "turnFlagOn"}, {"on": True}),
    ({"on": True}, {"kind": "turnFlagOff"}, {}),
    ({}, {"kind": FALLTHROUGH, "variationId": "b"}, {"fallthrough": "b"}),
    (
        {},
        {"kind": FALLTHROUGH, "rolloutWeights": {"c": 70_000, "a": 30_000}},
        {"fallthrough": a_rollout({"a": 30_000, "c": 70_000})},
    ),
    (
        {},
        {
            "kind": FALLTHROUGH,
            "rolloutWeights": {"b": 100_000},
            "rolloutBucketBy": "/plan/id",
            "rolloutContextKind": "org",
        },
        {"fallthrough": a_rollout({"b": 100_000}, bucket_by="/plan/id", context_kind="org")},
    ),
    (
        {"fallthrough": a_rollout(seed=61)},
        {"kind": FALLTHROUGH, "rolloutWeights": {"a": 50_000, "b": 50_000}},
        {"fallthrough": a_rollout({"a": 50_000, "b": 50_000}, seed=61)},
    ),
    (
        {"fallthrough": a_rollout(seed=61)},
        {"kind": FALLTHROUGH, "rolloutWeights": {"a": 100_000}, "rolloutContextKind": "org"},
        {"fallthrough": a_rollout({"a": 100_000}, context_kind="org")},
    ),
    ({}, {"kind": "updateOffVariation", "variationId": "a"}, {"off_variation_id": "a"}),
    ({}, {"kind": "updateTrackEvents", "trackEvents": True}, {"track_events": True}),
    ({}, {"kind": "updateTrackEventsFallthrough", "trackEvents": True}, {"track_events_fallthrough": True}),
]

REFUSALS = [
    ({"kind": "turnFlagOn", "value": 1}, "unknown field"),
    ({"kind": "turnFlagOff", "value": 1}, "unknown field"),
    ({"kind": FALLTHROUGH}, "exactly one of variationId and rolloutWeights"),
    ({"kind": FALLTHROUGH, "variationId": "a", "rolloutWeights": {"a": 1}}, "exactly one of"),
    ({"kind": FALLTHROUGH, "variationId": "x"}, "unknown variation id 'x'"),
    ({"kind": FALLTHROUGH, "rolloutWeights": {}}, "add up to 100000, not 0"),
    ({"kind": FALLTHROUGH, "rolloutWeights": {"x": 0, "a": 100_000}}, "unknown variation id 'x'"),
    ({"kind": FALLTHROUGH, "rolloutWeights": {"a": 1.5}}, "Expected `int`, got `float`"),
    (
        {"kind": FALLTHROUGH, "rolloutWeights": {"a": 100_000}, "rolloutBucketBy": "/"},
        "attribute reference",
    ),
    ({"kind": "updateOffVariation", "variationId": "x"}, "unknown variation id 'x'"),
    ({"kind": "updateTrackEvents", "trackEvents": "yes"}, "Expected `bool`, got `str`"),
    ({"kind": "updateTrackEventsFallthrough"}, "missing required field `trackEvents`"),
]


@pytest.mark.parametrize(("before", "instruction", "after"), CASES)
def test_what_an_environment_serves_changes(before, instruction, after):
    assert run_on_targeting(a_targeting(**before), instruction) == a_targeting(**after)


@pytest.mark.parametrize(("instruction", "error"), REFUSALS)
def test_what_an_environment_cannot_serve_is_refused(instruction, error):
    with pytest.raises(InvalidRequest, match=error):
        run_on_targeting(a_targeting(), instruction)


def test_a_migration_flag_serves_rollouts_only():
    with pytest.raises(InvalidRequest, match="migration flag serves percentage rollouts"):
        run_on_targeting(a_targeting(), {"kind": FALLTHROUGH, "variationId": "a"}, flag=a_migration_flag())


def run_internal(targeting, instruction, flag=None):
    return FLAG.apply(a_state(flag, test=targeting), an_edit(), [instruction]).environments["test"]


def test_a_patch_may_set_what_no_documented_kind_expresses():
    rollout = {"weights": [{"variation_id": "b", "weight": 100_000}], "seed": 7}
    changed = run_internal(a_targeting(), {"kind": "setFallthrough", "fallthrough": rollout})
    assert changed.fallthrough == a_rollout({"b": 100_000}, seed=7)
    assert run_internal(a_targeting(), {"kind": "unsetOffVariation"}).off_variation_id is None
    ratio = {"kind": "setCheckRatio", "checkRatio": 10}
    assert run_internal(a_targeting(), ratio, a_migration_flag()).check_ratio == 10


@pytest.mark.parametrize(
    ("instruction", "error"),
    [
        ({"kind": "setFallthrough", "fallthrough": "x"}, "unknown variation id 'x'"),
        ({"kind": "setCheckRatio", "checkRatio": 1}, "for migration flags"),
    ],
)
def test_what_has_become_impossible_since_is_refused(instruction, error):
    with pytest.raises(InvalidRequest, match=error):
        run_internal(a_targeting(), instruction)
