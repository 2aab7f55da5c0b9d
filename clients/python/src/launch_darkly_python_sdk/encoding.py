"""Values into JSON: checks their kinds, and translates documented names into those of the wire.

Nothing inside `any`, and no key of a map, is ever touched.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from typing import Any

from launch_darkly_python_sdk.answers import Answer, read_wire
from launch_darkly_python_sdk.bodies import MODULES
from launch_darkly_python_sdk.kinds import Kind, parse_kind

OPEN = "*"  # stands in shapes that have members besides the documented ones
WORDS = {
    "str": "a text",
    "int": "an integer",
    "millis": "an integer",
    "float": "a number",
    "bool": "True or False",
}


def encode(kind: Kind, value: Any, place: str) -> Any:
    """The value as JSON has it; `place` names it in errors. None is null wherever it stands.

    Raises TypeError for a value of another kind, for a member that is given under both its names, and for one
    whose name cannot be of the wire and is not documented either.
    """
    if value is None:
        return None
    return ENCODERS[kind.name](kind, value, place)


@cache
def find_shape(name: str) -> Mapping[str, tuple[str, str]]:
    """The members of a shape, under both their names: the name on the wire and the kind."""
    module = import_module(f"launch_darkly_python_sdk.bodies.{MODULES[name]}")
    documented: Mapping[str, tuple[str, str]] = module.SHAPES[name]
    return {wire: (wire, kind) for wire, kind in documented.values()} | dict(documented)


def dump_json(value: Any) -> bytes:
    """The bytes of what `encode` has made.

    Raises ValueError for NaN and infinities, TypeError for what JSON cannot hold.
    """
    return ENCODER.encode(value).encode()


def _plain_answer(value: Any) -> Any:
    if isinstance(value, Answer):
        return read_wire(value)
    raise TypeError(f"{type(value).__name__} is not something that JSON can hold")


ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_plain_answer)


def _encode_plain(kind: Kind, value: Any, place: str) -> Any:
    if kind.name == "bool":
        fits = isinstance(value, bool)
    elif kind.name == "str":
        fits = isinstance(value, str)
    else:
        numbers = (int, float) if kind.name == "float" else int
        fits = isinstance(value, numbers) and not isinstance(value, bool)
    if not fits:
        raise _wrong(place, WORDS[kind.name], value)
    return value


def _encode_any(_kind: Kind, value: Any, _place: str) -> Any:
    return value


def _encode_list(kind: Kind, value: Any, place: str) -> Any:
    if not isinstance(value, Sequence) or isinstance(value, str | bytes | bytearray):
        raise _wrong(place, "a list", value)
    inner = kind.of or kind
    return [encode(inner, item, f"{place}[{index}]") for index, item in enumerate(value)]


def _encode_map(kind: Kind, value: Any, place: str) -> Any:
    inner = kind.of or kind
    members = _members(value, place).items()
    return {_text_key(key, place): encode(inner, item, f"{place}[{key!r}]") for key, item in members}


def _encode_shape(kind: Kind, value: Any, place: str) -> Any:
    shape = find_shape(kind.shape)
    encoded: dict[str, Any] = {}
    for name, item in _members(value, place).items():
        wire, inner = shape.get(_text_key(name, place), (name, "any"))
        if "_" in wire.lstrip("_") and OPEN not in shape:
            raise TypeError(_unknown(shape, name, place))
        if wire in encoded:
            raise TypeError(f"{place}.{name}: given twice, under both its names")
        encoded[wire] = encode(parse_kind(inner), item, f"{place}.{name}")
    return encoded


def _unknown(shape: Mapping[str, Any], name: str, place: str) -> str:
    close = get_close_matches(name, shape, n=3)
    hint = f"do you mean {' or '.join(close)}?" if close else f"there are {', '.join(shape)}"
    return f"{place} has no member {name}; {hint}"


def _members(value: Any, place: str) -> Mapping[str, Any]:
    if isinstance(value, Answer):
        return read_wire(value)
    if not isinstance(value, Mapping):
        raise _wrong(place, "a dictionary", value)
    return value


def _text_key(key: Any, place: str) -> str:
    if not isinstance(key, str):
        raise TypeError(f"{place}: the key {key!r} is no text")
    return key


def _wrong(place: str, wanted: str, value: Any) -> TypeError:
    return TypeError(f"{place} takes {wanted}, not {type(value).__name__}")


ENCODERS: dict[str, Callable[[Kind, Any, str], Any]] = {
    "any": _encode_any,
    "list": _encode_list,
    "map": _encode_map,
    "shape": _encode_shape,
    **dict.fromkeys(WORDS, _encode_plain),
}
