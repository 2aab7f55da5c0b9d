"""The order of a list."""

import pytest

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.sorting import SortField, parse_sort

NAME, NEWEST = SortField("name"), SortField("creationDate", descending=True)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("", ()),
        (" ", ()),
        ("name", (NAME,)),
        ("-creationDate", (NEWEST,)),
        ("name,-creationDate", (NAME, NEWEST)),
        (" -creationDate , name ", (NEWEST, NAME)),
        ("name,-name,name", (NAME,)),
    ],
)
def test_fields_are_sorted_by_in_the_order_given(text, fields):
    assert parse_sort(text, ("creationDate", "name")) == fields


@pytest.mark.parametrize("text", ["colour", "name,colour", "name,", "--name", "Name", "x" * 5_000])
def test_a_field_that_does_not_sort_is_answered_with_those_that_do(text):
    with pytest.raises(InvalidRequest, match="allowed fields: creationDate, name") as caught:
        parse_sort(text, ("name", "creationDate"))
    assert len(caught.value.message) < 200
