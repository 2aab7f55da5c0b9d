"""A client as raw as a test needs it: bytes out, and responses taken apart as they come, streams included."""

import json
import socket
from collections import deque
from dataclasses import dataclass
from typing import Any, Self

import httptools


@dataclass
class Event:
    """One server-sent event; a comment has no name."""

    name: str
    data: Any = None


class Wire:
    """One connection. Reading fails after the socket's time-out, so nothing waits for ever."""

    def __init__(self, connection: socket.socket) -> None:
        self.socket = connection
        self.closed = False  # the server has closed the connection
        self.received = 0
        self.reset()

    def reset(self) -> None:
        """Make ready for the next response on this connection."""
        self._parser = httptools.HttpResponseParser(self)
        self._headers_complete = False
        self._events: deque[Event] = deque()
        self._text = bytearray()
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = b""
        self.complete = False  # the response has ended as HTTP says

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def request(
        self,
        method: str,
        path: str,
        headers: dict[str, str] | None = None,
        body: bytes = b"",
        version: str = "1.1",
    ) -> None:
        lines = [f"{method} {path} HTTP/{version}", "Host: test"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        self.send("\r\n".join([*lines, "", ""]).encode("latin-1") + body)

    def read_head(self) -> int:
        while not self._headers_complete:
            self._receive()
        return self.status

    def read_response(self) -> int:
        """Read to the end of the response."""
        while not self.complete and not self.closed:
            self._receive()
        return self.status

    def read_event(self) -> Event:
        """The next event, heartbeats included; raises EOFError where the stream has ended."""
        while not self._events:
            if self.complete or self.closed:
                raise EOFError
            self._receive()
        return self._events.popleft()

    def read_change(self) -> Event:
        """The next event that is no heartbeat, of which a busy server sends some in between."""
        event = self.read_event()
        while not event.name:
            event = self.read_event()
        return event

    def read_end(self) -> None:
        """Read until the server closes; fails if an event comes before."""
        while not self.closed:
            self._receive()
        assert not self._events

    def _receive(self) -> None:
        try:
            data = self.socket.recv(1 << 20)
        except ConnectionResetError:
            data = b""
        self.received += len(data)
        if data:
            self._parser.feed_data(data)
        else:
            self.closed = True

    def on_status(self, _: bytes) -> None:
        self.status = self._parser.get_status_code()

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self.status = self._parser.get_status_code()
        self._headers_complete = True

    def on_body(self, body: bytes) -> None:
        if not self.headers.get("content-type", "").startswith("text/event-stream"):
            self.body += body
            return
        self._text += body
        if b"\n\n" in body or self._text.endswith(b"\n\n"):
            *whole, self._text = self._text.split(b"\n\n")
            self._events.extend(_parse_event(bytes(text)) for text in whole)

    def on_message_complete(self) -> None:
        self.complete = True


def parse_events(text: bytes) -> list[Event]:
    """The whole events of a text."""
    return [_parse_event(part) for part in text.split(b"\n\n")[:-1]]


def _parse_event(text: bytes) -> Event:
    if text.startswith(b":"):
        return Event("")
    first, second = text.split(b"\n")
    assert first.startswith(b"event: "), text
    assert second.startswith(b"data: "), text
    data = second[6:]
    return Event(first[7:].decode(), json.loads(data) if data.strip() else data.decode())
