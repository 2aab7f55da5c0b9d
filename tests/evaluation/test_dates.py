import math
from datetime import UTC, datetime
from typing import Any

import pytest

from flagstaff.evaluation.dates import as_instant

NOON = int(datetime(2017, 12, 6, 7, 0, tzinfo=UTC).timestamp()) * 10**9


@pytest.mark.parametrize(
    "value",
    [
        "2017-12-06T07:00:00Z",
        "2017-12-06T07:00:00.000Z",
        "2017-12-06t07:00:00z",
        "2017-12-06T7:00:00Z",
        "2017-12-06T00:00:00.000-07:00",
        "2017-12-06T09:30:00+02:30",
        "2017-12-06T06:59:60Z",
        "2017-12-07T10:00:00+27:00",
        1512543600000,
        1512543600000.0,
        1512543600000.9,
    ],
)
def test_texts_and_numbers_name_the_same_instant(value: Any) -> None:
    assert as_instant(value) == NOON


@pytest.mark.parametrize(
    ("text", "nanoseconds"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T00:00:00.5Z", 500_000_000),
        ("1970-01-01T00:00:00.000000001Z", 1),
        ("1969-12-31T23:59:59.9Z", -100_000_000),
        ("2000-02-30T00:00:00Z", 951_868_800 * 10**9),
        ("0001-01-01T00:00:00Z", -62_135_596_800 * 10**9),
        ("0000-12-31T00:00:00Z", (-62_135_596_800 - 86_400) * 10**9),
        ("0000-02-29T00:00:00Z", (-62_135_596_800 - 307 * 86_400) * 10**9),
        ("9999-12-31T23:59:59Z", 253_402_300_799 * 10**9),
    ],
)
def test_instants_are_nanoseconds_since_1970(text: str, nanoseconds: int) -> None:
    assert as_instant(text) == nanoseconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "badstring",
        "1512543600000",
        "2017-12-06",
        "2017-12-06T07:00:00",
        "2017-12-06X00:00:00.000-07:00",
        "00:00:00.000-07:00",
        "2017-12-06T07:00Z",
        "2017-12-06 07:00:00Z",
        "2017-12-06T07:00:00.Z",
        "2017-12-06T07:00:00.0000000001Z",
        "2017-12-06T07:00:00+0200",
        "2017-12-06T07:00:00+02:60",
        "2017-13-06T07:00:00Z",
        "2017-00-06T07:00:00Z",
        "2017-12-32T07:00:00Z",
        "2017-12-00T07:00:00Z",
        "2017-12-06T24:00:00Z",
        "2017-12-06T07:60:00Z",
        "2017-12-06T07:00:61Z",
        "2017-12-06T07:00:00Z ",
        "2017-12-06T07:00:00Z\n",
        "٢017-12-06T07:00:00Z",
    ],
)
def test_other_text_is_no_instant(text: str) -> None:
    assert as_instant(text) is None


@pytest.mark.parametrize("value", [True, None, [], {}, math.nan, math.inf, 10**400])
def test_other_values_are_no_instant(value: Any) -> None:
    assert as_instant(value) is None
