"""What preparing a segment decides; who is in the prepared segment is tested with evaluation."""

from typing import Any

import pytest

from flagstaff.evaluation.model import Segment
from flagstaff.evaluation.preparation.segments import prepare_segment
from tests.support.sdk_data import a_clause, a_segment


def prepare(**members: Any) -> Segment:
    segment = prepare_segment("segment", a_segment(**members))
    assert segment is not None
    return segment


def test_lists_are_laid_out_by_kind_and_included_outweighs_excluded() -> None:
    segment = prepare(
        included=["a"],
        excluded=["a", "b"],
        includedContexts=[{"contextKind": "org", "values": ["o"]}, {"values": ["c"]}],
        excludedContexts=[
            {"contextKind": "org", "values": ["o", "p"]},
            {"contextKind": "user", "values": ["c", "a"]},
        ],
    )
    assert segment.users == {"a": True, "b": False}
    assert segment.members == {"user": {"a": True, "b": False, "c": True}, "org": {"o": True, "p": False}}


def test_being_included_as_a_user_outweighs_being_excluded_by_kind() -> None:
    excluded = [{"contextKind": "user", "values": ["a"]}]
    assert prepare(included=["a"], excludedContexts=excluded).members == {"user": {"a": True}}


@pytest.mark.parametrize(
    ("generation", "reference"), [(None, None), (0, "segment.g0"), (3, "segment.g3"), (3.0, "segment.g3")]
)
def test_the_reference_names_key_and_generation(generation: Any, reference: str | None) -> None:
    segment = prepare(unbounded=True, generation=generation)
    assert (segment.is_unbounded, segment.unbounded_kind, segment.reference) == (True, "user", reference)


def test_a_rule_has_a_share_only_with_a_weight() -> None:
    rules = [
        {"clauses": []},
        {"clauses": [], "weight": 5},
        {"clauses": [], "weight": 5, "bucketBy": "/", "rolloutContextKind": "user"},
    ]
    first, second, third = prepare(rules=rules).rules
    assert (first.share, third.share) == (None, None)
    assert second.share is not None
    assert [bool(rule.clauses) for rule in (first, second, third)] == [False, False, True]
    assert "bucketBy" in third.clauses[0].problem


def test_a_deleted_segment_is_none() -> None:
    assert prepare_segment("segment", '{"deleted":true}') is None


@pytest.mark.parametrize(
    "source", [None, [], "{", {"rules": [a_clause("a", "in", values=5)]}, {"rules": 5}, {"deleted": 1}]
)
def test_an_unreadable_segment_has_a_problem(source: Any) -> None:
    segment = prepare_segment("segment", source)
    assert segment is not None
    if source != {"rules": [a_clause("a", "in", values=5)]}:
        assert "wrong types" in segment.rules[0].clauses[0].problem
