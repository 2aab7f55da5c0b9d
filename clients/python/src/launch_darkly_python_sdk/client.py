"""The client: settings, connections, and the groups of methods as attributes."""

import os
from collections.abc import Mapping
from importlib import import_module
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from launch_darkly_python_sdk.addresses import locate
from launch_darkly_python_sdk.answers import Answer
from launch_darkly_python_sdk.exchange import exchange
from launch_darkly_python_sdk.groups import Groups
from launch_darkly_python_sdk.links import build_link
from launch_darkly_python_sdk.operation import Operation
from launch_darkly_python_sdk.raw import RawResponse
from launch_darkly_python_sdk.retries import Retries
from launch_darkly_python_sdk.settings import Settings, read_settings
from launch_darkly_python_sdk.walks import Turn

if TYPE_CHECKING:
    from launch_darkly_python_sdk.async_connection import AsyncConnection
    from launch_darkly_python_sdk.connection import Connection


class LaunchDarkly(Groups):
    """A client of the API, of Flagstaff as of LaunchDarkly.

    host: address of the service; else the variable LAUNCHDARKLY_HOST, else http://127.0.0.1:8080.
    api_key: access token; else the variable LAUNCHDARKLY_ACCESS_TOKEN.
    api_version: date of the API's version, such as 20220603; the token's own if left out.
    timeout: seconds, or an httpx.Timeout.
    retries: a number, or a Retries.
    proxy, trust_env, verify, cert: as httpx takes them; `verify` may also be a path of a file of authorities.
    headers: sent with every request.
    transport, async_transport: httpx transports in place of the network.

    It is a context manager, also with `async with`; without one call `close()` or `await aclose()`. Threads
    may share it. Raises ValueError or TypeError for settings that cannot be used.
    """

    def __init__(
        self,
        api_key: str | None = None,
        *,
        host: str | None = None,
        api_version: str | int | None = None,
        timeout: Any = None,
        retries: Retries | int | None = None,
        proxy: Any = None,
        trust_env: bool = True,
        verify: Any = True,
        cert: Any = None,
        headers: Mapping[str, str] | None = None,
        transport: Any = None,
        async_transport: Any = None,
    ) -> None:
        self._settings: Settings = read_settings(
            os.environ,
            api_key=api_key,
            host=host,
            api_version=api_version,
            timeout=timeout,
            retries=retries,
            proxy=proxy,
            trust_env=trust_env,
            verify=verify,
            cert=cert,
            headers=headers,
            transport=transport,
            async_transport=async_transport,
        )
        self._lock = Lock()
        self._connection: Connection | None = None
        self._async_connection: AsyncConnection | None = None
        self._is_closed = False

    @property
    def host(self) -> str:
        """The address of the service, without a slash at its end."""
        return self._settings.host

    def follow(self, link: Mapping[str, Any] | Answer | str) -> Any:
        """Get what an entry of `_links` leads to, as the method of that address answers it.

        Raises ValueError for a link that is no address, or leads to another host, besides what all calls
        raise.
        """
        operation, turn = self._link_turn(link)
        return self.run_turn(operation, turn).body

    async def afollow(self, link: Mapping[str, Any] | Answer | str) -> Any:
        """As `follow`, awaited."""
        operation, turn = self._link_turn(link)
        return (await self.arun_turn(operation, turn)).body

    def run_turn(self, operation: Operation, turn: Turn) -> RawResponse[Any]:
        """Carry out a call that is made already; methods and walks use it."""
        steps = exchange(turn.request, turn.url, operation.answer, self._settings.retries)
        return self._connect().run(steps)

    async def arun_turn(self, operation: Operation, turn: Turn) -> RawResponse[Any]:
        """As `run_turn`, awaited."""
        steps = exchange(turn.request, turn.url, operation.answer, self._settings.retries)
        return await self._aconnect().run(steps)

    def close(self) -> None:
        """Close the connections of the plain methods. Closing twice does no harm; calls afterwards fail."""
        with self._lock:
            self._is_closed = True
            connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    async def aclose(self) -> None:
        """Close the connections of this event loop, and those of the plain methods."""
        connection = self._async_connection
        self.close()
        if connection is not None:
            await connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"LaunchDarkly(host={self.host!r})"

    def _link_turn(self, link: Mapping[str, Any] | Answer | str) -> tuple[Operation, Turn]:
        href = link if isinstance(link, str) else link["href"]
        if not isinstance(href, str) or not href or not href.isprintable():
            raise ValueError(f"{href!r} is no address")
        url = locate(self.host, href)
        if url is None:
            raise ValueError(f"the link leads to another host than {self.host}")
        operation, request = build_link(self.host, url)
        return operation, Turn({}, request, url)

    def _connect(self) -> "Connection":
        with self._lock:
            self._check_open()
            if self._connection is None:
                module = import_module("launch_darkly_python_sdk.connection")  # which imports httpx
                self._connection = module.Connection(self._settings)
            return self._connection

    def _aconnect(self) -> "AsyncConnection":
        with self._lock:
            self._check_open()
            if self._async_connection is None:
                module = import_module("launch_darkly_python_sdk.async_connection")  # and asyncio
                self._async_connection = module.AsyncConnection(self._settings)
            return self._async_connection

    def _check_open(self) -> None:
        if self._is_closed:
            raise RuntimeError("this client is closed")
