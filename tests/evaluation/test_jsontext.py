import json
from typing import Any

import pytest

from flagstaff.evaluation.jsontext import InvalidJson, decode, encode


@pytest.mark.parametrize(
    "source", ['{"a":[1,true,null]}', b'{"a":[1,true,null]}', bytearray(b'{"a":[1,true,null]}')]
)
def test_text_and_bytes_are_decoded(source: Any) -> None:
    assert decode(source) == {"a": [1, True, None]}


@pytest.mark.parametrize(
    "text",
    [
        *(b"123456789012345678901234567890", b"-9223372036854775809", b"18446744073709551616"),
        *(b"-0", b"-0.0", b"1E5", b"1e400", b"-1e400", b"5e-324", b"0.1e-400", b"9007199254740993.0"),
        *(b'"\\ud800"', b'"\\ud83d\\ude00"', b'"\xed\xa0\x80"', b'{"a":1,"b":2,"a":3}', b' [1, "\\/"]\n'),
        *('"ü"'.encode("utf-16"), '{"a":"ü"}'.encode("utf-32"), b"\xef\xbb\xbf{}"),
    ],
)
def test_what_is_read_quickly_is_what_the_standard_reads(text: bytes) -> None:
    expected = json.loads(text)
    assert (repr(decode(text)), type(decode(text))) == (repr(expected), type(expected))


@pytest.mark.parametrize("value", [{"a": 1}, [], None, 3])
def test_what_is_decoded_stays_as_it_is(value: Any) -> None:
    assert decode(value) is value


@pytest.mark.parametrize(
    "text", ["", "{", "{'a':1}", "NaN", "[Infinity]", b"\xff", "[" * 100_000, "9" * 5000]
)
def test_text_that_is_not_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(InvalidJson):
        decode(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": [1, 2.5, None, True]}, b'{"a":[1,2.5,null,true]}'),
        ("ü", '"ü"'.encode()),
        ("\ud800", b'"\\ud800"'),
    ],
)
def test_values_are_encoded_compactly(value: Any, text: bytes) -> None:
    assert encode(value) == text


@pytest.mark.parametrize("value", [float("nan"), float("-inf"), {1, 2}, object(), b"bytes"])
def test_what_has_no_json_form_is_refused(value: Any) -> None:
    with pytest.raises(InvalidJson):
        encode(value)


def test_what_is_nested_too_deeply_is_refused() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(InvalidJson):
        encode(deep)
