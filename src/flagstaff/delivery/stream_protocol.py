"""Where streams leave the HTTP server: uvicorn's protocol, but for requests that open a stream.

This file and `poll_protocol` alone know uvicorn's inner shape (decision 0005). Its version is pinned, and
tests hold a table of what HTTP/1.0 clients, pipelined bytes and half-closed sockets get.
"""

import asyncio
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Protocol

import httptools
import msgspec
import structlog
from msgspec.structs import replace
from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from flagstaff.delivery.admission import Admission, Admitted, read_filter
from flagstaff.delivery.client_admission import ClientAdmission
from flagstaff.delivery.client_requests import MOST_CONTEXT, ClientRequest, find_parameter, find_stream
from flagstaff.delivery.poll_protocol import PollProtocol
from flagstaff.delivery.polls_at_once import PollsAtOnce
from flagstaff.delivery.streams import EVENTS, FLAGS, TRANSFERS, Streams
from flagstaff.http.answers import refuse
from flagstaff.http.browser import cors_headers
from flagstaff.kernel.errors import ApiError, InvalidRequest, Unavailable
from flagstaff.kernel.ids import Ids

# The paths of streams for servers, and what those are told.
SERVERS = {(b"all",): EVENTS, (b"flags",): FLAGS, (b"sdk", b"stream"): TRANSFERS}
METHODS = {b"GET", b"REPORT", b"POST"}
NO_STREAMS = (b"/api/", b"/sdk/evalx/", b"/msdk/", b"/sdk/latest-all", b"/bulk", b"/events/", b"/ofrep/")
VERSIONS = {"1.0", "1.1"}
MOST_FRAMING = 256 * 1024  # bytes of a request that are not its body; contexts of clients travel in its path
log = structlog.get_logger()


class StreamRequest(msgspec.Struct, frozen=True):
    """What opens a stream: the key that was shown, the query, and whether the client knows chunks.

    `told` is the protocol of a stream for servers, and `basis` where one in the second protocol goes on.
    `client` is what a client-side SDK asks for; then `headers` go with the answer, also if it is an error.
    """

    authorization: str | None
    query: str
    chunked: bool
    told: str = EVENTS
    basis: str = ""
    client: ClientRequest | None = None
    other: "Opener | None" = None
    headers: list[tuple[bytes, bytes]] = msgspec.field(default_factory=list)

    @property
    def wanted(self) -> tuple[str | None, str]:
        """Key and payload filter."""
        return self.authorization, read_filter(self.query)

    @property
    def has_body(self) -> bool:
        return self.client is not None and self.client.body is not None


class Opener(Protocol):
    """Streams of another kind: who is let in, and what they begin with."""

    async def admit(self, authorization: str | None, query: str) -> Any: ...

    def open(
        self,
        transport: asyncio.Transport,
        admitted: Any,
        headers: list[tuple[bytes, bytes]],
        *,
        chunked: bool,
    ) -> None: ...


Openers = Mapping[tuple[bytes, ...], Opener]  # by path


