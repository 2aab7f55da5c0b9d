import pytest

from flagstaff.features.segments.model import KeyChange
from flagstaff.kernel.errors import InvalidRequest
from tests.support.segments import a_segment, run

CASES = [
    ({"kind": "addBigSegmentIncludedTargets", "values": ["a", "b", "a"]}, KeyChange(added=("a", "b"))),
    ({"kind": "addBigSegmentExcludedTargets", "values": ["a"]}, KeyChange(included=False, added=("a",))),
    ({"kind": "removeBigSegmentIncludedTargets", "values": ["a"]}, KeyChange(removed=("a",))),
    ({"kind": "removeBigSegmentExcludedTargets", "values": ["a"]}, KeyChange(included=False, removed=("a",))),
    ({"kind": "processBigSegmentImport", "importId": "i-1"}, KeyChange(import_id="i-1")),
]
REFUSALS = [
    *(({**wire, "contextKind": "user"}, "unknown field `contextKind`") for wire, _ in CASES),
    *(({**wire, "values": [""]}, "must not be empty") for wire, _ in CASES[:4]),
    *(({"kind": wire["kind"]}, "missing required field") for wire, _ in CASES),
]


def a_big_segment(**changes):
    return a_segment(unbounded=True, unbounded_context_kind="user", **changes)


@pytest.mark.parametrize(("wire", "change"), CASES)
def test_what_is_asked_for_is_noted_in_its_order(wire, change):
    assert run(a_big_segment(), wire) == a_big_segment(pending=(change,))
    assert run(a_big_segment(), wire, CASES[0][0]).pending == (change, CASES[0][1])


@pytest.mark.parametrize(("wire", "reason"), REFUSALS)
def test_a_wrong_instruction_is_refused(wire, reason):
    with pytest.raises(InvalidRequest, match=reason):
        run(a_big_segment(), wire)


@pytest.mark.parametrize("wire", [wire for wire, _ in CASES])
def test_a_standard_segment_refuses_them(wire):
    with pytest.raises(InvalidRequest, match="beta is not a big segment"):
        run(a_segment(), wire)
