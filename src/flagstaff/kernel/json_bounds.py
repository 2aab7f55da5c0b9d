"""JSON from strangers: bytes to plain values, with a bound on nesting and errors that a caller can act on."""

import re
from itertools import accumulate
from typing import Any

import msgspec

from flagstaff.kernel.errors import InvalidRequest

DEEPEST = 64  # levels of arrays and objects

# The closing quote is optional, so that an open string is passed over once, not tried at each quote in it.
STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


def decode_json(raw: bytes, deepest: int = DEEPEST) -> Any:
    """Return the plain value of `raw`; raise InvalidRequest for what is not JSON or is nested too deep.

    Of a member given twice the last one counts; an integer may be of any size up to some hundred digits.
    """
    if not raw.strip():
        raise InvalidRequest("The request body is empty, but JSON is expected")
    if _depth(raw) > deepest:
        raise InvalidRequest(f"The JSON is nested more than {deepest} levels deep")
    try:
        return msgspec.json.decode(raw)
    except msgspec.DecodeError as error:
        raise InvalidRequest(f"Invalid request body: {error}") from None
    except UnicodeDecodeError:
        raise InvalidRequest("Invalid request body: the JSON is not UTF-8") from None


def _depth(raw: bytes) -> int:
    """How deep `raw` nests, found without recursion, before the decoder is let in."""
    if raw.count(b"[") + raw.count(b"{") <= 1:
        return 1
    steps = (STEPS.get(byte, 0) for byte in re.sub(rb"[^][{}]+", b"", STRING.sub(b"", raw)))
    return max(accumulate(steps), default=0)
