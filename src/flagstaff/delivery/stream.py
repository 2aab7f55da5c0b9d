"""One open stream: a transport, what it was last given, and how it ends. No task, queue or coroutine."""

import asyncio
import sys
from typing import ClassVar, Protocol

from flagstaff.delivery.frames import HEARTBEAT, LAST_CHUNK, Frame
from flagstaff.delivery.transfers import GOODBYE, frame_events, report_error
from flagstaff.features.projects.connections.model import Sdk
from flagstaff.kernel.clock import Millis

GONE = sys.maxsize  # the data version of a stream that is given nothing any more
LINGER = 10.0  # seconds that an ended stream has to read what it was given


class Owner(Protocol):
    """Who is told when a stream is no longer."""

    def leave(self, stream: "Stream") -> None: ...

    def drop(self, stream: "Stream") -> None: ...


class Stream(asyncio.Protocol):
    """What is left of a connection once its stream is open. What the client sends from then on is ignored.

    The transport's write buffer is bounded by `make_room`. A reader that lets it fill is dropped; its SDK
    comes back and is given a fresh `put`.
    """

    __slots__ = ("_owner", "_transport", "chunked", "given", "key", "sdk", "version")
    farewell: ClassVar[Frame | None] = None  # what is said before the end

    def __init__(self, owner: Owner, transport: asyncio.Transport, key: bytes, *, chunked: bool) -> None:
        self._owner = owner
        self._transport = transport
        self.chunked = chunked
        self.key = key  # the digest of the SDK key that opened it
        self.version = -1  # the data version last given
        self.given: Millis = 0  # when that was
        self.sdk: Sdk | None = None

    def open(self, head: bytes, frame: Frame, version: int) -> None:
        """Begin: from now on the transport is this stream's."""
        self._transport.set_protocol(self)
        self.version = version
        self._transport.writelines((head, self._choose(frame)))

    def give(self, frame: Frame, version: int) -> None:
        self.version = version
        self._transport.write(frame.chunk if self.chunked else frame.plain)

    def pass_over(self, version: int) -> None:
        """Nothing has changed for this one."""
        if self.version != GONE:
            self.version = max(self.version, version)

    def fail(self, payload_id: str) -> None:
        """End because there is nothing any more that could be told of this payload."""
        del payload_id
        self.end()

    def beat(self) -> None:
        if self.version != GONE:
            self._transport.write(self._choose(HEARTBEAT))

    def make_room(self, size: int) -> None:
        """Let the write buffer hold that many bytes."""
        self._transport.set_write_buffer_limits(high=size)

    def end(self) -> None:
        """Finish the answer, and close when the client has read it or lets it lie."""
        if self.version == GONE:
            return
        self.version = GONE
        if self.farewell is not None:
            self._transport.write(self._choose(self.farewell))
        if self.chunked:
            self._transport.write(LAST_CHUNK)
        self._transport.close()
        if self._transport.get_write_buffer_size():
            asyncio.get_running_loop().call_later(LINGER, self._transport.abort)

    def abort(self) -> None:
        self.version = GONE
        self._transport.abort()

    def pause_writing(self) -> None:
        """The buffer is over its bound."""
        if self.version != GONE:
            self._owner.drop(self)

    def eof_received(self) -> None:
        """A client that closes its side for writing ends the stream."""
        self.end()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the signature is asyncio's
        self.version = GONE
        self._owner.leave(self)

    def _choose(self, frame: Frame) -> bytes:
        return frame.chunk if self.chunked else frame.plain


class TransferStream(Stream):
    """A stream of the second protocol, which says goodbye."""

    __slots__ = ()
    farewell = GOODBYE

    def fail(self, payload_id: str) -> None:
        if self.version != GONE:
            error = report_error(payload_id, "the payload filter is gone")
            self._transport.write(self._choose(frame_events([error])))
        self.end()
