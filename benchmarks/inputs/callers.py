"""Callers of a REST server: connections that stay, each sending its next request when it is answered."""

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import uvloop

END_OF_HEADERS = b"\r\n\r\n"
LENGTH = b"content-length:"


def request(method: str, path: str, token: str, body: Any = None, media: str = "application/json") -> bytes:
    """The bytes of a request."""
    content = b"" if body is None else json.dumps(body).encode()
    head = f"{method} {path} HTTP/1.1\r\nHost: benchmark\r\nAuthorization: {token}\r\n"
    if content:
        head += f"Content-Type: {media}\r\nContent-Length: {len(content)}\r\n"
    return head.encode() + b"\r\n" + content


@dataclass
class Result:
    """What came of many requests: seconds in all, of each, and the answers that were no success."""

    seconds: float
    times: list[float]
    failures: list[bytes]

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    def quantile(self, share: float) -> float:
        """Milliseconds within which this share was answered."""
        return 1e3 * sorted(self.times)[min(len(self.times) - 1, int(share * len(self.times)))]


@dataclass
class _Work:
    requests: Iterator[bytes]
    done: "asyncio.Future[None]"
    waiting: int
    times: list[float] = field(default_factory=list)
    failures: list[bytes] = field(default_factory=list)


class _Caller(asyncio.Protocol):
    def __init__(self, work: _Work) -> None:
        self._work = work
        self._received = b""
        self._missing = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        self._next()

    def _next(self) -> None:
        wanted = next(self._work.requests, None)
        if wanted is None:
            self._transport.close()
            self._work.waiting -= 1
            if not self._work.waiting:
                self._work.done.set_result(None)
            return
        self._received, self._missing = b"", 0
        self._started = time.perf_counter()
        self._transport.write(wanted)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if not self._missing:
            end = self._received.find(END_OF_HEADERS)
            if end < 0:
                return
            head = self._received[:end].lower()
            place = head.find(LENGTH)
            length = int(head[place + len(LENGTH) :].split(b"\r", 1)[0]) if place >= 0 else 0
            self._missing = end + len(END_OF_HEADERS) + length
        if len(self._received) >= self._missing:
            self._work.times.append(time.perf_counter() - self._started)
            if self._received[9:10] != b"2":
                self._work.failures.append(self._received)
            self._next()

    def connection_lost(self, error: Exception | None) -> None:
        if error is not None and not self._work.done.done():
            self._work.done.set_exception(error)


def call(port: int, requests: list[bytes], callers: int) -> Result:
    """Send all requests from so many callers at once; fails if one is not answered with success."""

    async def run() -> Result:
        loop = asyncio.get_running_loop()
        work = _Work(iter(requests), loop.create_future(), callers)
        started = time.perf_counter()
        for _ in range(callers):
            await loop.create_connection(lambda: _Caller(work), "127.0.0.1", port)
        await work.done
        return Result(time.perf_counter() - started, work.times, work.failures)

    result = uvloop.run(run())
    assert not result.failures, result.failures[0]
    return result
