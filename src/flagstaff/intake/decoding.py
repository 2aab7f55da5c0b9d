"""From the body of an event post to its events: one bad event is refused, and the others count. Pure."""

import re
from collections import Counter
from dataclasses import dataclass, field

import msgspec

from flagstaff.intake.events import (
    BROKEN,
    KINDS,
    AnyEvent,
    decode_event,
    decode_events,
    decode_kind,
    split_events,
)
from flagstaff.kernel.errors import InvalidRequest

MOST_COMMAS = 1_000_000  # in a body: what is decoded takes up a multiple of its text
AT_ONCE = 1_000_000  # bytes that are decoded in one go, while no other thread can work
ESCAPES = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


@dataclass
class Decoded:
    """Events, and why others were refused."""

    events: list[AnyEvent] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)


def decode_body(body: bytes) -> Decoded:
    """The events of a body, which is an array; an object, as some SDKs repeat a diagnostic, has none.

    Raises InvalidRequest where it is neither.
    """
    if body.count(b",") > MOST_COMMAS:
        check_json(body)
        return Decoded(refused=Counter(too_many=1))
    if len(body) <= AT_ONCE:
        try:
            return Decoded(decode_events(body))
        except BROKEN:
            pass  # one of them is not as it should be: they are looked at one by one
    body = mend_surrogates(body)
    check_json(body)
    return Decoded() if body.lstrip()[:1] == b"{" else _decode_each(body)


def _decode_each(body: bytes) -> Decoded:
    decoded = Decoded()
    for text in split_events(body):
        try:
            decoded.events.append(decode_event(text))
        except BROKEN:
            decoded.refused[_explain(text)] += 1
    return decoded


def _explain(text: msgspec.Raw) -> str:
    try:
        return "malformed" if decode_kind(text).kind in KINDS else "unknown_kind"
    except BROKEN:
        return "malformed"


def mend_surrogates(body: bytes) -> bytes:
    r"""Put `\ufffd` where a text holds half a character, as browsers send it: one must not spoil a batch."""
    return ESCAPES.sub(lambda found: b"\\ufffd" if found[1] else found[0], body)


def check_json(body: bytes) -> None:
    """Raise InvalidRequest unless the text is one JSON array or object; its members are not built."""
    try:
        text = bytes(msgspec.json.decode(body, type=msgspec.Raw))
    except BROKEN as error:
        raise InvalidRequest(f"The body is not valid JSON: {error}") from None
    if not text.lstrip().startswith((b"[", b"{")):
        raise InvalidRequest("The body must be a JSON array or object")


def check_object(body: bytes) -> None:
    """Raise InvalidRequest unless the text is one JSON object."""
    check_json(mend_surrogates(body))
    if not body.lstrip().startswith(b"{"):
        raise InvalidRequest("The body must be a JSON object")
