import pytest

from flagstaff.features.targeting import model
from flagstaff.features.targeting.wording import OPERATORS, change, listing, percent, word_clause
from tests.support.clauses import a_clause


def test_of_very_many_values_the_first_are_listed():
    assert listing(["a", 1]) == "`a`, `1`"
    assert listing(list(range(103))).endswith("`99` and 3 more")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [("a", "b", "from ~~a~~ to b"), ("", "b", "to b"), ("a", "", "from ~~a~~ to none")],
)
def test_a_change_says_what_became_what(before, after, said):
    assert change(before, after) == said


def test_every_operator_can_be_said_both_ways():
    assert set(OPERATORS) == set(model.OPERATORS)
    said = {word_clause(a_clause(op=op, negate=negate)) for op in OPERATORS for negate in (False, True)}
    assert len(said) == 2 * len(OPERATORS)


def test_a_weight_is_a_percentage_without_needless_digits():
    assert [percent(weight) for weight in (0, 12_345, 50_000, 100_000)] == ["0%", "12.345%", "50%", "100%"]
