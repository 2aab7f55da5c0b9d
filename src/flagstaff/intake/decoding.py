"""From the body of an event post to its events: one bad event is refused, and the others count. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from flagstaff.intake.events import (
    BROKEN,
    KINDS,
    AnyEvent,
    decode_event,
    decode_events,
    decode_kind,
    decode_raw,
    split_events,
)
from flagstaff.kernel.errors import InvalidRequest

Part = TypeVar("Part")
MOST_COMMAS = 1_000_000  # in a body: what is decoded takes up a multiple of its text
AT_ONCE = 1_000_000  # bytes that are decoded in one go, while no other thread can work
WHITESPACE = b" \t\n\r"
BETWEEN = re.compile(rb"\}[ \t\n\r]*,")
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
    if _count_commas(body) > MOST_COMMAS:
        for _ in _split(body, decode_raw):
            pass
        return Decoded(refused=Counter(too_many=1))
    if len(body) <= AT_ONCE:
        try:
            return Decoded(decode_events(body))
        except BROKEN:
            pass  # one of them is not as it should be: they are looked at one by one
    decoded = Decoded()
    for texts in _split(body, split_events):
        _decode_each(texts, decoded)
    return decoded


def _decode_each(texts: Iterable[msgspec.Raw], decoded: Decoded) -> None:
    for text in texts:
        try:
            decoded.events.append(decode_event(text))
        except BROKEN:
            decoded.refused[_explain(text)] += 1


def _split(body: bytes, read: Callable[[bytes], Part]) -> Iterator[Part]:
    """What `read` makes of an array, given in arrays of about AT_ONCE bytes, so that no thread waits long.

    An object has no members. Raises InvalidRequest where the text is neither.
    """
    text = body.strip(WHITESPACE)
    if len(text) <= AT_ONCE or not (text.startswith(b"[") and text.endswith(b"]")):
        mended = mend_surrogates(body)
        check_json(mended)
        yield read(b"[]" if text.startswith(b"{") else mended)
        return
    start: int | None = 1
    while start is not None:
        part, start = _split_off(text, start, read)
        yield part


def _split_off(text: bytes, start: int, read: Callable[[bytes], Part]) -> tuple[Part, int | None]:
    """The next members of an array, of those from `start` on, and where others follow.

    A comma behind a brace may stand in the midst of a member or of a text: what is before it is then no JSON.
    """
    size, end = AT_ONCE, len(text) - 1
    while True:
        found = BETWEEN.search(text, start + size, end)
        until = found.start() + 1 if found else end
        try:
            if start > 1 and not text[start:until].strip(WHITESPACE):
                raise InvalidRequest("The body is not valid JSON: there is a comma after the last element")
            return read(mend_surrogates(b"[%b]" % text[start:until])), found.end() if found else None
        except BROKEN as error:
            if found is None:
                raise InvalidRequest(f"The body is not valid JSON: {error}") from None
            size = 2 * (until - start)


def _count_commas(body: bytes) -> int:
    return sum(body.count(b",", start, start + AT_ONCE) for start in range(0, len(body), AT_ONCE))


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
