import pytest

from flagstaff.kernel.markdown import quote, strike


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        ("plain", "`plain`"),
        ("a`b", "`` a`b ``"),
        ("``", "``` `` ```"),
        ("two\nlines", "`two lines`"),
        ("", "`  `"),
        (True, "`true`"),
        ({"a": [1]}, '`{"a":[1]}`'),
        ("x" * 301, f"`{'x' * 300}…`"),
    ],
)
def test_a_quoted_value_cannot_break_out_of_its_ticks(value, quoted):
    assert quote(value) == quoted


def test_what_is_gone_is_struck_through():
    assert strike(quote("old")) == "~~`old`~~"
