import pytest

from flagstaff.features.flags.model import CustomProperty
from flagstaff.features.flags.properties import set_property
from flagstaff.kernel.errors import InvalidRequest

B = {"b": CustomProperty(name="B", values=("1",))}


def test_properties_are_kept_in_the_order_of_their_keys():
    assert list(set_property(B, "a", "A", ("1", "1"))) == ["a", "b"]


def test_a_property_without_values_does_not_exist():
    assert set_property(B, "b", "B", ()) == {}
    assert set_property(B, "a", "A", ()) == B


@pytest.mark.parametrize(
    ("key", "name", "values", "error"),
    [
        ("", "A", ("1",), "1 to 64 characters"),
        ("a" * 65, "A", ("1",), "1 to 64 characters"),
        ("a", "", ("1",), "1 to 64 characters"),
        ("a", "A", tuple(map(str, range(65))), "more than 64 values"),
    ],
)
def test_properties_are_bounded(key, name, values, error):
    with pytest.raises(InvalidRequest, match=error):
        set_property(B, key, name, values)
