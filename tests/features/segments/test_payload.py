from flagstaff.evaluation import Dataset
from flagstaff.features.segments.payload import sdk_segment
from tests.support.clauses import a_clause
from tests.support.segments import a_segment, a_segment_rule, a_target


def test_an_empty_segment_has_every_member_that_sdks_ask_for():
    assert sdk_segment(a_segment()) == {
        "key": "beta",
        "included": [],
        "excluded": [],
        "includedContexts": [],
        "excludedContexts": [],
        "salt": "5a1t" * 8,
        "rules": [],
    }


def test_users_stand_apart_from_other_kinds():
    listed = (a_target("ann", "bob"), a_target("acme", kind="org"))
    document = sdk_segment(a_segment(included=listed, excluded=listed))
    for side in ("included", "excluded"):
        assert document[side] == ["ann", "bob"]
        assert document[f"{side}Contexts"] == [{"contextKind": "org", "values": ["acme"]}]


def test_a_rule_without_a_share_has_nothing_of_a_rollout():
    (rule,) = sdk_segment(a_segment(rules=(a_segment_rule(bucket_by="city", description="Hidden"),)))["rules"]
    assert rule == {
        "id": "rule-1",
        "clauses": [
            {
                "contextKind": "user",
                "attribute": "country",
                "op": "in",
                "values": ["SE", "NO"],
                "negate": False,
            }
        ],
    }


def test_a_share_names_the_kind_that_it_is_of():
    half = a_segment_rule(clauses=(), weight=50_000)
    (rule,) = sdk_segment(a_segment(rules=(half,)))["rules"]
    assert rule == {"id": "rule-1", "clauses": [], "weight": 50_000, "rolloutContextKind": "user"}
    by_city = a_segment_rule(weight=0, bucket_by="/address/city", rollout_context_kind="org")
    (rule,) = sdk_segment(a_segment(rules=(by_city,)))["rules"]
    assert (rule["weight"], rule["bucketBy"], rule["rolloutContextKind"]) == (0, "/address/city", "org")


def test_our_evaluation_reads_it():
    segment = a_segment(
        included=(a_target("ann"), a_target("acme", kind="org")),
        excluded=(a_target("bob"),),
        rules=(a_segment_rule(clauses=(a_clause(op="startsWith", values=("S",)),)),),
    )
    dataset = Dataset.from_json({"flags": {}, "segments": {"beta": sdk_segment(segment) | {"version": 7}}})
    swede = {"country": "SE"}
    assert dataset.segment_matches("beta", {"kind": "user", "key": "ann"})
    assert dataset.segment_matches("beta", {"kind": "org", "key": "acme"})
    assert dataset.segment_matches("beta", {"kind": "user", "key": "eve", **swede})
    assert not dataset.segment_matches("beta", {"kind": "user", "key": "bob", **swede})
    assert not dataset.segment_matches("beta", {"kind": "user", "key": "eve"})