class SdkProtocol(PollProtocol):
    """Serves ordinary requests as its parent does, and hands the connections of streams over to `streams`.

    Whatever comes on a connection after the request for a stream is read and ignored.
    """

    admission: ClassVar[Admission]
    client_admission: ClassVar[ClientAdmission]
    streams: ClassVar[Streams]
    ids: ClassVar[Ids]
    others: ClassVar[Openers] = MappingProxyType({})
    wanted: StreamRequest | None = None
    context: bytes = b""  # the body of a REPORT
    is_whole: bool = False  # all of the request that matters has come
    answering: bool = False
    framing: int = 0

    def data_received(self, data: bytes) -> None:
        if self.wanted is None and self.answer_unparsed(data):
            return
        self.framing += len(data)
        super().data_received(data)
        if self.framing > MOST_FRAMING:
            self.send_400_response("The headers are too long")
        if self.wanted is not None and self.is_whole and not self.answering:
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
            self.is_whole = self.wanted is not None and not self.wanted.has_body
        if self.wanted is None:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self.framing -= len(body)
        if self.wanted is None:
            super().on_body(body)
        elif not self.is_whole:
            self.context += body
            self.is_whole = len(self.context) > MOST_CONTEXT  # it is refused without the rest

    def on_message_complete(self) -> None:
        self.is_whole = True
        if self.wanted is None:
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        if self.wanted is None:
            super().send_400_response(msg)
        elif not self.is_whole:  # the body that it should have is damaged
            self.is_whole = self.answering = True
            self._refuse(InvalidRequest(msg), self.wanted)

    def _find_stream_request(self) -> StreamRequest | None:
        """The request if it is for a stream; one that waits behind another on its connection is not."""
        if self.url.startswith(NO_STREAMS):
            return None
        method = self.parser.get_method()
        if (
            method not in METHODS
            or (self.cycle is not None and not self.cycle.response_complete)
            or self._should_upgrade()
        ):
            return None
        url = httptools.parse_url(self.url)
        path, query = url.path or b"", (url.query or b"").decode("latin-1")
        authorization = self._find_header(b"authorization")
        chunked = self.parser.get_http_version() != "1.0"
        names = tuple(name for name in path.split(b"/") if name)
        if names in SERVERS:
            basis = find_parameter(query, "basis")
            request = StreamRequest(authorization, query, chunked, SERVERS[names], basis)
            return request if method == b"GET" else None
        if names in self.others:
            other = self.others[names]
            return StreamRequest(authorization, query, chunked, other=other) if method == b"GET" else None
        client = find_stream(method.decode(), path, query, authorization)
        if client is None:
            return None
        headers = self._list_headers(client)
        return StreamRequest(authorization, query, chunked, client=client, headers=headers)

    def _list_headers(self, client: ClientRequest) -> list[tuple[bytes, bytes]]:
        """What a page of another origin must be told."""
        if client.client != "environment_id" and client.basis is None:
            return []
        sending = ("REPORT",) if client.basis is None else ("POST", "REPORT")
        methods = (*(sending if client.body is not None else ("GET",)), "OPTIONS")
        headers = {**cors_headers(self._find_header(b"origin"), methods), "Vary": "Origin"}
        return [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]

    def _find_header(self, wanted: bytes) -> str | None:
        return next((value.decode("latin-1") for name, value in self.headers if name == wanted), None)

    def _answer(self, request: StreamRequest) -> None:
        """Open the stream at once if all is at hand; else stop reading until the database has answered."""
        try:
            admitted = None if request.client or request.other else self.admission.find(*request.wanted)
            if admitted is not None:
                self._open(request, admitted)
                return
        except ApiError as error:
            self._refuse(error, request)
            return
        self.flow.pause_reading()
        task = self.loop.create_task(self._answer_later(request))
        self.tasks.add(task)  # uvicorn ends these when it shuts down
        task.add_done_callback(self.tasks.discard)

    async def _answer_later(self, request: StreamRequest) -> None:
        try:
            if request.other is not None:
                await self._open_other(request, request.other)
            elif request.client is None:
                self._open(request, await self.admission.get(*request.wanted))
            else:
                await self._open_client(request, request.client)
        except ApiError as error:
            self._refuse(error, request)
        except Exception:
            request_id = self.ids.uuid()
            log.exception("stream_not_opened", request_id=request_id)
            self._refuse(ApiError(), request, request_id)

    def _open(self, request: StreamRequest, admitted: Admitted) -> None:
        credential, snapshot = admitted
        headers = self.server_state.default_headers
        self._hand_over(
            lambda: self.streams.open(
                self.transport,
                credential,
                snapshot,
                headers,
                chunked=request.chunked,
                told=request.told,
                basis=request.basis,
            )
        )

    async def _open_client(self, request: StreamRequest, client: ClientRequest) -> None:
        if client.body is not None:
            content_type = self._find_header(b"content-type") or ""
            client = replace(client, body=self.context, content_type=content_type)
        admitted = await self.client_admission.get(client)
        headers = [*self.server_state.default_headers, *request.headers]
        self._hand_over(
            lambda: self.streams.open_client(
                self.transport, client, admitted, headers, chunked=request.chunked
            )
        )

    async def _open_other(self, request: StreamRequest, other: Opener) -> None:
        admitted = await other.admit(request.authorization, request.query)
        headers = self.server_state.default_headers
        self._hand_over(lambda: other.open(self.transport, admitted, headers, chunked=request.chunked))
        self.streams.begin_beating()

    def _hand_over(self, open_stream: Callable[[], None]) -> None:
        if self.streams.closing:
            raise Unavailable("The server is shutting down", retry_after=1)
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        open_stream()
        agent = self._find_header(b"x-launchdarkly-user-agent") or self._find_header(b"user-agent") or ""
        tags = self._find_header(b"x-launchdarkly-tags") or ""
        self.streams.note_sdk(self.transport.get_protocol(), agent, tags)
        self._let_go()

    def _let_go(self) -> None:
        """Leave nothing behind: the transport has another protocol now."""
        self.connections.discard(self)
        del self.parser, self.scope, self.headers, self.cycle, self.flow, self.transport

    def _refuse(self, error: ApiError, request: StreamRequest, request_id: str = "") -> None:
        """Answer with an error as the rest of the server would, log it under the same id, and close."""
        request_id = request_id or self.ids.uuid()
        if self.transport.is_closing():
            return
        log.info("stream_refused", request_id=request_id, status=error.status)
        answer = refuse(error, request_id)
        headers = [
            *self.server_state.default_headers,
            *request.headers,
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(answer.body)),
            (b"connection", b"close"),
            *((name.lower().encode(), value.encode()) for name, value in answer.headers.items()),
        ]
        lines = (b"%s: %s\r\n" % header for header in headers)
        self.transport.write(b"".join((STATUS_LINE[answer.status], *lines, b"\r\n", answer.body)))
        self.transport.close()


def bind_protocol(
    admission: Admission,
    client_admission: ClientAdmission,
    streams: Streams,
    ids: Ids,
    *,
    others: Openers,
    polls: PollsAtOnce | None,
) -> type[asyncio.Protocol]:
    """The protocol class for uvicorn's setting `http`; `ids` name the requests that are refused."""
    members = {
        "admission": admission,
        "client_admission": client_admission,
        "streams": streams,
        "ids": ids,
        "others": others,
        "polls": polls,
    }
    return type("BoundSdkProtocol", (SdkProtocol,), members)
