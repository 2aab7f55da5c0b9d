"""JSON from strangers: bytes to plain values, with a bound on nesting and errors that a caller can act on."""

import re
import sys
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from flagstaff.kernel.errors import InvalidRequest

Wanted = TypeVar("Wanted")
DEEPEST = 64  # levels of arrays and objects
LARGEST = sys.float_info.max  # a whole payload is refused by readers that take every number for a float

AS_ARRAYS = bytes.maketrans(b"{}", b"[]")
AS_ZEROS = bytes.maketrans(b"123456789", b"000000000")
MANY_DIGITS = b"0" * 309  # as many as LARGEST has
FLOAT_FOR_INTEGER = re.compile(r"Expected `[^`]*\bint\b[^`]*`, got `float`")
NULL_MEMBER = re.compile(r"got `null` - at `\$((?:\.\w+|\[[\d.]+\])*)\.(\w+)`$", re.ASCII)
STEP = re.compile(r"(\w+)|\[[\d.]+\]", re.ASCII)  # to a member, or into an array or a map
EXACT = 2**53  # below it every float is exactly the integer that it looks like
UNIMPORTANT = bytes(set(range(256)) - set(b'[]{}"'))


def decode_json(raw: bytes, deepest: int = DEEPEST) -> Any:
    """Return the plain value of `raw`; raise InvalidRequest for what is not JSON or is nested too deep.

    Of a member given twice the last one counts; an integer may be of any size that a float can have, too.
    """
    if not raw.strip():
        raise InvalidRequest("The request body is empty, but JSON is expected")
    too_deep = InvalidRequest(f"The JSON is nested more than {deepest} levels deep")
    try:
        value = msgspec.json.decode(raw)
    except RecursionError:
        raise too_deep from None
    except msgspec.DecodeError as error:
        raise InvalidRequest(f"Invalid request body: {error}") from None
    except UnicodeDecodeError:
        raise InvalidRequest("Invalid request body: the JSON is not UTF-8") from None
    if _nests_deeper(raw, deepest):
        raise too_deep
    if MANY_DIGITS in raw.translate(AS_ZEROS) and _outgrows_floats(value):
        raise InvalidRequest("Invalid request body: Integer value out of range")
    return value


def convert_json(value: Any, wanted: type[Wanted], path: str = "$") -> Wanted:
    """Return plain values as their type; raise InvalidRequest that names the place. They stand at `path`.

    Where an integer is asked for, 1.0 and 1e0 are 1: JSON knows only one kind of number. A member that is
    null where its type has no null counts as left out: so many clients send what is not set.
    """
    has_integers = False
    while True:
        try:
            return msgspec.convert(value, wanted)
        except msgspec.ValidationError as error:
            null = NULL_MEMBER.search(str(error))
            if null is not None:
                value = _without(value, STEP.findall(null[1]), null[2])
            elif FLOAT_FOR_INTEGER.search(str(error)) and not has_integers:
                value, has_integers = _with_integers(value), True
            else:
                raise refuse_type(error, path) from None


def refuse_type(error: msgspec.ValidationError, path: str = "$") -> InvalidRequest:
    """The error for plain values that are not of their type, naming the place; they stand at `path`."""
    text = str(error) if "`$" in str(error) else f"{error} - at `$`"  # left out at the top
    return InvalidRequest(text.replace("`$", f"`{path}"))


def _without(value: Any, steps: Sequence[str], member: str) -> Any:
    """The same without the nulls of that name in the objects that the steps lead to, in every element alike.

    So there are never more rounds than a type has members, however many nulls are sent.
    """
    if not steps:
        is_null = member in value and value[member] is None
        return {name: held for name, held in value.items() if name != member} if is_null else value
    step, *further = steps
    if step:
        return {**value, step: _without(value[step], further, member)} if value.get(step) else value
    if isinstance(value, dict):
        return {name: _without(held, further, member) for name, held in value.items()}
    return [_without(held, further, member) for held in value]


def _with_integers(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _with_integers(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_with_integers(element) for element in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return int(value)
    return value


def _outgrows_floats(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_outgrows_floats, value.values()))
    if isinstance(value, list):
        return any(map(_outgrows_floats, value))
    return isinstance(value, int) and abs(value) > LARGEST


def _nests_deeper(raw: bytes, deepest: int) -> bool:
    """Whether valid JSON nests deeper, found by byte searches alone, quicker than a walk through it."""
    if raw.count(b"[") + raw.count(b"{") <= deepest:
        return False
    marks = raw.replace(b"\\\\", b"").replace(b'\\"', b"").translate(AS_ARRAYS, UNIMPORTANT)
    brackets = b"".join(marks.replace(b'""', b"").split(b'"')[::2])  # what stands outside strings
    for _ in range(deepest):
        if not brackets:
            break
        brackets = brackets.replace(b"[]", b"")  # takes off the innermost level
    return bool(brackets)
