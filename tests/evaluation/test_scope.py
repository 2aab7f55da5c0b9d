import pytest

from flagstaff.evaluation.context import parse_context
from flagstaff.evaluation.lookup import MalformedFlag
from flagstaff.evaluation.model import Segment
from flagstaff.evaluation.preparation.segments import prepare_segment
from flagstaff.evaluation.scope import MAX_DEPTH, Scope
from tests.support.sdk_data import a_segment, in_segment

CONTEXT = parse_context({"key": "u"})


def a_chain(length: int) -> dict[str, Segment]:
    """Segments each of which asks for the next; the last one includes the user."""
    segments = {}
    for number in range(length):
        rules = [{"clauses": [in_segment(f"s-{number + 1}")]}] if number + 1 < length else []
        segment = prepare_segment(
            f"s-{number}", a_segment(f"s-{number}", rules=rules, included=[] if rules else ["u"])
        )
        assert segment is not None
        segments[f"s-{number}"] = segment
    return segments


def test_an_unknown_segment_contains_nobody() -> None:
    assert not Scope({}, {}).contains("unknown", CONTEXT)


def test_segments_may_nest_as_deep_as_the_limit() -> None:
    assert Scope({}, a_chain(MAX_DEPTH)).contains("s-0", CONTEXT)


@pytest.mark.parametrize("length", [MAX_DEPTH + 1, 5000])
def test_deeper_ones_are_malformed(length: int) -> None:
    scope = Scope({}, a_chain(length))
    with pytest.raises(MalformedFlag):
        scope.contains("s-0", CONTEXT)
    scope.forget()
    assert scope.contains(f"s-{length - 1}", CONTEXT)


def test_what_was_found_out_is_not_looked_for_again() -> None:
    segments = a_chain(2)
    scope = Scope({}, segments)
    assert scope.contains("s-0", CONTEXT)
    segments.clear()
    assert scope.contains("s-0", CONTEXT)
    assert scope.contains("s-1", CONTEXT)
    scope.forget()
    assert not scope.contains("s-0", CONTEXT)


def test_segments_that_branch_at_every_level_are_evaluated_once() -> None:
    segments = {}
    for number in range(60):
        asked = [in_segment(f"s-{number + 1}"), in_segment(f"s-{number + 1}", negate=True)]
        segment = prepare_segment(
            "", a_segment(f"s-{number}", rules=[{"clauses": asked}, {"clauses": asked}])
        )
        assert segment is not None
        segments[f"s-{number}"] = segment
    assert not Scope({}, segments).contains("s-0", CONTEXT)


def test_memberships_are_remembered_beyond_one_evaluation() -> None:
    asked: list[str] = []

    def find(key: str) -> None:
        asked.append(key)

    scope = Scope({}, {}, find)
    scope.get_membership("u")
    assert scope.status == "HEALTHY"
    scope.forget()
    assert scope.status is None
    scope.get_membership("u")
    assert (scope.status, asked) == ("HEALTHY", ["u"])
    scope.miss_big_segment()
    assert scope.status == "NOT_CONFIGURED"
