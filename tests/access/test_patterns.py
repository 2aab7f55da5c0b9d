import pytest
from hypothesis import given
from hypothesis import strategies as st

from flagstaff.access.patterns import NO_ATTRIBUTES, SELF, escape, parse_glob, parse_pattern


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("checkout", "checkout", True),
        ("checkout", "Checkout", False),
        ("checkout", "checkout-2", False),
        ("*", "anything", True),
        ("*", "", True),
        ("ops_*", "ops_1", True),
        ("ops_*", "ops_", True),
        ("ops_*", "ops", False),
        ("ops_*", "devops_1", False),
        ("*_test", "qa_test", True),
        ("*_test", "qa_tests", False),
        ("a*a", "aa", True),
        ("a*a", "a", False),
        ("a*b*c", "a-b-c", True),
        ("a*b*c", "a-c-b", False),
        ("*b*", "abc", True),
        ("*b*", "ac", False),
        ("*ab*ba*", "aba", False),
        ("*ab*ba*", "abba", True),
        ("**", "anything", True),
        ("a**b", "a-b", True),
        ("a.c", "abc", False),
        ("[ab]", "a", False),
        ("?", "a", False),
        ("price$", "price$", True),
        ("100%", "100%", True),
        ("a%2Ab", "a*b", True),
        ("a%2Ab", "aXb", False),
    ],
)
def test_a_star_stands_for_any_run_and_nothing_else_is_special(pattern, text, matches):
    assert parse_pattern(pattern).matches(text) is matches


@pytest.mark.parametrize(
    ("pattern", "tags", "matches"),
    [
        ("ops", {"ops", "web"}, True),
        ("ops", {"web"}, False),
        ("ops", set(), False),
        ("*", set(), False),
        ("*", {"web"}, True),
        ("qa_*", {"web", "qa_eu"}, True),
        ("*_eu", {"web", "qa_eu"}, True),
        ("qa_*", {"web"}, False),
    ],
)
def test_a_pattern_for_tags_must_find_one(pattern, tags, matches):
    assert parse_pattern(pattern).matches_one_of(frozenset(tags)) is matches


@pytest.mark.parametrize(
    ("pattern", "attributes", "text", "matches"),
    [
        ("${roleAttribute/p}", {"p": ("a", "b")}, "a", True),
        ("${roleAttribute/p}", {"p": ("a", "b")}, "b", True),
        ("${roleAttribute/p}", {"p": ("a", "b")}, "c", False),
        ("${roleAttribute/p}", {"p": ()}, "", False),
        ("${roleAttribute/p}", {}, "a", False),
        ("${roleAttribute/p}", {"q": ("a",)}, "a", False),
        ("${roleAttribute/dev-projects}", {"dev-projects": ("a",)}, "a", True),
        ("x-${roleAttribute/p}-*", {"p": ("a", "b")}, "x-b-1", True),
        ("x-${roleAttribute/p}-*", {"p": ("a", "b")}, "x-c-1", False),
        ("${roleAttribute/p}_${roleAttribute/q}", {"p": ("a", "b"), "q": ("1", "2")}, "b_1", True),
        ("${roleAttribute/p}_${roleAttribute/q}", {"p": ("a", "b")}, "b_1", False),
        ("${roleAttribute/p}", {"p": ("web-*",)}, "web-shop", True),
        ("${roleAttribute/p}", {"p": ("a:env/b",)}, "a:env/b", True),
        ("${self}", {SELF: ("me",)}, "me", True),
        ("${self}", {"self": ("me",)}, "me", False),
    ],
)
def test_a_placeholder_stands_for_any_value_of_its_attribute(pattern, attributes, text, matches):
    assert parse_pattern(pattern).bind(attributes).matches(text) is matches


def test_a_pattern_with_a_placeholder_matches_nothing_before_it_is_bound():
    assert not parse_pattern("${roleAttribute/p}*").matches("a")


@pytest.mark.parametrize(
    "text",
    ["${roleAttribute/}", "${other/p}", "${", "}", "a{b}", "${roleAttribute/p", "${a}", "{critical:true}"],
)
def test_braces_mean_a_placeholder_or_are_refused(text):
    with pytest.raises(ValueError, match="neither text"):
        parse_pattern(text)


def test_the_values_of_more_than_two_placeholders_are_not_multiplied_out():
    with pytest.raises(ValueError, match="more than 2 placeholders"):
        parse_pattern("${roleAttribute/a}${roleAttribute/b}${roleAttribute/c}")


@pytest.mark.parametrize(
    ("glob", "action", "matches"),
    [
        ("updateOn", "updateOn", True),
        ("update*", "updateOn", True),
        ("update*", "createFlag", False),
        ("*Flag", "createFlag", True),
        ("*", "anything", True),
        ("updateon", "updateOn", False),
        ("${self}", "me", False),
    ],
)
def test_action_globs_know_only_the_star(glob, action, matches):
    assert parse_glob(glob).matches(action) is matches


@given(st.text(min_size=1), st.text(min_size=1))
def test_an_escaped_text_matches_itself_alone(text, other):
    pattern = parse_pattern(escape(text)).bind(NO_ATTRIBUTES)
    assert pattern.matches(text)
    assert pattern.matches(other) is (other == text)


def test_many_stars_cost_no_more_than_the_text_is_long():
    assert not parse_pattern("*a" * 200 + "*b").matches("a" * 5000)
