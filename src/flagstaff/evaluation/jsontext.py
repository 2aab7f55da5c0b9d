"""JSON text in and out: what callers may hand over as text, and the bytes of pre-encoded fragments."""

import json
from typing import Any

_READABLE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_ESCAPED = json.JSONEncoder(allow_nan=False, separators=(",", ":"))


def decode(source: Any) -> Any:
    """Decode text or bytes, and give anything else as it is; raise ValueError for text that is not JSON."""
    if not isinstance(source, (str, bytes, bytearray)):
        return source
    try:
        return json.loads(source, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("JSON is nested too deeply") from error


def encode(value: Any) -> bytes:
    """Encode a JSON value compactly; raise ValueError when it has no JSON form."""
    try:
        return _READABLE.encode(value).encode()
    except UnicodeEncodeError:  # a lone surrogate has no UTF-8 form, only an escape
        return _ESCAPED.encode(value).encode()
    except (TypeError, RecursionError) as error:
        raise ValueError("value has no JSON form") from error


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
