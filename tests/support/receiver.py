"""A receiver of webhooks on loopback: it notes what it is sent, and answers as the test has it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import msgspec

ALLOWED = "127.0.0.0/8"  # what a server needs to call it


@dataclass
class Receiver:
    """`statuses` are those of the next answers; after them, all is well."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    before_answering: Callable[[], None] = lambda: None

    @property
    def entries(self) -> list[Any]:
        """What was sent, each an entry of the audit log."""
        return [msgspec.json.decode(body) for body in self.bodies]

    @property
    def titles(self) -> list[str]:
        return [f"{entry['name']}: {entry['titleVerb']}" for entry in self.entries]

    @property
    def ids(self) -> list[str]:
        """Of the deliveries."""
        return [headers["X-Flagstaff-Delivery"] for headers in self.headers]


class Patient(HTTPServer):
    """Whoever calls may be gone before the answer."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver in a thread of its own."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            receiver.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            receiver.headers.append(dict(self.headers))
            receiver.before_answering()
            self.send_response(receiver.statuses.pop(0) if receiver.statuses else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with Patient(("127.0.0.1", 0), Handler) as server:
        receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()
