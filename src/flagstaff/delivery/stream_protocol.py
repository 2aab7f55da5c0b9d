"""Where streams leave the HTTP server: uvicorn's protocol, but for requests that open a stream.

This file alone knows uvicorn's inner shape (decision 0005). Its version is pinned, and tests hold a table of
what HTTP/1.0 clients, pipelined bytes and half-closed sockets get.
"""

import asyncio
from dataclasses import dataclass
from typing import ClassVar

import httptools
import msgspec
import structlog
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from flagstaff.delivery.admission import Admission, Admitted, check_filter
from flagstaff.delivery.streams import Streams
from flagstaff.kernel.errors import ApiError, Unavailable

STREAMS = {b"all"}
VERSIONS = {"1.0", "1.1"}
MOST_FRAMING = 256 * 1024  # bytes of a request that are not its body; contexts of clients travel in its path
log = structlog.get_logger()


@dataclass(frozen=True)
class StreamRequest:
    """What opens a stream: the key that was shown, the query, and whether the client knows chunks."""

    authorization: str | None
    query: str
    chunked: bool


class SdkProtocol(HttpToolsProtocol):
    """Serves ordinary requests as uvicorn does, and hands the connections of streams over to `streams`.

    Whatever comes on a connection after the request for a stream is read and ignored.
    """

    admission: ClassVar[Admission]
    streams: ClassVar[Streams]
    wanted: StreamRequest | None = None
    answering: bool = False
    framing: int = 0

    def data_received(self, data: bytes) -> None:
        self.framing += len(data)
        super().data_received(data)
        if self.framing > MOST_FRAMING:
            self.send_400_response("The headers are too long")
        if self.wanted is not None and not self.answering:
            self.answering = True
            self._answer(self.wanted)

    def on_message_begin(self) -> None:
        self.framing = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        if self.parser.get_http_version() not in VERSIONS:
            raise ValueError("not a version of HTTP that is spoken here")  # the parser's caller answers 400
        if self.wanted is None:
            self.wanted = self._find_stream_request()
        if self.wanted is None:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self.framing -= len(body)
        if self.wanted is None:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if self.wanted is None:
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        if self.wanted is None:
            super().send_400_response(msg)

    def _find_stream_request(self) -> StreamRequest | None:
        """The request if it is for a stream; one that waits behind another on its connection is not."""
        if b"all" not in self.url or self.parser.get_method() != b"GET":
            return None
        if (self.cycle is not None and not self.cycle.response_complete) or self._should_upgrade():
            return None
        url = httptools.parse_url(self.url)
        if (url.path or b"").strip(b"/") not in STREAMS:
            return None
        authorization = next((value for name, value in self.headers if name == b"authorization"), None)
        return StreamRequest(
            None if authorization is None else authorization.decode("latin-1"),
            (url.query or b"").decode("latin-1"),
            chunked=self.parser.get_http_version() != "1.0",
        )

    def _answer(self, request: StreamRequest) -> None:
        """Open the stream at once if all is at hand; else stop reading until the database has answered."""
        try:
            admitted = self.admission.find(request.authorization)
            if admitted is not None:
                self._open(request, admitted)
                return
        except ApiError as error:
            self._refuse(error)
            return
        self.flow.pause_reading()
        task = self.loop.create_task(self._answer_later(request))
        self.tasks.add(task)  # uvicorn ends these when it shuts down
        task.add_done_callback(self.tasks.discard)

    async def _answer_later(self, request: StreamRequest) -> None:
        try:
            self._open(request, await self.admission.get(request.authorization))
        except ApiError as error:
            self._refuse(error)
        except Exception:
            log.exception("stream_not_opened")
            self._refuse(ApiError())

    def _open(self, request: StreamRequest, admitted: Admitted) -> None:
        check_filter(request.query)
        if self.streams.closing:
            raise Unavailable("The server is shutting down", retry_after=1)
        if self.transport.is_closing():
            return
        credential, snapshot = admitted
        headers = self.server_state.default_headers
        self.flow.resume_reading()
        self.streams.open(self.transport, credential, snapshot, headers, chunked=request.chunked)
        self._let_go()

    def _let_go(self) -> None:
        """Leave nothing behind: the transport has another protocol now."""
        self.connections.discard(self)
        del self.parser, self.scope, self.headers, self.cycle, self.flow, self.transport

    def _refuse(self, error: ApiError) -> None:
        """Answer with an error, as the rest of the server would, and close."""
        if self.transport.is_closing():
            return
        body = msgspec.json.encode({"code": error.code, "message": error.message})
        headers = [
            *self.server_state.default_headers,
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(body)),
            (b"connection", b"close"),
        ]
        if error.retry_after is not None:
            headers.append((b"retry-after", b"%d" % error.retry_after))
        lines = (b"%s: %s\r\n" % header for header in headers)
        self.transport.write(b"".join((STATUS_LINE[error.status], *lines, b"\r\n", body)))
        self.transport.close()


def bind_protocol(admission: Admission, streams: Streams) -> type[asyncio.Protocol]:
    """The protocol class for uvicorn's setting `http`."""
    return type("BoundSdkProtocol", (SdkProtocol,), {"admission": admission, "streams": streams})
