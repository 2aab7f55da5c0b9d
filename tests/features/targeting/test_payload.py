from flagstaff.features.targeting.payload import sdk_clauses
from tests.support.clauses import a_clause


def test_a_clause_has_every_member_that_sdks_ask_for():
    assert sdk_clauses([a_clause("clause-1")]) == [
        {
            "contextKind": "user",
            "attribute": "country",
            "op": "in",
            "values": ["SE", "NO"],
            "negate": False,
        }
    ]


def test_the_attribute_of_a_segment_clause_is_empty_whatever_stood_in_its_place():
    (clause,) = sdk_clauses([a_clause(op="segmentMatch", attribute="segmentMatch", values=("beta",))])
    assert clause["attribute"] == ""
    assert clause["values"] == ["beta"]
