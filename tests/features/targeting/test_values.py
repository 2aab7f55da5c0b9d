import pytest

from flagstaff.features.targeting.values import identify, same, subtract, unite


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        ("1", 1, False),
        ({"a": 1, "b": [2.0]}, {"b": [2], "a": 1.0}, True),
        ([1, 2], [2, 1], False),
        (None, False, False),
    ],
)
def test_json_values_are_identified_by_type_and_value(one, other, equal):
    assert (identify(one) == identify(other)) is equal


def test_states_that_python_takes_for_equal_are_told_apart():
    assert (1,) == (True,)
    assert not same((1,), (True,))
    assert same((1, "x"), (1, "x"))


def test_a_union_keeps_the_order_and_takes_each_new_value_once():
    assert unite((3, 1), (1.0, True, 2, 2)) == (3, 1, True, 2)


def test_a_union_leaves_the_present_values_alone_even_repeated_ones():
    assert unite((1, 1), (1,)) == (1, 1)


def test_subtraction_ignores_what_is_absent():
    assert subtract((1, True, "a"), (1, "b")) == (True, "a")
