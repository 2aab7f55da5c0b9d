from flagstaff.features.flags.model import MigrationSettings, Prerequisite
from flagstaff.features.flags.references import References, collect_references, lost_variations
from tests.support.clauses import a_clause
from tests.support.flags import (
    a_flag,
    a_migration_flag,
    a_rollout,
    a_rule,
    a_state,
    a_target,
    a_targeting,
)


def test_an_environment_refers_to_segments_flags_and_kinds_of_context():
    targeting = a_targeting(
        targets=(a_target("a", "x", kind="device"),),
        rules=(
            a_rule(
                "1", clauses=(a_clause(op="segmentMatch", values=("beta", "staff"), context_kind="ignored"),)
            ),
            a_rule("2", a_rollout(context_kind="team"), clauses=(a_clause(context_kind="org"),)),
        ),
        fallthrough=a_rollout(context_kind="region"),
        prerequisites=(Prerequisite(key="login", variation_id="a", variation=0),),
    )
    references = collect_references(a_state(a_flag(), test=targeting, empty=a_targeting()))
    assert references == {
        "test": References(
            frozenset({"beta", "staff"}), frozenset({"login"}), frozenset({"device", "team", "org", "region"})
        ),
        "empty": References(frozenset(), frozenset(), frozenset()),
    }


def test_a_migration_refers_to_the_kind_of_context_that_moves():
    flag = a_migration_flag(migration_settings=MigrationSettings(stage_count=6, context_kind="account"))
    assert collect_references(a_state(flag))["test"].context_kinds == {"account"}


def test_lost_variations_are_those_of_before_that_are_gone():
    before = a_flag()
    assert lost_variations(before, a_flag(variations=before.variations[1:])) == {"a"}
    assert lost_variations(before, before) == set()
