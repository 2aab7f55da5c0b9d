"""What a reader has worked out for the state that the database is in: kept until anything changes in it.

Each reading connection has a memory of its own, since only it can tell whether another one, of this process
or of any other, has committed since it last looked.
"""

import sqlite3
from collections.abc import Hashable
from typing import Any

from flagstaff.storage.sqlite import read_state

MOST = 64  # things held at once; the oldest goes first
LARGEST = 64_000  # bytes


class Memory:
    """Used by one thread, inside of its read transactions."""

    def __init__(self) -> None:
        self._state: int | None = None
        self._held: dict[Hashable, Any] = {}

    def recall(self, connection: sqlite3.Connection, key: Hashable) -> Any:
        """What is held under the key, if the open transaction sees the state that it was held for."""
        state = read_state(connection)
        if state != self._state:
            self._state = state
            self._held.clear()
        return self._held.get(key)

    def hold(self, key: Hashable, value: Any, size: int) -> None:
        """Hold a value of so many bytes; only after `recall` in the same transaction."""
        if size > LARGEST:
            return
        if len(self._held) >= MOST:
            del self._held[next(iter(self._held))]
        self._held[key] = value
