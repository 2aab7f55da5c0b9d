"""The database of a process: one writer thread, a small pool of readers, and the release of answers.

`write` and `read` take a unit, a plain function of a Transaction, and are awaited on the event loop.
"""

import asyncio
import contextvars
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

import msgspec

from flagstaff.kernel.clock import Clock
from flagstaff.kernel.errors import Unavailable
from flagstaff.kernel.ids import Ids
from flagstaff.storage.events.reading import EventReader
from flagstaff.storage.groups import Group, GroupLost, Outcome, lost, run_alone
from flagstaff.storage.memory import Memory
from flagstaff.storage.readers import Readers
from flagstaff.storage.sqlite import events_beside, explain_error, open_reader, open_writer
from flagstaff.storage.transaction import Effect, Transaction
from flagstaff.storage.waiting import Waiting

Result = TypeVar("Result")
Listener = Callable[[Sequence[Effect]], None]

GROUP_UNITS = 64
GROUP_SECONDS = 0.02  # while others wait: a thread that is left alone does far more in the same time


class _Reader(msgspec.Struct, frozen=True):
    """What one thread reads with."""

    connection: sqlite3.Connection
    events: EventReader
    memory: Memory = msgspec.field(default_factory=Memory)

    def close(self) -> None:
        self.connection.close()
        self.events.close()


@dataclass
class Database:
    """Opened on a file; `start` needs a running loop, `stop` finishes what was handed in before it.

    `advance` is called on the loop with a group's effects before its answers are released, `announce` after.
    `events` is the file of the event store; it lies beside `path` where none is given.
    """

    path: Path
    clock: Clock
    ids: Ids
    seal_key: bytes
    advance: Listener = field(default=lambda _: None)
    announce: Listener = field(default=lambda _: None)
    events: Path | None = None

    def __post_init__(self) -> None:
        self._queue: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._readers = Readers(self._run_read)
        self._local = threading.local()
        self._opened: list[_Reader] = []
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._connection: sqlite3.Connection | None = None
        self._memory = Memory(by_table=True)  # of that connection
        self._running = False

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._running = True
        self._thread.start()
        self._readers.start()

    async def stop(self) -> None:
        """Finish every unit that was handed in, then close the connections."""
        self._running = False
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)
        await self._readers.stop()
        self.close()

    def close(self) -> None:
        for reader in self._opened:
            reader.close()
        self._opened.clear()
        self._drop_writer()

    async def write(self, unit: Callable[[Transaction], Result]) -> Result:
        """Run a write unit and answer once it is durable; raises what the unit raised, or Unavailable."""
        if not self._running:
            raise Unavailable("The server is shutting down", retry_after=1)
        waiting = Waiting(unit, contextvars.copy_context(), self._loop.create_future())
        self._queue.put(waiting)
        return cast(Result, await waiting.future)

    async def read(self, unit: Callable[[Transaction], Result]) -> Result:
        """Run a read unit: one read transaction, which sees every change answered before this call."""
        if not self._running:
            raise Unavailable("The server is shutting down", retry_after=1)
        waiting = Waiting(unit, contextvars.copy_context(), self._loop.create_future())
        self._readers.add(waiting)
        return cast(Result, await waiting.future)

    def write_now(self, unit: Callable[[Transaction], Result]) -> Result:
        """Run a write unit in this thread, for commands and for start-up, while no loop runs."""
        outcome = run_alone(self._group(), unit)
        return cast(Result, outcome.result)

    def read_now(self, unit: Callable[[Transaction], Result]) -> Result:
        """Run a read unit in this thread."""
        return self._read(unit)

    def _read(self, unit: Callable[[Transaction], Result]) -> Result:
        try:
            return self._read_once(self._reader(), unit)
        except (sqlite3.Error, OverflowError, UnicodeEncodeError) as error:
            raise explain_error(error) or error from error

    def _read_once(self, reader: _Reader, unit: Callable[[Transaction], Result]) -> Result:
        connection = reader.connection
        tx = Transaction(
            connection,
            self.clock(),
            self.ids,
            self.seal_key,
            memory=reader.memory,
            event_reader=reader.events,
        )
        connection.execute("BEGIN")
        try:
            return unit(tx)
        finally:
            tx.leave()
            connection.execute("ROLLBACK")

    def _reader(self) -> _Reader:
        """The connection of this thread."""
        reader: _Reader | None = getattr(self._local, "reader", None)
        if reader is None:
            events = EventReader(self.events or events_beside(self.path))
            reader = self._local.reader = _Reader(open_reader(self.path), events)
            self._opened.append(reader)
        return reader

    def _run_read(self, waiting: Waiting) -> None:
        try:
            waiting.outcome.result = waiting.context.run(self._read, waiting.unit)
        except BaseException as error:  # noqa: BLE001 - whatever a unit raises is its caller's answer
            waiting.outcome.error = error

    def _group(self) -> Group:
        if self._connection is None:
            self._connection, self._memory = open_writer(self.path), Memory(by_table=True)
        return Group(self._connection, self.clock, self.ids, self.seal_key, self._memory)

    def _drop_writer(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _work(self) -> None:
        while (first := self._queue.get()) is not None:
            group: list[Waiting] = []
            stopping = False
            try:
                stopping = self._run_group(first, group)
            except (GroupLost, sqlite3.Error) as error:
                for waiting in group or [first]:
                    waiting.outcome = Outcome(error=lost(error))
                self._drop_writer()
            self._loop.call_soon_threadsafe(self._release, group or [first])
            if stopping:
                return

    def _run_group(self, first: Waiting, group: list[Waiting]) -> bool:
        """Run and commit one group; True when the end of the queue was met."""
        units = self._group()
        started = time.monotonic()
        waiting: Waiting | None = first
        stopping = False
        try:
            group.append(first)
            units.begin()
            while waiting is not None:
                waiting.outcome = units.run(waiting.unit, waiting.context)
                waiting, stopping = self._next(group, started)
                if waiting is not None:
                    group.append(waiting)
            units.commit()
        except GroupLost:
            units.abandon()
            raise
        return stopping

    def _next(self, group: list[Waiting], started: float) -> tuple[Waiting | None, bool]:
        if len(group) >= GROUP_UNITS or time.monotonic() - started > GROUP_SECONDS:
            return None, False
        try:
            waiting = self._queue.get_nowait()
        except queue.Empty:
            return None, False
        return waiting, waiting is None

    def _release(self, group: Sequence[Waiting]) -> None:
        """On the loop: snapshots advance, then answers are released, then broadcasts start."""
        effects = [effect for waiting in group for effect in waiting.outcome.effects]
        if effects:
            self.advance(effects)
        for waiting in group:
            waiting.release()
        if effects:
            self.announce(effects)
