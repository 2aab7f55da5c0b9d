"""The start and the end of an ASGI application, as a server announces them."""

import asyncio
from typing import Any


class Lifespan:
    """Runs the application's lifespan as a task of the running loop."""

    def __init__(self, asgi: Any) -> None:
        self._asgi = asgi

    async def start(self) -> None:
        self._inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._outbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}}
        self._task = asyncio.create_task(self._asgi(scope, self._inbox.get, self._outbox.put))
        await self._announce("lifespan.startup")

    async def stop(self) -> None:
        await self._announce("lifespan.shutdown")
        await self._task

    async def _announce(self, event: str) -> None:
        await self._inbox.put({"type": event})
        answer = await self._outbox.get()
        assert answer["type"] == f"{event}.complete", answer
