"""What a field takes, beyond what the tests of the two grammars show."""

import pytest

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.filters.fields import Field, Word, choose_field, make_term


def test_an_unknown_field_is_answered_with_the_fields_there_are():
    with pytest.raises(InvalidRequest, match=r"unknown field 'c'; allowed fields: a, b$"):
        choose_field([Field("b"), Field("a")], "c")


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"])
def test_the_ends_of_the_calendar_are_moments(text):
    assert isinstance(make_term(Field("at", ("after",)), "after", Word(text)).value, int)


@pytest.mark.parametrize("literal", [True, 1.5, None, [1, 2], {"a": 1}, Word("1234567890123456"), Word("")])
def test_a_whole_number_is_nothing_else(literal):
    with pytest.raises(InvalidRequest, match="takes a whole number"):
        make_term(Field("count", kind="integer"), "equals", literal)


def test_a_refused_value_is_shown_only_in_part():
    with pytest.raises(InvalidRequest) as caught:
        make_term(Field("on", kind="boolean"), "equals", "x" * 5_000)
    assert len(caught.value.message) < 200


ATTRIBUTES = Field("<kind>.<attribute>", pattern=r"[^.]+\..+")


def test_a_field_with_a_pattern_stands_for_many():
    declared = [ATTRIBUTES, Field("user.name", kind="boolean")]
    assert choose_field(declared, "user./address/city").name == "user./address/city"
    assert choose_field(declared, "user.name").kind == "boolean"
    with pytest.raises(InvalidRequest, match=r"allowed fields: <kind>\.<attribute>, user\.name"):
        choose_field(declared, "user")


@pytest.mark.parametrize("operator", ["equals", "notEquals"])
def test_a_list_of_one_is_taken_for_what_is_in_it(operator):
    field = Field("kind", ("equals", "notEquals"))
    assert make_term(field, operator, ["user"]).value == "user"
    with pytest.raises(InvalidRequest):
        make_term(field, operator, ["user", "org"])
