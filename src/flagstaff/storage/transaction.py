"""What a unit sees of the database: statements with named parameters, and its effects once committed."""

import sqlite3
import threading
import time
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import Unavailable
from flagstaff.kernel.ids import Ids
from flagstaff.storage.events.reading import EventReader
from flagstaff.storage.memory import Memory, changed_table

SqlValue = str | bytes | int | float | None
Row = tuple[Any, ...]

MANY = 1_000  # items after which a read unit counts as a long one
SLICE = 0.005  # seconds a long unit may hold the interpreter at a stretch
LIMIT = 2.0  # seconds a long unit may take in all
WAIT = 2.0  # seconds a long unit may wait for its turn
_running = threading.BoundedSemaphore(2)  # two long units at once
_waiting = threading.BoundedSemaphore(4)  # with two more that wait; readers are left for everybody else


class Item(msgspec.Struct, frozen=True):
    """One flag or segment as SDKs of an environment see it, or a tombstone once they must forget it.

    A unit gives `document`: the SDK wire shape without `version`, which is the data version that the unit
    gets; None for a tombstone. What is loaded has `payload` instead.
    """

    environment_id: str
    kind: str  # "flags" or "segments", as in SDK paths
    key: str
    document: Mapping[str, Any] | None
    version: int = 0
    payload: bytes = b""  # the encoded document with its version; empty for a tombstone


@dataclass(frozen=True)
class EnvironmentChange:
    """What one unit changed that an SDK of one environment can see, under its own data version."""

    environment_id: str
    data_version: int
    items: tuple[Item, ...]
    committed: Millis = field(default=0, compare=False)  # 0 where nobody knows


class CredentialChange(msgspec.Struct, frozen=True):
    """The SDK or mobile keys of an environment, or its secure mode, changed, or the environment is gone."""

    environment_id: str


class Saved(msgspec.Struct, frozen=True):
    """A unit has written a change of this topic: the kind of resource that its audit entry names."""

    topic: str


class JobQueued(msgspec.Struct, frozen=True):
    """There is work to do that was asked for in this unit."""

    kind: str


Effect = EnvironmentChange | CredentialChange | Saved | JobQueued


@dataclass
class Transaction:
    """One unit's view of one database transaction; never used after the unit has returned."""

    connection: sqlite3.Connection
    now: Millis
    ids: Ids
    seal_key: bytes = b""
    items: list[Item] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)  # environments whose SDKs are told although no item is new
    effects: list[Effect] = field(default_factory=list)
    memory: Memory | None = None
    event_reader: EventReader | None = None
    recalled: bool = False
    discarded: bool = False
    patch: Mapping[str, Any] = field(
        default_factory=dict
    )  # that was sent, as the unit's audit entries keep it
    noted: int = 0  # the position in the outbox of the unit's last change
    paced: int = 0
    started: float = field(default_factory=time.monotonic)
    slice_started: float = 0.0

    @property
    def events(self) -> EventReader:
        """The event store, which only read units may ask; then nothing that they work out is remembered."""
        if self.event_reader is None:
            raise RuntimeError("a write unit touches the main database only")
        self.memory = None
        return self.event_reader

    def all(self, sql: str, /, **values: SqlValue) -> list[Row]:
        """Every row, fetched whole: no cursor outlives its unit."""
        self._forget(sql)  # it may be a change that returns rows
        return self.connection.execute(sql, values).fetchall()

    def one(self, sql: str, /, **values: SqlValue) -> Row | None:
        self._forget(sql)
        row: Row | None = self.connection.execute(sql, values).fetchone()
        return row

    def run(self, sql: str, /, **values: SqlValue) -> int:
        """Execute a statement and return how many rows it touched."""
        self._forget(sql)
        return self.connection.execute(sql, values).rowcount

    def run_many(self, sql: str, rows: list[dict[str, SqlValue]], /) -> int:
        """Execute a statement for each of the rows and return how many rows it touched in all."""
        self._forget(sql)
        return self.connection.executemany(sql, rows).rowcount if rows else 0

    def recall(self, key: Hashable) -> Any:
        """What a unit remembered under the key in this very state of the database, or None."""
        if self.memory is None:
            return None
        if not self.recalled:
            self.memory.begin(self.connection)
            self.recalled = True
        return self.memory.recall(key)

    def remember(self, key: Hashable, value: Any, size: int, tables: tuple[str, ...] = ()) -> None:
        """Let later units `recall` a value of so many bytes; the unit must have tried to `recall` it itself.

        Read units do until anything in the database changes, write units until one of the tables does.
        """
        if self.memory is not None:
            self.memory.hold(key, value, size, tables)

    def _forget(self, sql: str) -> None:
        """Note that a statement changes what was remembered."""
        table = changed_table(sql)
        if table is not None and self.memory is not None:
            self.memory.forget(table)

    def discard(self) -> None:
        """Make this a dry run: the unit's result is answered, and nothing of it is kept."""
        self.discarded = True

    def pace(self) -> None:
        """Called once per item evaluated or represented: long units yield, and stop at their time limit."""
        self.paced += 1
        if self.paced < MANY:
            return
        if self.paced == MANY:
            self._enter_long()
        now = time.monotonic()
        if now - self.slice_started < SLICE:
            return
        if now - self.started > LIMIT:
            raise Unavailable("The request takes too long; narrow it with a filter or a limit", retry_after=1)
        time.sleep(0)
        self.slice_started = time.monotonic()

    def _enter_long(self) -> None:
        if not _waiting.acquire(blocking=False):
            raise Unavailable("Too many long requests at once", retry_after=1)
        if not _running.acquire(timeout=WAIT):
            _waiting.release()
            raise Unavailable("Too many long requests at once", retry_after=1)
        self.started = self.slice_started = time.monotonic()

    def leave(self) -> None:
        """Give back what a long unit holds; called once, when the unit is over."""
        if self.event_reader is not None:
            self.event_reader.leave()
        if self.slice_started:
            _running.release()
            _waiting.release()
