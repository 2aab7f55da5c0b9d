"""Frames: the bytes of one write to a stream, built once and shared by every stream that gets them."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import msgspec

from flagstaff.storage.transaction import Item

LAST_CHUNK = b"0\r\n\r\n"
LINE_END = b"\r\n"


class Frame:
    """Server-sent events as one HTTP chunk. `is_put` tells that it holds everything an SDK may see."""

    def __init__(self, parts: Sequence[bytes], *, is_put: bool = False) -> None:
        self.chunk = b"".join((b"%x\r\n" % sum(map(len, parts)), *parts, LINE_END))
        self.is_put = is_put

    @cached_property
    def plain(self) -> bytes:
        """The events without chunk framing, for HTTP/1.0."""
        return self.chunk[self.chunk.index(LINE_END) + 2 : -2]


HEARTBEAT = Frame([b":\n\n"])  # a comment; SDKs give up on a stream that says nothing for five minutes


def frame_put(data: Sequence[bytes]) -> Frame:
    """Everything; `data` is the JSON object of flags and segments, in pieces."""
    return Frame([b'event: put\ndata: {"path":"/","data":', *data, b"}\n\n"], is_put=True)


def frame_flags(flags: Sequence[bytes]) -> Frame:
    """The same for streams of flags alone, whose event is the map of flags and nothing around it."""
    return Frame([b"event: put\ndata: ", *flags, b"\n\n"], is_put=True)


def encode_event(item: Item, *, folder: str) -> bytes:
    """One object anew, or gone. SDKs that parse while they read need `path` before `data`."""
    path = msgspec.json.encode(f"{folder}/{item.key}")
    if not item.payload:
        return b'event: delete\ndata: {"path":%s,"version":%d}\n\n' % (path, item.version)
    return b'event: patch\ndata: {"path":%s,"data":%s}\n\n' % (path, item.payload)


def stream_head(environment_id: str, headers: Iterable[tuple[bytes, bytes]], *, chunked: bool) -> bytes:
    """Status line and headers of a stream, those that the server sends with every answer first.

    The connection ends with the stream, whatever the client asked for.
    """
    lines = [
        b"HTTP/1.1 200 OK",
        *(b"%s: %s" % header for header in headers),
        b"content-type: text/event-stream; charset=utf-8",
        b"cache-control: no-cache, no-store, must-revalidate",
        b"x-accel-buffering: no",
        b"connection: close",
    ]
    if environment_id:
        lines.append(b"x-ld-envid: " + environment_id.encode())
    if chunked:
        lines.append(b"transfer-encoding: chunked")
    return LINE_END.join([*lines, b"", b""])
