"""What a connection has worked out for the state that the database is in: kept until that changes.

Each connection has a memory of its own, since only it can tell whether another one, of this process or of any
other, has committed since it last looked. What it changes itself it must `forget`.
"""

import re
import sqlite3
from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from flagstaff.storage.sqlite import read_state

BUDGET = 2_000_000  # bytes of all that is held; the oldest goes first
LARGEST = 64_000
LEAST = 200  # what the smallest thing takes up
EVERYTHING = "*"

_READS = re.compile(r"\s*(SELECT|PRAGMA|EXPLAIN|VALUES)\b", re.IGNORECASE)
_CHANGES = re.compile(r"\s*(?:(?:INSERT|REPLACE)\s+INTO|UPDATE|DELETE\s+FROM)\s+(\w+)", re.IGNORECASE)


class Memory:
    """Used by one thread, inside of its transactions.

    One that is `by_table` belongs to a connection that writes. It holds only what says from which tables it
    comes, since of each of its own statements it is told the table that changes.
    """

    def __init__(self, *, by_table: bool = False) -> None:
        self._by_table = by_table
        self._state: int | None = None
        self._held: dict[Hashable, tuple[Any, int, tuple[str, ...]]] = {}
        self._tables: set[str] = set()
        self._size = 0

    def begin(self, connection: sqlite3.Connection) -> None:
        """Forget everything unless the open transaction sees the state that it was held for."""
        state = read_state(connection)
        if state != self._state:
            self.clear()
            self._state = state

    def clear(self) -> None:
        """Forget everything."""
        self._size = 0
        self._held.clear()
        self._tables.clear()

    def recall(self, key: Hashable) -> Any:
        """What is held under the key, or None."""
        found = self._held.get(key)
        return None if found is None else found[0]

    def hold(self, key: Hashable, value: Any, size: int, tables: tuple[str, ...] = ()) -> None:
        """Hold a value of so many bytes, worked out from these tables, in place of what the key had."""
        size += LEAST
        self._drop(key)
        if size > LARGEST or (self._by_table and not tables):
            return
        while self._held and self._size + size > BUDGET:
            self._drop(next(iter(self._held)))
        self._held[key] = value, size, tables
        self._tables.update(tables)
        self._size += size

    def forget(self, table: str) -> None:
        """Forget what comes from a table, or from any if it is EVERYTHING."""
        if table == EVERYTHING:
            self.clear()
        elif table in self._tables:
            self._tables.remove(table)
            for key in [key for key, (_, _, tables) in self._held.items() if table in tables]:
                self._drop(key)

    def _drop(self, key: Hashable) -> None:
        found = self._held.pop(key, None)
        if found is not None:
            self._size -= found[1]


@lru_cache(maxsize=1_024)
def changed_table(sql: str) -> str | None:
    """The table that a statement changes, or None if it only reads; EVERYTHING if that cannot be told."""
    if _READS.match(sql):
        return None
    found = _CHANGES.match(sql)
    return found[1] if found else EVERYTHING
