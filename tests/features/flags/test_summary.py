from flagstaff.features.flags.model import Prerequisite
from flagstaff.features.flags.summary import summarise
from tests.support.flags import a_flag, a_rollout, a_rule, a_target, a_targeting
from tests.support.wire import as_json


def counted(**targeting):
    summary = as_json(summarise(a_flag(), a_targeting(**targeting)))
    nothing = {"rules": 0, "nullRules": 0, "targets": 0, "contextTargets": 0}
    return {
        index: {name: count for name, count in counts.items() if nothing.get(name) != count}
        for index, counts in summary["variations"].items()
    }


def test_rules_count_for_every_variation_they_may_serve():
    rules = (a_rule("1", "b"), a_rule("2", a_rollout({"a": 1, "b": 99_999})), a_rule("3", "b", clauses=()))
    assert counted(rules=rules, fallthrough="c") == {
        "0": {"rules": 1},
        "1": {"rules": 3, "nullRules": 1},
        "2": {"isFallthrough": True, "isOff": True},
    }


def test_targets_of_users_and_of_other_kinds_are_counted_by_key():
    targets = (a_target("b", "ann", "bob"), a_target("b", "acme", kind="org"))
    assert counted(targets=targets)["1"] == {"targets": 2, "contextTargets": 1}


def test_a_rolled_out_default_shows_its_shares():
    assert counted(fallthrough=a_rollout(bucket_by="email"), off_variation_id=None) == {
        "0": {"isFallthrough": True, "rollout": 60_000, "bucketBy": "email"},
        "1": {"isFallthrough": True, "rollout": 40_000, "bucketBy": "email"},
        "2": {},
    }


def test_prerequisites_are_counted():
    targeting = a_targeting(prerequisites=(Prerequisite(key="login"), Prerequisite(key="cart")))
    assert summarise(a_flag(), targeting).prerequisites == 2
