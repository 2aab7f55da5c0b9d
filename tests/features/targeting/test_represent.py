import msgspec

from flagstaff.features.targeting.clauses import build_clauses
from flagstaff.features.targeting.names import IdClaims
from flagstaff.features.targeting.represent import represent_clauses
from tests.support.clauses import a_clause
from tests.support.ids import counting_ids, nth_uuid


def test_a_clause_is_shown_whole():
    shown = represent_clauses([a_clause("clause-1", context_kind="org", negate=True)])
    assert msgspec.to_builtins(shown) == (
        {
            "_id": "clause-1",
            "contextKind": "org",
            "attribute": "country",
            "op": "in",
            "values": ("SE", "NO"),
            "negate": True,
        },
    )


def test_what_is_shown_can_be_sent_back():
    clause = a_clause(nth_uuid(7), op="matches", values=("^a", 1, True))
    assert build_clauses(represent_clauses([clause]), IdClaims(counting_ids())) == (clause,)
