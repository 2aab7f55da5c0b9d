"""Looking into an expression."""

from flagstaff.kernel.filters.expression import And, Or, Term, find_value, list_terms

A, B, C = (Term(name, "equals", name.upper()) for name in "abc")


def test_the_terms_of_an_expression_are_listed_from_left_to_right():
    assert list(list_terms(Or((And((A, B)), C)))) == [A, B, C]


def test_no_expression_has_no_terms():
    assert list(list_terms(None)) == []


def test_the_value_of_a_field_is_found_among_terms():
    assert find_value((A, B), "b") == "B"
    assert find_value((A, B), "c") is None
