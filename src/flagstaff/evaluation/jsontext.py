"""JSON text in and out: what callers may hand over as text, and the bytes of pre-encoded fragments."""

import json
from typing import Any

import msgspec

_READABLE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_ESCAPED = json.JSONEncoder(allow_nan=False, separators=(",", ":"))


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON value")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
_decode_quickly = msgspec.json.Decoder().decode  # gives the same as the other, where it gives anything


class InvalidJson(ValueError):
    """Text that is not JSON, or a value that has no JSON form."""


def decode(source: Any) -> Any:
    """Decode text or bytes, and give anything else as it is; raise InvalidJson for text that is not JSON."""
    if not isinstance(source, (str, bytes, bytearray)):
        return source
    try:
        return _decode_quickly(source)
    except (msgspec.DecodeError, ValueError, RecursionError):
        pass  # what only the slower one reads: lone surrogates, UTF-16, numbers beyond all bounds
    try:
        if isinstance(source, str):
            return _DECODER.decode(source)
        return _DECODER.decode(source.decode(json.detect_encoding(source), "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise InvalidJson(f"not JSON: {error}") from error


def encode(value: Any) -> bytes:
    """Encode a value compactly; raise InvalidJson if it has no JSON form."""
    try:
        return _encode_readably(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidJson(f"no JSON value: {error}") from error


def _encode_readably(value: Any) -> bytes:
    try:
        return _READABLE.encode(value).encode()
    except UnicodeEncodeError:  # a lone surrogate has no UTF-8 form, only an escape
        return _ESCAPED.encode(value).encode()
