"""Who is affected by a change of whom."""

import pytest

from flagstaff.evaluation import Dataset
from tests.support.sdk_data import a_clause, a_dataset, a_flag, a_rule, a_segment, in_segment


def needing(key: str, *others: str, **members: object) -> dict[str, object]:
    return a_flag(key, prerequisites=[{"key": other, "variation": 0} for other in others], **members)


@pytest.fixture
def dataset() -> Dataset:
    """`c` needs `b`, which needs `a`; `in-outer` asks for `outer`, which asks for `inner`."""
    return a_dataset(
        needing("c", "b"),
        needing("b", "a"),
        a_flag("a"),
        a_flag("alone", rules=[a_rule(a_clause("name", "in", "inner"))]),
        needing("off", "a", on=False),
        a_flag("in-outer", rules=[a_rule(a_clause("x", "in", 1)), a_rule(in_segment("outer"))]),
        needing("behind", "in-outer"),
        needing("needs-removed", "removed"),
        segments=(
            a_segment("outer", rules=[{"clauses": [in_segment("inner")]}]),
            a_segment("inner"),
            a_segment("unused"),
        ),
    )


@pytest.mark.parametrize(
    ("flags", "segments", "affected"),
    [
        ([], [], set()),
        (["alone"], [], {"alone"}),
        (["c"], [], {"c"}),
        (["a"], [], {"a", "b", "c"}),
        (["removed"], [], {"removed", "needs-removed"}),
        ([], ["unused"], set()),
        ([], ["outer"], {"in-outer", "behind"}),
        ([], ["inner"], {"in-outer", "behind"}),
        (["b"], ["inner"], {"b", "c", "in-outer", "behind"}),
    ],
)
def test_a_change_affects_whoever_leads_to_it(
    dataset: Dataset, flags: list[str], segments: list[str], affected: set[str]
) -> None:
    assert dataset.find_affected(flags, segments) == affected


def test_circles_come_to_an_end() -> None:
    dataset = a_dataset(
        needing("a", "b"),
        needing("b", "a"),
        a_flag("c", rules=[a_rule(in_segment("s"))]),
        segments=(
            a_segment("s", rules=[{"clauses": [in_segment("t")]}]),
            a_segment("t", rules=[{"clauses": [in_segment("s")]}]),
        ),
    )
    assert dataset.find_affected(["a"], ["t"]) == {"a", "b", "c"}
