import random
from hashlib import sha1
from typing import Any

import pytest

from flagstaff.evaluation.bucketing import (
    END,
    START,
    as_hashable,
    find_end,
    find_ends,
    find_place,
    make_source,
    to_single,
)
from flagstaff.evaluation.context import parse_context

LARGEST = 0xFFFFFFFFFFFFFFF


def fraction_of(place: bytes | None) -> float:
    assert place is not None
    return (int.from_bytes(place[:8], "big") >> 4) / LARGEST


def place_of(
    attributes: dict[str, Any], path: tuple[str, ...] = ("key",), seed: int | None = None
) -> bytes | None:
    source = make_source("hashKey", "saltyA", seed, "user", path)
    return find_place(source, parse_context({"kind": "user", "key": "x"} | attributes))


@pytest.mark.parametrize(
    ("key", "seed", "fraction"),
    [
        ("userKeyA", None, 0.42157587),
        ("userKeyB", None, 0.67084850),
        ("userKeyC", None, 0.10343106),
        ("userKeyA", 61, 0.09801207),
        ("userKeyB", 61, 0.14483777),
        ("userKeyC", 61, 0.92426410),
    ],
)
def test_keys_have_the_places_that_sdks_give_them(key: str, seed: int | None, fraction: float) -> None:
    assert fraction_of(place_of({"key": key}, seed=seed)) == pytest.approx(fraction, abs=1e-7)


@pytest.mark.parametrize(
    ("value", "place"), [(33333, 54771), (33333.0, 54771), ("33333", 54771), (99999, 73096), ("99999", 73096)]
)
def test_whole_numbers_have_the_place_of_their_text(value: Any, place: int) -> None:
    assert int(fraction_of(place_of({"attribute": value}, ("attribute",))) * 100_000) == place


@pytest.mark.parametrize("value", [True, False, 3.5, None, [], ["text"], {}, 1e300, 10**400, float("nan")])
def test_other_values_are_at_the_start(value: Any) -> None:
    assert place_of({"attribute": value}, ("attribute",)) == START


def test_an_absent_attribute_is_at_the_start_and_an_absent_kind_nowhere() -> None:
    assert place_of({}, ("attribute",)) == START
    assert find_place(make_source("k", "s", None, "org", ("key",)), parse_context({"key": "u"})) is None


def test_members_of_attributes_can_be_bucketed_by() -> None:
    assert place_of({"a": {"b": "userKeyA"}}, ("a", "b")) == place_of({"key": "userKeyA"})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, b"0"),
        (-7.0, b"-7"),
        (2**53 + 1, b"9007199254740992"),
        (2**62, b"4611686018427387904"),
        (-(2**63), b"-9223372036854775808"),
        (2**63, None),
        ("", b""),
        ("ü\ud800", "ü\ufffd".encode()),
    ],
)
def test_what_is_hashed_is_text_or_a_whole_number(value: Any, text: bytes | None) -> None:
    assert as_hashable(value) == text


def test_the_seed_replaces_key_and_salt() -> None:
    assert place_of({"key": "a"}, seed=0) == sha1(b"0.a").digest()
    assert place_of({"key": "a"}) == sha1(b"hashKey.saltyA.a").digest()


def round_to_single(place: int) -> int:
    """Round to 24 significant bits, halves to the even neighbour."""
    unit = 1 << max(place.bit_length() - 24, 0)
    count, rest = divmod(place, unit)
    return (count + (rest * 2 > unit or (rest * 2 == unit and count % 2 == 1))) * unit


def is_below_in_single_precision(place: int, fraction: float) -> bool:
    """Compare as Go does: place and largest place as singles, then their quotient with the sum."""
    return round_to_single(place) / round_to_single(LARGEST) < fraction


@pytest.mark.parametrize("weight", [1, 2, 3, 1000, 33333, 42157, 42158, 50000, 66667, 99999, 100000])
def test_a_share_ends_exactly_where_single_precision_says(weight: int) -> None:
    fraction = to_single(to_single(weight) / 100_000)
    end = int.from_bytes(find_end(fraction), "big") >> 4
    assert is_below_in_single_precision(end - 1, fraction)
    assert not is_below_in_single_precision(end, fraction)


def test_random_places_fall_into_shares_as_in_single_precision() -> None:
    source = random.Random(5)
    for _ in range(2000):
        fraction = to_single(source.random())
        place = int(fraction * LARGEST) + source.randint(-(2**40), 2**40)
        digest = (place << 4).to_bytes(8, "big") + bytes(12)
        assert (digest < find_end(fraction)) is is_below_in_single_precision(place, fraction)


@pytest.mark.parametrize("fraction", [0.0, -0.5, float("nan"), float("-inf")])
def test_nobody_is_below_nothing(fraction: float) -> None:
    assert find_end(fraction) == START


@pytest.mark.parametrize("fraction", [1.5, 3e30, float("inf")])
def test_everybody_is_below_more_than_all(fraction: float) -> None:
    assert find_end(fraction) == END
    assert END > b"\xff" * 20


def test_ends_add_up() -> None:
    ends = find_ends([30_000, 0, 70_000])
    assert ends[0] == ends[1] == find_end(to_single(0.3))
    assert ends[2] == find_end(1.0)
    assert find_ends([10**400, -(10**400), 5]) == [END, START, START]
    assert find_ends([-5, 100_000])[0] == START
