"""JSON from strangers: bytes to plain values, with a bound on nesting and errors that a caller can act on."""

from typing import Any

import msgspec

from flagstaff.kernel.errors import InvalidRequest

DEEPEST = 64  # levels of arrays and objects

AS_ARRAYS = bytes.maketrans(b"{}", b"[]")
UNIMPORTANT = bytes(set(range(256)) - set(b'[]{}"'))


def decode_json(raw: bytes, deepest: int = DEEPEST) -> Any:
    """Return the plain value of `raw`; raise InvalidRequest for what is not JSON or is nested too deep.

    Of a member given twice the last one counts; an integer may be of any size up to some hundred digits.
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
    return value


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
