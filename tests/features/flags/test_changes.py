import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from flagstaff.features.flags.changes import Step, aspects, derive, single_step
from flagstaff.features.flags.model import FlagState, Prerequisite
from flagstaff.features.flags.prerequisites import resolve_prerequisites
from flagstaff.features.targeting.values import same
from flagstaff.kernel.errors import InvalidRequest
from tests.support.flag_states import OTHERS, flag_states, replay
from tests.support.flags import a_flag, a_rollout, a_rule, a_state, a_targeting, an_edit


def resolved(state: FlagState) -> FlagState:
    environments = {
        key: resolve_prerequisites(state.flag.key, targeting, OTHERS.get)
        for key, targeting in state.environments.items()
    }
    return replace(state, environments=environments)


@settings(max_examples=200, deadline=None)
@given(flag_states, flag_states)
def test_derived_instructions_make_the_one_state_of_the_other(before, after):
    made = resolved(replay(before, derive(before, after), an_edit("")))
    assert same(made.flag, after.flag)
    assert all(same(made.environments[key], wanted) for key, wanted in after.environments.items())


@settings(max_examples=200, deadline=None)
@given(flag_states)
def test_nothing_is_derived_from_no_change(state):
    assert derive(state, state) == ()


def kinds(before, after):
    return [(step.environment, wire["kind"]) for step in derive(before, after) for wire in step.instructions]


@pytest.mark.parametrize(
    ("changes", "derived"),
    [
        ({"on": True}, ["turnFlagOn"]),
        ({"fallthrough": a_rollout()}, ["updateFallthroughVariationOrRollout"]),
        ({"fallthrough": a_rollout({"b": 50_000, "a": 50_000})}, ["setFallthrough"]),
        ({"fallthrough": a_rollout(seed=3)}, ["setFallthrough"]),
        ({"rules": (a_rule(),)}, ["setRules"]),  # its id is no UUID that could be kept
        ({"off_variation_id": None}, ["unsetOffVariation"]),
        ({"prerequisites": (Prerequisite(key="cart", variation_id="a"),)}, ["replacePrerequisites"]),
        ({"prerequisites": (Prerequisite(key="cart", variation=1),)}, ["setPrerequisites"]),
        ({"off_variation_id": "a", "track_events": True}, ["updateTrackEvents", "updateOffVariation"]),
    ],
)
def test_documented_kinds_are_used_wherever_they_say_it_all(changes, derived):
    before = a_state()
    after = a_state(test=a_targeting(**changes))
    assert kinds(before, after) == [("test", kind) for kind in derived]


def test_rules_keep_their_ids_in_a_documented_kind():
    before = a_state(test=a_targeting(rules=(a_rule("1"), a_rule("2"))))
    after = a_state(test=a_targeting(rules=(a_rule("2", "c", ref="r"),)))
    (step,) = derive(before, after)
    assert step == Step(
        "test",
        (
            {
                "kind": "replaceRules",
                "rules": [
                    {
                        "_id": "2",
                        "variationId": "c",
                        "clauses": [
                            {
                                "_id": "clause-of-2",
                                "contextKind": "user",
                                "attribute": "country",
                                "op": "in",
                                "values": ["SE", "NO"],
                                "negate": False,
                            }
                        ],
                        "ref": "r",
                        "trackEvents": False,
                    }
                ],
            },
        ),
    )


def test_what_the_loss_of_a_variation_entails_is_not_said_again():
    before = a_state(test=a_targeting(rules=(a_rule("1", "b"),)))
    after = a_state(a_flag(variations=(before.flag.variations[0], before.flag.variations[2])))
    assert kinds(before, after) == [("", "removeVariation")]


def test_another_order_of_variations_takes_an_internal_kind():
    before = a_state()
    assert kinds(before, a_state(a_flag(variations=before.flag.variations[::-1]))) == [("", "setVariations")]


def test_deleting_is_derived():
    assert kinds(a_state(), replace(a_state(), deleted=True)) == [("", "deleteFlag")]


def test_aspects_name_the_actions_and_where_they_are_needed():
    before = a_state(test=a_targeting(), production=a_targeting())
    after = a_state(
        a_flag(name="New", temporary=False, tags=("a",)),
        test=a_targeting(on=True),
        production=a_targeting(on=True, rules=(a_rule(),)),
    )
    assert aspects(derive(before, after)) == {
        ("updateName", None),
        ("updateTemporary", None),
        ("updateTags", None),
        ("updateOn", "test"),
        ("updateOn", "production"),
        ("updateRules", "production"),
    }


def test_a_semantic_patch_is_one_step():
    steps = single_step("test", [{"kind": "turnFlagOn"}, {"kind": "updateName", "value": "New"}])
    assert aspects(steps) == {("updateOn", "test"), ("updateName", None)}
    assert replay(a_state(), steps, an_edit("")).environments["test"].on


def test_a_replay_on_another_state_is_refused_when_it_refers_to_what_is_gone():
    before = a_state()
    steps = derive(before, a_state(test=a_targeting(fallthrough="b")))
    smaller = a_state(a_flag(variations=(before.flag.variations[0], before.flag.variations[2])))
    with pytest.raises(InvalidRequest, match="unknown variation id 'b'"):
        replay(smaller, steps, an_edit(""))
