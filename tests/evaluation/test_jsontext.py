from typing import Any

import pytest

from flagstaff.evaluation.jsontext import InvalidJson, decode, encode


@pytest.mark.parametrize(
    "source", ['{"a":[1,true,null]}', b'{"a":[1,true,null]}', bytearray(b'{"a":[1,true,null]}')]
)
def test_text_and_bytes_are_decoded(source: Any) -> None:
    assert decode(source) == {"a": [1, True, None]}


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
