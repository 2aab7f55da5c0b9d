import pytest

from flagstaff.features.flags.instructions.vocabulary import FLAG
from flagstaff.features.flags.model import Rule
from flagstaff.features.targeting.model import MAX_RULES
from flagstaff.kernel.errors import InvalidRequest
from tests.support.clauses import a_clause
from tests.support.flags import a_migration_flag, a_rollout, a_rule, a_state, a_targeting, an_edit
from tests.support.ids import nth_uuid
from tests.support.instructions import run_on_targeting

CLAUSE = {"attribute": "country", "op": "in", "values": ["SE", "NO"]}
KNOWN = CLAUSE | {"_id": "clause-of-1"}
ONE, TWO = a_rule("1"), a_rule("2")


def adding(**more):
    return {"kind": "addRule", "clauses": [CLAUSE], "variationId": "a"} | more


def replacing(*rules):
    return {"kind": "replaceRules", "rules": [{"clauses": [CLAUSE]} | rule for rule in rules]}


def added(serve="a", **more):
    """The rule that `adding` makes: the clause gets the first id, or the rule, as `replaceRules` does."""
    return Rule(id=nth_uuid(1), clauses=(a_clause(nth_uuid(2)),), serve=serve, **more)


CASES = [
    ((ONE,), adding(), (ONE, added())),
    ((ONE, TWO), adding(beforeRuleId="2"), (ONE, added(), TWO)),
    (
        (),
        adding(description="d", ref="r", trackEvents=True),
        (added(description="d", ref="r", track_events=True),),
    ),
    ((), adding(clauses=[]), (Rule(id=nth_uuid(1), serve="a"),)),
    (
        (),
        {
            "kind": "addRule",
            "clauses": [CLAUSE],
            "rolloutWeights": {"b": 40_000, "a": 60_000},
            "rolloutContextKind": "org",
        },
        (added(a_rollout(context_kind="org")),),
    ),
    ((ONE, TWO), {"kind": "removeRule", "ruleId": "1"}, (TWO,)),
    ((ONE, TWO), {"kind": "removeRule", "ruleId": "9"}, (ONE, TWO)),
    ((ONE, TWO), {"kind": "reorderRules", "ruleIds": ["2", "1"]}, (TWO, ONE)),
    ((ONE, TWO), replacing({"variationId": "a"}), (added(),)),
    ((ONE,), replacing({"_id": "1", "clauses": [KNOWN], "variationId": "b"}), (ONE,)),
    (
        (ONE,),
        replacing({"_id": nth_uuid(8), "clauses": [], "variationId": "b"}),
        (Rule(id=nth_uuid(8), serve="b"),),
    ),
    (
        (ONE,),
        replacing(*[{"_id": "1", "clauses": [], "rolloutWeights": {"a": 60_000, "b": 40_000}}] * 2),
        (Rule(id="1", serve=a_rollout()), Rule(id=nth_uuid(1), serve=a_rollout())),
    ),
    ((ONE,), replacing(), ()),
    (
        (ONE, TWO),
        {"kind": "updateRuleVariationOrRollout", "ruleId": "2", "variationId": "c"},
        (ONE, a_rule("2", "c")),
    ),
    (
        (a_rule("1", a_rollout(seed=5)),),
        {"kind": "updateRuleVariationOrRollout", "ruleId": "1", "rolloutWeights": {"c": 100_000}},
        (a_rule("1", a_rollout({"c": 100_000}, seed=5)),),
    ),
    (
        (ONE,),
        {"kind": "updateRuleDescription", "ruleId": "1", "description": "Nordic"},
        (a_rule("1", description="Nordic"),),
    ),
    (
        (ONE,),
        {"kind": "updateRuleTrackEvents", "ruleId": "1", "trackEvents": True},
        (a_rule("1", track_events=True),),
    ),
]

REFUSALS = [
    (adding(variationId="x"), "unknown variation id 'x'"),
    (adding(rolloutWeights={"a": 100_000}), "exactly one of"),
    (adding(beforeRuleId="9"), "unknown rule id '9'"),
    (adding(clauses=[CLAUSE | {"op": "is"}]), "unknown operator 'is'"),
    (
        adding(clauses=[CLAUSE | {"values": [None]}]),
        r"got `null` - at `\$.instructions\[0\].clauses\[0\].values\[0\]`",
    ),
    (adding(clauses=[CLAUSE | {"value": 1}]), "unknown field `value`"),
    ({"kind": "removeRule"}, "missing required field `ruleId`"),
    ({"kind": "reorderRules", "ruleIds": ["1"]}, "exactly once"),
    (replacing({}), "exactly one of variationId"),
    (replacing(*[{"variationId": "a", "clauses": []}] * (MAX_RULES + 1)), "more than 1000 rules"),
    ({"kind": "updateRuleVariationOrRollout", "ruleId": "9", "variationId": "a"}, "unknown rule id '9'"),
    ({"kind": "updateRuleVariationOrRollout", "ruleId": "1"}, "exactly one of"),
    ({"kind": "updateRuleDescription", "ruleId": "9", "description": ""}, "unknown rule id '9'"),
    ({"kind": "updateRuleTrackEvents", "ruleId": "9", "trackEvents": True}, "unknown rule id '9'"),
]


@pytest.mark.parametrize(("before", "instruction", "after"), CASES)
def test_the_rules_change(before, instruction, after):
    changed = run_on_targeting(a_targeting(rules=before), instruction)
    assert changed == a_targeting(rules=after)


@pytest.mark.parametrize(("instruction", "error"), REFUSALS)
def test_rules_that_could_not_be_followed_are_refused(instruction, error):
    with pytest.raises(InvalidRequest, match=error):
        run_on_targeting(a_targeting(rules=(ONE, TWO)), instruction)


def test_a_cohort_of_a_migration_is_always_a_rollout():
    with pytest.raises(InvalidRequest, match="migration flag serves percentage rollouts"):
        run_on_targeting(a_targeting(), adding(), flag=a_migration_flag())


def test_a_patch_may_set_rules_that_no_documented_kind_expresses():
    rule = {"id": "1", "serve": {"weights": [{"variation_id": "b", "weight": 100_000}], "seed": 7}}
    state = a_state(test=a_targeting(rules=(ONE, TWO)))
    changed = FLAG.apply(state, an_edit(), [{"kind": "setRules", "rules": [rule]}])
    assert changed.environments["test"].rules == (Rule(id="1", serve=a_rollout({"b": 100_000}, seed=7)),)
    with pytest.raises(InvalidRequest, match="unknown variation id 'x'"):
        FLAG.apply(state, an_edit(), [{"kind": "setRules", "rules": [{"id": "1", "serve": "x"}]}])
