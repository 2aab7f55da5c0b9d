"""A small HTTP server that records what it is sent and answers what it was told to."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass(frozen=True)
class Recorded:
    """A request as it arrived; `target` is the path with the query, not decoded, `port` the caller's."""

    method: str
    target: str
    headers: dict[str, str]
    content: bytes
    port: int = 0

    @property
    def json(self) -> Any:
        return json.loads(self.content)


@dataclass(frozen=True)
class Prepared:
    """An answer: an object becomes JSON; `cut` bytes of the body are promised and never sent."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0

    @property
    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


Answering = Callable[[Recorded], Prepared]


class Recorder(ThreadingHTTPServer):
    """Answers one after another what is in `answers`, then what `otherwise` says."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[Recorded] = []
        self.answers: list[Prepared] = []
        self.otherwise: Answering = lambda _request: Prepared()

    @property
    def host(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def last(self) -> Recorded:
        return self.requests[-1]

    def answer(self, request: Recorded) -> Prepared:
        self.requests.append(request)
        return self.answers.pop(0) if self.answers else self.otherwise(request)


class Handler(BaseHTTPRequestHandler):
    """Hands every request to the recorder."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together
    server: Recorder

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        content = self._read_content()
        recorded = Recorded(self.command, self.path, dict(self.headers), content, self.client_address[1])
        self._send(self.server.answer(recorded))

    def _read_content(self) -> bytes:
        if self.headers.get("Transfer-Encoding") == "chunked":
            return b"".join(self._read_chunks())
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _read_chunks(self) -> Iterator[bytes]:
        while size := int(self.rfile.readline(), 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def _send(self, prepared: Prepared) -> None:
        content = b"" if prepared.status == 204 else prepared.content
        self.send_response(prepared.status)
        for name, value in {"Content-Type": "application/json", **prepared.headers}.items():
            self.send_header(name, value)
        if prepared.status != 204:
            self.send_header("Content-Length", str(len(content) + prepared.cut))
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()
        self.close_connection = self.close_connection or bool(prepared.cut)

    def log_message(self, *_arguments: Any) -> None:
        """Says nothing."""


@contextmanager
def record() -> Iterator[Recorder]:
    """A recorder that runs."""
    with Recorder() as recorder:
        thread = Thread(target=recorder.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield recorder
        finally:
            recorder.shutdown()
            thread.join()
