"""A stream of server-sent events, read event by event while the server of the test runs."""

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import msgspec

from tests.support.client import OWNER
from tests.support.server import TestServer


@dataclass(frozen=True)
class Event:
    """One event; `data` is decoded. A heartbeat has neither name nor data."""

    name: str
    id: str = ""
    data: Any = None


def parse_event(text: str) -> Event:
    """Read one event in its text form."""
    found: dict[str, str] = {}
    for line in text.strip().split("\n"):
        name, _, value = line.partition(":")
        found[name] = value.strip()
    data = msgspec.json.decode(found["data"]) if found.get("data") else None
    return Event(found.get("event", ""), found.get("id", ""), data)


class EventStream:
    """An open stream of a server; `status` is that of the answer."""

    def __init__(
        self, server: TestServer, path: str, query: Any = (), *, as_: str = OWNER, **headers: str
    ) -> None:
        self._server = server
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._gone = asyncio.Event()
        self.status = 0
        self.headers: dict[str, str] = {}
        server.run(self._open(path, query, {"authorization": as_, **headers}))

    def take(self, name: str = "") -> Event:
        """Wait for the next event of that name, or of any that is no heartbeat."""
        return self._server.run(self._take(name))

    def is_ended(self) -> bool:
        """Wait for the end; anything else that comes first is lost."""
        return self._server.run(self._wait())

    def close(self) -> None:
        """Go away, as a browser does."""
        self._gone.set()
        self._task.cancel()
        self._server.run(asyncio.wait([self._task]))

    async def _open(self, path: str, query: Any, headers: dict[str, str]) -> None:
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": urlencode(list(query), doseq=True).encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items() if value],
            "client": ("127.0.0.1", 50_000),
            "server": ("127.0.0.1", 8080),
        }
        self._asked = False
        self._task = asyncio.get_running_loop().create_task(self._run(scope))

    async def _run(self, scope: Any) -> None:
        try:
            await self._server.wired.asgi(scope, self._receive, self._send)
        finally:
            self._events.put_nowait(None)

    async def _receive(self) -> Any:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        elif message.get("body") and self.status == 200:
            self._events.put_nowait(parse_event(message["body"].decode()))

    async def _take(self, name: str) -> Event:
        async with asyncio.timeout(20):
            while True:
                event = await self._events.get()
                assert event is not None, f"the stream ended with status {self.status}"
                if event.name and name in {"", event.name}:
                    return event

    async def _wait(self) -> bool:
        async with asyncio.timeout(20):
            while await self._events.get() is not None:
                pass
        return self._task.done()
