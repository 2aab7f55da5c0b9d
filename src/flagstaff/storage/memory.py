"""What a reader has worked out for the state that the database is in: kept until anything changes in it.

Each reading connection has a memory of its own, since only it can tell whether another one, of this process
or of any other, has committed since it last looked.
"""

import sqlite3
from collections.abc import Hashable
from typing import Any

from flagstaff.storage.sqlite import read_state

BUDGET = 2_000_000  # bytes of all that is held; the oldest goes first
LARGEST = 64_000
LEAST = 200  # what the smallest thing takes up


class Memory:
    """Used by one thread, inside of its read transactions."""

    def __init__(self) -> None:
        self._state: int | None = None
        self._held: dict[Hashable, tuple[Any, int]] = {}
        self._size = 0

    def begin(self, connection: sqlite3.Connection) -> None:
        """Forget everything unless the open transaction sees the state that it was held for."""
        state = read_state(connection)
        if state != self._state:
            self._state, self._size = state, 0
            self._held.clear()

    def recall(self, key: Hashable) -> Any:
        """What is held under the key, or None."""
        found = self._held.get(key)
        return None if found is None else found[0]

    def hold(self, key: Hashable, value: Any, size: int) -> None:
        """Hold a value of so many bytes under a key that is free."""
        size += LEAST
        if size > LARGEST:
            return
        while self._held and self._size + size > BUDGET:
            self._size -= self._held.pop(next(iter(self._held)))[1]
        self._held[key] = value, size
        self._size += size
