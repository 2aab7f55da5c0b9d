import pytest

from flagstaff.kernel.filters.expression import And, Or, Term
from flagstaff.kernel.filters.matching import matches

MEMBERS = {"key": "shop", "kind": "mobile", "autoAdded": True}


@pytest.mark.parametrize(
    ("expression", "met"),
    [
        (None, True),
        (Term("key", "equals", "shop"), True),
        (Term("key", "equals", "Shop"), False),
        (Term("key", "notEquals", "shop"), False),
        (Term("key", "startsWith", "sh"), True),
        (Term("kind", "anyOf", ("mobile", "server")), True),
        (Term("kind", "anyOf", ("server",)), False),
        (Term("autoAdded", "equals", True), True),
        (And((Term("key", "equals", "shop"), Term("kind", "equals", "server"))), False),
        (Or((Term("key", "equals", "shop"), Term("kind", "equals", "server"))), True),
        (And(()), True),
    ],
)
def test_an_item_meets_what_holds_for_its_members(expression, met):
    assert matches(expression, MEMBERS) is met


def test_an_operator_that_is_not_known_here_is_a_defect():
    with pytest.raises(ValueError, match="before"):
        matches(Term("key", "before", 1), MEMBERS)
