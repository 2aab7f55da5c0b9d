"""A delivery on a scratch database in the test's own loop, and a transport that keeps what it is given."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flagstaff.delivery.delivery import Delivery
from flagstaff.delivery.stream import Stream
from flagstaff.kernel.ids import Ids
from flagstaff.storage.credentials import SDK, Credential, forget_credentials, replace_credential
from flagstaff.storage.database import Database
from flagstaff.storage.readers import READERS
from flagstaff.storage.transaction import Item, Transaction
from tests.delivery.serving import IDS, SECRET, ForwardClock, make_database


class Transport(asyncio.Transport):
    """Keeps what is written; its buffer is as long as the test says."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.high = 0
        self.buffered = 0
        self.protocol: Any = None
        self.closing = ""
        self.handle_closed = False

    def write(self, data: Any) -> None:
        if self.handle_closed:
            raise RuntimeError("the handle is closed")
        self.written.append(bytes(data))

    def writelines(self, list_of_data: Any) -> None:
        self.written.extend(list_of_data)

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:  # noqa: ARG002
        self.high = high or 0

    def get_write_buffer_size(self) -> int:
        return self.buffered

    def set_protocol(self, protocol: Any) -> None:
        self.protocol = protocol

    def close(self) -> None:
        self.closing = self.closing or "close"
        if not self.buffered:
            self._lose()

    def abort(self) -> None:
        self.closing = "abort"
        self._lose()

    def _lose(self) -> None:
        if self.protocol is not None:
            asyncio.get_running_loop().call_soon(self._lost, self.protocol)
            self.protocol = None

    def _lost(self, protocol: asyncio.Protocol) -> None:
        protocol.connection_lost(None)
        self.handle_closed = True

    def is_closing(self) -> bool:
        return bool(self.closing)

    @property
    def text(self) -> bytes:
        return b"".join(self.written)


class CountingDatabase(Database):
    """Counts its reads."""

    reads = 0

    async def read(self, unit: Callable[[Transaction], Any]) -> Any:
        self.reads += 1
        return await super().read(unit)


@dataclass
class Plane:
    """One environment, `e`, unless another is named."""

    database: CountingDatabase
    delivery: Delivery
    clock: ForwardClock
    ids: Ids = IDS

    async def publish(
        self, *changes: tuple[str, str, dict[str, Any] | None], environment_id: str = "e"
    ) -> None:
        """Change objects in one unit."""
        await self.database.write(
            lambda tx: tx.items.extend(Item(environment_id, *change) for change in changes)
        )

    async def publish_flag(self, key: str, environment_id: str = "e", **members: Any) -> None:
        await self.publish(("flags", key, {"key": key, **members}), environment_id=environment_id)

    async def reset_key(
        self, key: str, kind: str = SDK, expires: int = 0, environment_id: str = "e", *, wait: bool = True
    ) -> None:
        """Make it the current key, and wait until the keyring has read the environment's keys again."""
        await self.database.write(
            lambda tx: replace_credential(tx, environment_id, kind, key, SECRET, expires=expires)
        )
        if wait:
            await until(lambda: self.delivery.keyring.find(key, kind))

    async def end_keys(self, environment_id: str = "e") -> None:
        await self.database.write(lambda tx: forget_credentials(tx, environment_id))

    async def open(self, key: bytes = b"key", chunked: bool = True) -> tuple[Transport, Stream]:
        """A stream of environment `e` as it is now."""
        transport = Transport()
        snapshot = await self.delivery.snapshot("e")
        credential = Credential(key, "e", SDK, b"", 0)
        self.delivery.streams.open(transport, credential, snapshot, [], chunked=chunked)
        return transport, transport.protocol  # type: ignore[return-value]

    def write_elsewhere(self, unit: Callable[[Transaction], Any]) -> None:
        """Write as another process would: nobody here is told."""
        other = make_database(self.database.path, self.clock)
        other.write_now(unit)
        other.close()

    @contextmanager
    def held_readers(self) -> Iterator[threading.Event]:
        """Let every read wait until the event is set."""
        go = threading.Event()
        tasks = [asyncio.ensure_future(self.database.read(lambda _: go.wait(10))) for _ in range(READERS)]
        yield go
        go.set()
        del tasks


async def settle() -> None:
    """Let everything on the loop that can run do so."""
    for _ in range(50):
        await asyncio.sleep(0)


async def until(condition: Callable[[], Any]) -> None:
    """Let the loop run until the condition holds."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0)


@asynccontextmanager
async def open_plane(path: Path, **settings: Any) -> AsyncIterator[Plane]:
    clock = ForwardClock()
    database = CountingDatabase(path, clock, IDS, SECRET.seal_key)
    delivery = Delivery(database, clock, SECRET, **settings)
    database.advance, database.announce = delivery.advance, delivery.announce
    database.start()
    yield Plane(database, delivery, clock)
    await delivery.close()
    await database.stop()
