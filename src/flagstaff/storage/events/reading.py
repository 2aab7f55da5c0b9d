"""What a read unit sees of the event store: another database, of its own state, asked with a time limit."""

import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from flagstaff.kernel.errors import Unavailable
from flagstaff.storage.sqlite import open_reader

Row = tuple[Any, ...]
SqlValue = str | bytes | int | float | None
LIMIT = 2.0  # seconds that all questions of one unit may take together
WAIT = 2.0  # seconds a unit may wait for its turn
AT_ONCE = 4  # units that ask it at the same time; readers are left for everybody else
STEPS = 5_000  # of a query between two looks at the clock
_asking = threading.BoundedSemaphore(AT_ONCE)


class EventReader:
    """Used by one thread. A unit sees one state of the store from its first question on, until `leave`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._began = 0.0

    def all(self, sql: str, /, **values: SqlValue) -> list[Row]:
        """Every row, fetched whole; raises Unavailable where the store cannot be asked or takes too long."""
        connection = self._enter()
        try:
            return connection.execute(sql, values).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise Unavailable(
                    "The event store takes too long; narrow the request", retry_after=1
                ) from error
            raise

    def one(self, sql: str, /, **values: SqlValue) -> Row | None:
        """The first row, or None."""
        return next(iter(self.all(sql, **values)), None)

    def leave(self) -> None:
        """End what the unit has begun, if it has asked at all."""
        if not self._began:
            return
        self._began = 0.0
        try:
            if self._connection is not None and self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        finally:
            _asking.release()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _enter(self) -> sqlite3.Connection:
        if not self._began:
            if not _asking.acquire(timeout=WAIT):
                raise Unavailable("Too many questions to the event store at once", retry_after=1)
            self._began = time.monotonic()
        if self._connection is None:
            self._connection = open_reader(self._path)
            self._connection.set_progress_handler(self._is_late, STEPS)
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN")
        return self._connection

    def _is_late(self) -> bool:
        return bool(self._began) and time.monotonic() - self._began > LIMIT
