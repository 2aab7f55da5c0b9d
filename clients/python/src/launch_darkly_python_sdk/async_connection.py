"""Sends requests over pools of connections, and waits: for callers in asyncio."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import ExitStack
from typing import Any

import httpx

from launch_darkly_python_sdk.connection import client_options, fail, receive, request_options
from launch_darkly_python_sdk.exchange import Outcome, Send, Steps, Wait
from launch_darkly_python_sdk.raw import RawResponse
from launch_darkly_python_sdk.settings import Settings


class AsyncConnection:
    """One `httpx.AsyncClient` for each event loop, since connections cannot move to another loop.

    Those of a loop are closed by `close`, and else when the loop ends in an orderly way, as in `asyncio.run`.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._clients: dict[asyncio.AbstractEventLoop, httpx.AsyncClient] = {}
        self._keepers: dict[asyncio.AbstractEventLoop, AsyncGenerator[None, None]] = {}

    async def run(self, steps: Steps) -> RawResponse[Any]:
        """Carry out the steps of a call."""
        client = await self._connect()
        outcome: Outcome | None = None
        try:
            while True:
                step = steps.send(outcome)
                outcome = None
                if isinstance(step, Wait):
                    await asyncio.sleep(step.seconds)
                else:
                    outcome = await _send(client, step)
        except StopIteration as done:
            answer: RawResponse[Any] = done.value
            return answer

    async def close(self) -> None:
        """Close the connections of this event loop."""
        keeper = self._keepers.get(asyncio.get_running_loop())
        if keeper is not None:
            await keeper.aclose()

    async def _connect(self) -> httpx.AsyncClient:
        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            options = client_options(self._settings)
            self._clients[loop] = httpx.AsyncClient(transport=self._settings.async_transport, **options)
            self._keepers[loop] = self._keep(loop)
            await anext(self._keepers[loop])
        return self._clients[loop]

    async def _keep(self, loop: asyncio.AbstractEventLoop) -> AsyncGenerator[None, None]:
        """A loop closes the generators that are open when it ends, and with this one our connections."""
        try:
            yield
        finally:
            del self._keepers[loop]
            await self._clients.pop(loop).aclose()


async def _send(client: httpx.AsyncClient, step: Send) -> Outcome:
    with ExitStack() as files:
        sent = client.build_request(step.request.http, step.url, **request_options(step.request, files))
        start = time.perf_counter()
        try:
            response = await client.send(sent)
        except httpx.RequestError as error:
            return fail(error, step.request, time.perf_counter() - start)
        return receive(response, time.perf_counter() - start)
