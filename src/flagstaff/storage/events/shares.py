"""What waits to be stored: a bounded queue in which each environment has a bounded share, and its turn."""

import threading
from collections import deque
from dataclasses import dataclass
from typing import Generic, TypeVar

from flagstaff.kernel.errors import Unavailable

Item = TypeVar("Item")
MOST = 64_000_000  # bytes that may wait in all
MOST_EACH = 16_000_000  # of one environment


@dataclass
class _Share(Generic[Item]):
    waiting: deque[tuple[int, Item]]
    size: int = 0


class Shares(Generic[Item]):
    """Filled on the event loop, emptied by one thread, which sleeps in `wait` while it is empty."""

    def __init__(self, most: int = MOST, most_each: int = MOST_EACH) -> None:
        self._most = most
        self._most_each = most_each
        self._size = 0
        self._shares: dict[str, _Share[Item]] = {}
        self._turns: deque[str] = deque()
        self._changed = threading.Condition()
        self._closed = False

    def put(self, owner: str, size: int, item: Item) -> None:
        """Raises Unavailable where the queue or the owner's share of it is full; never for an empty share."""
        with self._changed:
            share = self._shares.get(owner)
            if self._closed or (share and (share.size + size > self._most_each or self._size > self._most)):
                raise Unavailable("The event store cannot take more at the moment", retry_after=1)
            if share is None:
                share = self._shares[owner] = _Share(deque())
                self._turns.append(owner)
            share.waiting.append((size, item))
            share.size += size
            self._size += size
            self._changed.notify()

    def take(self, size: int) -> list[Item]:
        """Up to so many bytes, one item at least, from each owner in turn; nothing where nothing waits."""
        taken: list[Item] = []
        with self._changed:
            while self._turns and (size > 0 or not taken):
                owner = self._turns.popleft()
                share = self._shares[owner]
                length, item = share.waiting.popleft()
                size -= length
                share.size -= length
                self._size -= length
                taken.append(item)
                if share.waiting:
                    self._turns.append(owner)
                else:
                    del self._shares[owner]
        return taken

    def wait(self) -> bool:
        """Sleep until something waits; false once the queue is closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._turns or self._closed)
            return bool(self._turns)

    def linger(self, seconds: float, size: int) -> None:
        """Sleep for so long, or until so many bytes wait, or the queue is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._size >= size or self._closed, seconds)

    def close(self) -> None:
        """Take in nothing more."""
        with self._changed:
            self._closed = True
            self._changed.notify()
