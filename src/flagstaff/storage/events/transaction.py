"""What writes to the event store: statements with named parameters in one transaction."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flagstaff.storage.events.reading import Row, SqlValue


@dataclass
class EventTransaction:
    """Never used after the unit has returned. `on_commit` is called, in order, once it is durable."""

    connection: sqlite3.Connection
    on_commit: list[Callable[[], None]] = field(default_factory=list)

    def all(self, sql: str, /, **values: SqlValue) -> list[Row]:
        return self.connection.execute(sql, values).fetchall()

    def one(self, sql: str, /, **values: SqlValue) -> Row | None:
        row: Row | None = self.connection.execute(sql, values).fetchone()
        return row

    def run(self, sql: str, values: Sequence[SqlValue] = (), /) -> int:
        """Execute a statement with positional parameters and return how many rows it touched."""
        return self.connection.execute(sql, values).rowcount

    def many(self, sql: str, values: Sequence[SqlValue] = (), /) -> list[Row]:
        """Execute a statement with positional parameters and return the rows that it gives."""
        return self.connection.execute(sql, values).fetchall()

    def run_many(self, sql: str, rows: Sequence[Sequence[Any]], /) -> int:
        """The same for many rows, in half the time; how many were touched in all."""
        return self.connection.executemany(sql, rows).rowcount

    def confirm(self) -> None:
        for call in self.on_commit:
            call()
