"""Who waits for changes of big segments in an environment."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from flagstaff.storage.transaction import EnvironmentChange


class Feeds:
    """Used on the event loop."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self.closing = False

    @contextmanager
    def following(self, environment_id: str) -> Iterator[asyncio.Event]:
        """An event that is set when there may be news, and at the end of the server."""
        news = asyncio.Event()
        self._waiting.setdefault(environment_id, set()).add(news)
        try:
            yield news
        finally:
            self._waiting[environment_id].discard(news)
            if not self._waiting[environment_id]:
                del self._waiting[environment_id]

    def announce(self, change: EnvironmentChange) -> None:
        """A change was committed: keys of a big segment change together with the segment."""
        if not change.items or any(item.kind == "segments" for item in change.items):
            for news in self._waiting.get(change.environment_id, ()):
                news.set()

    def close(self) -> None:
        """End all who follow."""
        self.closing = True
        for waiting in self._waiting.values():
            for news in waiting:
                news.set()
