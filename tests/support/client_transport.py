"""The Python client on an installation in the test's own process: no socket, and every answer is checked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from launch_darkly_python_sdk import LaunchDarkly

from tests.support.client import OWNER, Answer
from tests.support.server import TestServer


@dataclass
class Passage(httpx.AsyncBaseTransport, httpx.BaseTransport):
    """Hands requests to the application, and keeps them in `sent`."""

    server: TestServer
    sent: list[httpx.Request] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        return _receive(self.server.request(**self._note(request)))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        return _receive(await self.server.send(**self._note(request)))

    def _note(self, request: httpx.Request) -> dict[str, Any]:
        self.sent.append(request)
        return {
            "method": request.method,
            "path": request.url.raw_path.decode(),
            "headers": {name: value for name, value in request.headers.items() if name != "accept-encoding"},
            "body": request.content,
        }


def _receive(answer: Answer) -> httpx.Response:
    return httpx.Response(answer.status, headers=dict(answer.headers), content=answer.body)


@dataclass(frozen=True)
class ServerRunner:
    """Runs awaited calls on the event loop of the installation."""

    server: TestServer

    def run(self, awaitable: Any) -> Any:
        return self.server.run(awaitable)


@contextmanager
def connecting(server: TestServer) -> Iterator[tuple[LaunchDarkly, Passage]]:
    """A client of this installation, and what it sends."""
    passage = Passage(server)
    client = LaunchDarkly(OWNER, transport=passage, async_transport=passage, retries=0)
    yield client, passage
    server.run(client.aclose())
