import msgspec
import pytest

from flagstaff.features.targeting.equality import unchanged
from flagstaff.features.targeting.model import Clause
from tests.support.clauses import a_clause


@pytest.mark.parametrize(
    ("one", "other"),
    [(1, 1), ("a", "a"), (None, None), ([1, "a"], [1, "a"]), ({"a": [1]}, {"a": [1]}), ((), ())],
)
def test_equal_values_of_equal_types_are_unchanged(one, other):
    assert unchanged(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [(1, True), (1, 1.0), (0, False), ([1], [True]), ({"a": [0]}, {"a": [0.0]}), ("a", "b"), ([1], (1,))],
)
def test_values_that_are_written_differently_are_a_change(one, other):
    assert not unchanged(one, other)


def test_a_clause_that_compares_with_another_type_is_a_change():
    assert not unchanged((a_clause(values=(1,)),), (a_clause(values=(True,)),))
    assert unchanged((a_clause(values=(1,)),), (a_clause(values=(1,)),))


def test_a_default_that_was_sent_is_no_change():
    sent = msgspec.json.decode(
        b'{"id": "clause-1", "attribute": "country", "op": "in", "values": ["SE"], "context_kind": "user"}',
        type=Clause,
    )
    assert unchanged(sent, a_clause("clause-1", values=("SE",)))
