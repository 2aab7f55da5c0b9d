import pytest
from msgspec import UNSET

from flagstaff.evaluation.traces import SplitTrace
from flagstaff.features.console.explanations.represent_splits import (
    represent_result,
    represent_split,
    represent_variation,
)
from flagstaff.features.console.explanations.schemas import TracedSplitRep
from tests.support.flags import a_flag


def a_split(**members: object) -> SplitTrace:
    base = {
        "kind": "org",
        "path": ("key",),
        "value": "acme",
        "bucket": 0.4,
        "ends": (0.25000001, 1.0),
        "variations": (0, 9),
        "chosen": 1,
        "is_experiment": False,
    }
    return SplitTrace(**(base | members))


@pytest.mark.parametrize(
    ("path", "reference"),
    [(("key",), "key"), (("a", "b"), "/a/b"), (("/odd",), "/~1odd"), (("a/b", "c~d"), "/a~1b/c~0d")],
)
def test_the_attribute_of_a_split_is_a_reference(path: tuple[str, ...], reference: str) -> None:
    shown = represent_split(a_split(path=path), a_flag())
    assert isinstance(shown, TracedSplitRep)
    assert shown.attribute == reference


def test_shares_follow_each_other_with_what_they_serve() -> None:
    shown = represent_split(a_split(), a_flag())
    assert isinstance(shown, TracedSplitRep)
    first, second = shown.shares
    assert (first.begin, first.end, second.begin, second.end) == (0.0, 0.25, 0.25, 1.0)
    assert first.variation == represent_variation(a_flag(), 0)
    assert represent_split(None, a_flag()) is UNSET


def test_a_context_without_the_kind_has_neither_value_nor_bucket() -> None:
    shown = represent_split(a_split(value=None, bucket=None, chosen=None), a_flag())
    assert isinstance(shown, TracedSplitRep)
    assert (shown.value, shown.bucket, shown.chosen) == (UNSET, UNSET, UNSET)


def test_a_variation_that_is_not_there_has_only_its_index() -> None:
    assert represent_variation(a_flag(), 1).value == "green"
    for index in (-1, 3):
        assert (represent_variation(a_flag(), index).index, represent_variation(a_flag(), index).value) == (
            index,
            None,
        )
    assert represent_result(a_flag(), None) is UNSET
    assert represent_variation(None, 0).name == ""
