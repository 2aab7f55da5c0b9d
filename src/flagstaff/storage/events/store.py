"""The writing side of the event store: a thread that commits what came in, many batches at a time.

It has nothing to do with the writer of the main database: full, slow or broken, it stops no change of a flag.
"""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

import structlog

from flagstaff.kernel.errors import ApiError, Unavailable
from flagstaff.storage.events.shares import Shares
from flagstaff.storage.events.transaction import EventTransaction
from flagstaff.storage.sqlite import explain_error, open_writer

Batch = TypeVar("Batch")
Result = TypeVar("Result")
WriteBatches = Callable[[EventTransaction, Sequence[Batch]], Sequence[Any]]

GROUP = 2_000_000  # bytes that one transaction takes in
INTERVAL = 0.05  # seconds between two commits while little comes in: each costs the disk a write
SLOW = 10.0  # seconds after which those who wait are told to try again
FAULTS = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError, sqlite3.ProgrammingError)
UNITS = ""  # the share of what is no batch
log = structlog.get_logger()


@dataclass(eq=False)
class _Waiting(Generic[Batch]):
    """A batch, or a unit, and who waits for it."""

    future: "asyncio.Future[Any]"
    batch: Batch | None = None
    unit: Callable[[EventTransaction], Any] | None = None
    result: Any = None
    error: BaseException | None = None

    def release(self) -> None:
        if self.future.done():
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


class EventStore(Generic[Batch]):
    """Opened on a migrated file. `write_batches` stores batches in one transaction, with a result for each.

    `start` needs a running loop; `stop` finishes what was handed in before it.
    """

    def __init__(self, path: Path, write_batches: WriteBatches[Batch]) -> None:
        self.path = path
        self._write_batches = write_batches
        self._waiting: Shares[_Waiting[Batch]] = Shares()
        self._connection: sqlite3.Connection | None = None
        self._committed = 0.0
        self._thread = threading.Thread(target=self._work, name="event-writer", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._thread.start()

    async def stop(self) -> None:
        self._waiting.close()
        if self._loop is not None:
            await asyncio.to_thread(self._thread.join)

    async def add(self, owner: str, size: int, batch: Batch) -> Any:
        """Store a batch of about so many bytes; its result, once it is durable.

        Raises Unavailable where too much waits, of this environment or in all, or it takes too long: then it
        may have been stored or not.
        """
        return await self._hand_in(owner, size, _Waiting(self._future(), batch=batch))

    async def write(self, unit: Callable[[EventTransaction], Result]) -> Result:
        """Run a unit in a transaction of its own; its result, once it is durable."""
        return cast(Result, await self._hand_in(UNITS, 0, _Waiting(self._future(), unit=unit)))

    def _future(self) -> "asyncio.Future[Any]":
        return asyncio.get_running_loop().create_future()

    async def _hand_in(self, owner: str, size: int, waiting: _Waiting[Batch]) -> Any:
        self._waiting.put(owner, size, waiting)
        try:
            async with asyncio.timeout(SLOW):
                return await waiting.future
        except TimeoutError:
            raise Unavailable("The event store is slow", retry_after=5) from None

    def _work(self) -> None:
        while self._waiting.wait():
            self._waiting.linger(self._committed + INTERVAL - time.monotonic(), GROUP)
            group = [waiting for waiting in self._waiting.take(GROUP) if not waiting.future.done()]
            batches = [waiting for waiting in group if waiting.unit is None]
            if batches and not self._store(batches):
                for waiting in batches:
                    self._store([waiting])
            for waiting in group:
                if waiting.unit is not None:
                    self._store([waiting])
            self._committed = time.monotonic()
            if self._loop is not None and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._release, group)
        self._drop()

    def _store(self, group: Sequence[_Waiting[Batch]]) -> bool:
        """One transaction; false where one of several batches is at fault, and each is to be tried alone."""
        try:
            results = self._transact(group)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer to who waits
            loss = explain_loss(error)
            if len(group) > 1 and not isinstance(loss, Unavailable):
                return False
            for waiting in group:
                waiting.error = loss
        else:
            for waiting, result in zip(group, results, strict=True):
                waiting.result, waiting.error = result, None
        return True

    def _transact(self, group: Sequence[_Waiting[Batch]]) -> Sequence[Any]:
        if self._connection is None:
            self._connection = open_writer(self.path)
        tx = EventTransaction(self._connection)
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            unit = group[0].unit
            batches = [cast(Batch, waiting.batch) for waiting in group]
            results = [unit(tx)] if unit is not None else self._write_batches(tx, batches)
            self._connection.execute("COMMIT")
        except BaseException as error:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                self._drop()
            raise
        tx.confirm()
        return results

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _release(self, group: Sequence[_Waiting[Batch]]) -> None:
        for waiting in group:
            waiting.release()


def explain_loss(error: Exception) -> Exception:
    """What they are told whose batch was not stored; a defect is told as it is."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, sqlite3.Error) and not isinstance(error, FAULTS):
        log.warning("events_not_stored", error=str(error))
        answer = Unavailable("The events could not be stored; try again", retry_after=5)
        answer.__cause__ = error
        return answer
    return explain_error(error) or error
