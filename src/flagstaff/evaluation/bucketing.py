"""Bucketing: the place of a context on a scale, and where a share of the scale ends.

A place is a SHA-1 digest; bytes compare like the numbers they stand for. SDKs divide its first 60 bits by
their largest value and compare that with a sum of weights, Go and Java in single precision. For each sum we
compute the end of the share beforehand: the smallest place that they would find not less than the sum.
Comparing a place with that end then decides as they do.
"""

import math
import struct
from dataclasses import dataclass
from typing import Any

from flagstaff.evaluation.context import Context
from flagstaff.evaluation.readings import Reading, read
from flagstaff.evaluation.values import as_number, as_utf8

try:
    # What hashlib has where there is no OpenSSL: less ado about so few bytes.
    from _sha1 import sha1  # type: ignore[import-not-found]
except ImportError:
    from hashlib import sha1

START = b""
# Behind every digest, whose first 21 bytes are only 20.
END = b"\xff" * 21

_BITS = 60
_WEIGHT_TOTAL = 100_000.0
_TWO_TO_63 = 2.0**63


@dataclass(frozen=True, slots=True)
class Source:
    """What is hashed: a prefix, then what is read from the context."""

    prefix: bytes
    reading: Reading


def make_source(key: str, salt: str, seed: int | None, kind: str, path: tuple[str, ...]) -> Source:
    """Make the source for a flag or segment; a seed replaces key and salt."""
    prefix = f"{key}.{salt}." if seed is None else f"{seed}."
    return Source(as_utf8(prefix) or b"", Reading(kind, path, as_hashable, each=False))


def find_place(source: Source, context: Context) -> bytes | None:
    """Give the place of a context, START for what cannot be hashed; None if the context lacks the kind."""
    values = context.readings.get(source.reading.name) or read(source.reading, context)
    if values:
        digest: bytes = sha1(source.prefix + values[0]).digest()  # noqa: S324 - as SDKs bucket
        return digest
    return START if source.reading.kind in context.kinds else None


def as_hashable(value: Any) -> bytes | None:
    """Give text, or the decimal text of a number without fraction, which may be written 3 or 3.0."""
    if isinstance(value, str):
        return as_utf8(value)
    number = as_number(value)
    if number is None or not number.is_integer() or not -_TWO_TO_63 <= number < _TWO_TO_63:
        return None
    return b"%d" % int(number)


def find_ends(weights: list[int]) -> list[bytes]:
    """Give for each weight the end of its share; shares follow each other."""
    ends: list[bytes] = []
    total = 0.0
    for weight in weights:
        total = to_single(total + to_single(to_single(as_number(weight) or 0.0) / _WEIGHT_TOTAL))
        ends.append(find_end(total))
    return ends


def find_end(fraction: float) -> bytes:
    """Give the smallest place whose fraction of the scale, in single precision, is not below this one."""
    if not fraction > 0.0:
        return START
    if fraction > 1.0:
        return END
    threshold = math.ldexp(fraction, _BITS)
    (pattern,) = struct.unpack("<I", struct.pack("<f", threshold))
    (below,) = struct.unpack("<f", struct.pack("<I", pattern - 1))
    middle = (threshold + below) / 2
    # A place half-way between two singles counts as the one whose last bit is 0.
    end = math.ceil(middle) if pattern % 2 == 0 else math.floor(middle) + 1
    return int(end << 4).to_bytes(8, "big")


def to_single(number: float) -> float:
    """Round to single precision; what is too large for it is infinite."""
    try:
        (single,) = struct.unpack("<f", struct.pack("<f", number))
    except OverflowError:
        return math.copysign(math.inf, number)
    return float(single)
