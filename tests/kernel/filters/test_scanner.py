"""Tokens of a filter text."""

import re

import pytest

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.filters.scanner import Scanner


def test_blanks_around_tokens_do_not_count():
    scanner = Scanner("  a ,  b ")
    assert (scanner.take(re.compile("a")), scanner.accept(","), scanner.take(re.compile("b"))) == (
        "a",
        True,
        "b",
    )
    assert scanner.ended


def test_a_token_that_does_not_stand_here_leaves_the_position():
    scanner = Scanner("a")
    assert (scanner.take(re.compile("b")), scanner.accept("b"), scanner.take_quoted()) == (None, False, None)
    assert scanner.take_object() is None
    assert scanner.take(re.compile("a")) == "a"


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('""', ""),
        ("''", ""),
        (r'"a\"b\\"', 'a"b\\'),
        (r"'a\'b\\'", "a'b\\"),
        ("'\"'", '"'),
        (r'"\u00e9\n"', "é\n"),
    ],
)
def test_quoted_text_has_the_escapes_of_json_in_both_quotes(text, inside):
    assert Scanner(text).take_quoted() == inside


def test_an_object_ends_at_its_own_brace():
    scanner = Scanner('{"a": {"b": "}"}, "c": [1, "]"]},{}')
    assert scanner.take_object() == {"a": {"b": "}"}, "c": [1, "]"]}
    assert scanner.accept(",")


def find_object(scanner):
    try:
        return scanner.take_object()
    except InvalidRequest:
        return None


@pytest.mark.timeout(5)
@pytest.mark.parametrize("text", ['"' + '\\"' * 4_999, "'" + "\\'" * 4_999, "{" + '"' * 9_999, "{" * 10_000])
def test_open_quotes_and_braces_cost_little(text):
    scanner = Scanner(text)
    for _ in range(50):
        assert scanner.take_quoted() is None
        assert find_object(scanner) is None
