"""Contexts as events have shown them, alone and evaluated together, and the ids that they are found by."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

import msgspec

from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import InvalidRequest

LONGEST_TOKEN = 2_000
DEEPEST = 5  # levels of objects whose members are attributes with names of their own


class SeenContext(msgspec.Struct, frozen=True):
    """One context as it last was in one application; `body` is its JSON."""

    kind: str
    key: str
    application_id: str
    last_seen: Millis
    redacted: tuple[str, ...]
    body: str
    associated: int = 0


class SeenInstance(msgspec.Struct, frozen=True):
    """Contexts that were evaluated together, as they last were in one application."""

    id: str
    application_id: str
    anonymous_kinds: tuple[str, ...]
    last_seen: Millis
    body: str


class Position(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ended: the time and the row of its last item."""

    last_seen: Millis
    row: int


def write_token(position: Position) -> str:
    """A position as the continuation token of an answer."""
    return _pack(msgspec.json.encode(position))


def read_token(token: str) -> Position | None:
    """The position that a token stands for, None for an empty one; raises InvalidRequest for another text."""
    if not token:
        return None
    try:
        return msgspec.json.decode(_unpack(token), type=Position)
    except (ValueError, msgspec.MsgspecError):
        raise InvalidRequest("query: not a continuation token - at `continuationToken`") from None


def instance_id(keys: Mapping[str, str]) -> str:
    """The id of the contexts with these keys, by kind, evaluated together."""
    if len(keys) == 1:
        ((kind, key),) = keys.items()
        return _pack(f"{kind}:{_escape(key)}".encode())
    return _pack(":".join(f"{kind}:{_escape(keys[kind])}" for kind in sorted(keys)).encode())


def keys_of_instance(instance: str) -> dict[str, str]:
    """The keys of the contexts in an instance, by kind; nothing if this is no id of an instance."""
    try:
        parts = _unpack(instance).decode().split(":")
    except ValueError:
        return {}
    if len(parts) % 2:
        return {}
    return {kind: _unescape(key) for kind, key in zip(parts[::2], parts[1::2], strict=True)}


def show_body(body: str, redacted: tuple[str, ...]) -> msgspec.Raw:
    """The JSON of a context, with what its SDK has held back."""
    if not redacted:
        return msgspec.Raw(body.encode())
    meta: Any = msgspec.json.encode({"redactedAttributes": redacted}).decode()
    return msgspec.Raw(f'{body[:-1]},"_meta":{meta}}}'.encode())


def escape_name(name: str) -> str:
    """A member's name as a component of a reference."""
    return name.replace("~", "~0").replace("/", "~1")


def unescape_name(component: str) -> str:
    """The name that stands in a reference so."""
    return component.replace("~1", "/").replace("~0", "~")


def _pack(text: bytes) -> str:
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def _unpack(text: str) -> bytes:
    if len(text) > LONGEST_TOKEN:
        raise ValueError("too long")
    try:
        return base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error


def _escape(key: str) -> str:
    return key.replace("%", "%25").replace(":", "%3A")


def _unescape(key: str) -> str:
    return key.replace("%3A", ":").replace("%25", "%")
