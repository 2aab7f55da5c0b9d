"""JSON from strangers."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.json_bounds import convert_json, decode_json, refuse_type

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(PLAIN)
def test_what_another_encoder_wrote_is_read_back(value):
    assert decode_json(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b"123456789012345678901234567890", 123456789012345678901234567890),
        (b"-" + b"1" * 309, -int("1" * 309)),
        (b'"' + b"9" * 400 + b'"', "9" * 400),
        (b'"[[[["', "[[[["),
        (b" null\n", None),
        (b"[" * 64 + b"]" * 64, eval("[" * 64 + "]" * 64)),
        (b'["' + b"[" * 100 + rb"\"" + b'{"]', ["[" * 100 + '"{']),
        (b"[" + b"[1]," * 100 + b"[]]", [*([[1]] * 100), []]),
    ],
)
def test_unusual_json_is_read(raw, value):
    assert decode_json(raw) == value


class Lamp(msgspec.Struct):
    brightness: int
    colour: Any = None
    hours: int | None = None
    steps: dict[str, int] = {}


@pytest.mark.parametrize(
    ("raw", "lamp"),
    [
        (b'{"brightness": 100000.0, "colour": 0.5}', Lamp(100000, 0.5)),
        (b'{"brightness": 1, "hours": 5.0}', Lamp(1, hours=5)),
        (b'{"brightness": 1.0, "steps": null, "hours": 2.0}', Lamp(1, hours=2)),
        (b'{"brightness": 1e5, "steps": {"a": 0.0, "b": 1.5E+1}}', Lamp(100000, steps={"a": 0, "b": 15})),
        (b'{"brightness": -3, "colour": 2.0}', Lamp(-3, 2.0)),
    ],
)
def test_a_number_without_a_fraction_is_an_integer_however_it_is_written(raw, lamp):
    assert convert_json(decode_json(raw), Lamp) == lamp


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b'{"brightness": 0.5}', "Expected `int`, got `float` - at `$.lamps[0].brightness`"),
        (b'{"brightness": 1.0, "steps": {"a": 1.5}}', "got `float` - at `$.lamps[0].steps[...]`"),
        (b'{"brightness": 1e300}', "got `float` - at `$.lamps[0].brightness`"),
        (b'{"brightness": "1"}', "Expected `int`, got `str` - at `$.lamps[0].brightness`"),
        (b"7", "Expected `object`, got `int` - at `$.lamps[0]`"),
    ],
)
def test_any_other_number_is_refused_with_its_place(raw, message):
    with pytest.raises(InvalidRequest) as caught:
        convert_json(decode_json(raw), Lamp, "$.lamps[0]")
    assert message in caught.value.message


class Shop(msgspec.Struct, kw_only=True):
    name: str
    note: str = ""
    motto: str | None = "unset"
    lamps: tuple[Lamp, ...] = ()
    rooms: dict[str, Lamp] = {}
    prices: dict[str, int] = {}


@pytest.mark.parametrize(
    ("raw", "shop"),
    [
        (b'{"name": "a", "note": null, "lamps": null}', Shop(name="a")),
        (b'{"name": "a", "motto": null}', Shop(name="a", motto=None)),
        (
            b'{"name": "a", "lamps": [{"brightness": 1}, {"brightness": 2, "steps": null, "colour": null}]}',
            Shop(name="a", lamps=(Lamp(1), Lamp(2))),
        ),
        (
            b'{"name": "a", "rooms": {"b": {"brightness": 1, "steps": null}}}',
            Shop(name="a", rooms={"b": Lamp(1)}),
        ),
    ],
)
def test_a_member_that_is_null_counts_as_left_out_where_null_is_no_value(raw, shop):
    assert convert_json(decode_json(raw), Shop) == shop


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b'{"name": null}', "Object missing required field `name` - at `$`"),
        (b'{"name": "a", "lamps": [null]}', "Expected `object`, got `null` - at `$.lamps[0]`"),
        (b'{"name": "a", "prices": {"b": null}}', "Expected `int`, got `null` - at `$.prices[...]`"),
        (
            b'{"name": "a", "lamps": [{"brightness": null}, {}]}',
            "Object missing required field `brightness` - at `$.lamps[0]`",
        ),
        (b"null", "Expected `object`, got `null` - at `$`"),
    ],
)
def test_null_is_refused_where_something_is_needed(raw, message):
    with pytest.raises(InvalidRequest) as caught:
        convert_json(decode_json(raw), Shop)
    assert caught.value.message == message


def test_many_nulls_take_few_rounds():
    lamps = [{"brightness": 1, "steps": None}] * 2_000
    assert convert_json({"name": "a", "lamps": lamps}, Shop).lamps == (Lamp(1),) * 2_000


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "body is empty"),
        (b" \n", "body is empty"),
        (b'{"a":NaN}', "invalid character (byte 5)"),
        (b"[Infinity]", "invalid character"),
        (b"{a: 1}", "object keys must be strings (byte 1)"),
        (b"[1,]", "trailing comma in array (byte 3)"),
        (b"{} x", "trailing characters (byte 4)"),
        (b'"\xff"', "not UTF-8"),
        (b"1e999", "out of range"),
        (b'{"a":[1,-' + b"9" * 309 + b"]}", "out of range"),
        (b"[" * 65 + b"]" * 65, "more than 64 levels deep"),
        (b'{"a":' * 65 + b"1" + b"}" * 65, "more than 64 levels deep"),
        (b"[" * 1_000_000, "more than 64 levels deep"),
        (b'"' + b"[" * 1_000_000, "Invalid request body"),
    ],
)
def test_what_is_not_json_is_refused_with_its_place(raw, message):
    with pytest.raises(InvalidRequest) as caught:
        decode_json(raw)
    assert message in caught.value.message


TRICKY = st.recursive(
    st.text(alphabet='[]{}"\\n', max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet='"\\]}', max_size=3), inner),
    max_leaves=10,
)


def depth_of(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth_of, inner), default=0)


@given(TRICKY)
def test_brackets_and_quotes_in_strings_do_not_count_as_nesting(value):
    raw, depth = json.dumps(value).encode(), depth_of(value)
    assert decode_json(raw, deepest=depth) == value
    if depth:
        with pytest.raises(InvalidRequest, match="levels deep"):
            decode_json(raw, deepest=depth - 1)


class Box(msgspec.Struct):
    size: int
    inner: "Box | None" = None


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({}, "Object missing required field `size` - at `$.box`"),
        ({"size": "1"}, "Expected `int`, got `str` - at `$.box.size`"),
        ({"size": 1, "inner": {}}, "Object missing required field `size` - at `$.box.inner`"),
        ([], "Expected `object`, got `array` - at `$.box`"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_with_its_place(value, message):
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert(value, Box)
    assert refuse_type(caught.value, "$.box").message == message


def test_the_bound_on_nesting_is_the_callers():
    assert decode_json(b"[[1]]", deepest=2) == [[1]]
    with pytest.raises(InvalidRequest, match="more than 1 levels deep"):
        decode_json(b"[[1]]", deepest=1)


@given(st.text(alphabet='[]{}",:\\1 ', max_size=200))
def test_any_bytes_are_read_or_refused(text):
    try:
        decode_json(text.encode(), deepest=3)
    except InvalidRequest:
        return
