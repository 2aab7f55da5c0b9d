import pytest

from flagstaff.features.console.search.ranking import Match, rank, split_words


def keys(text: str, *matches: Match) -> list[str]:
    return [match.key for match in rank(matches, text, 10)]


def test_an_exact_key_comes_before_beginnings_words_and_parts() -> None:
    found = [
        Match("flag", "part", "A precheckout"),
        Match("flag", "word", "New checkout"),
        Match("flag", "begins", "Checkout redesign"),
        Match("flag", "checkout", "Pay"),
    ]
    assert keys("Checkout", *found) == ["checkout", "begins", "word", "part"]


def test_the_archive_comes_last_whatever_fits() -> None:
    assert keys("a", Match("flag", "a", "A", archived=True), Match("flag", "xay", "xay")) == ["xay", "a"]


def test_of_alike_matches_flags_come_first_and_short_names_before_long_ones() -> None:
    found = [
        Match("team", "pay-team", "Pay"),
        Match("segment", "pay-segment", "Pay"),
        Match("flag", "pay-long", "Payment of invoices"),
        Match("flag", "pay-short", "Payment"),
    ]
    assert keys("pay", *found) == ["pay-segment", "pay-team", "pay-short", "pay-long"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("", ()), ("  ", ()), ("Check Out", ("check", "out")), ("STRASSE ß", ("strasse", "ss"))],
)
def test_what_was_typed_is_folded_into_words(text: str, words: tuple[str, ...]) -> None:
    assert split_words(text) == words


def test_no_more_than_the_limit_is_kept() -> None:
    assert len(rank([Match("flag", str(number), "x") for number in range(9)], "x", 3)) == 3
