"""Who waits for changes of resources, whichever process has made them."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class News:
    """Used on the event loop. `closing` is true once the server ends."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()
        self.closing = False

    @contextmanager
    def following(self) -> Iterator[asyncio.Event]:
        """An event that is set when something was changed, and at the end of the server."""
        news = asyncio.Event()
        self._waiting.add(news)
        try:
            yield news
        finally:
            self._waiting.discard(news)

    def announce(self) -> None:
        """Something was committed; snapshots of this process hold it already."""
        for news in self._waiting:
            news.set()

    def close(self) -> None:
        """End all who follow."""
        self.closing = True
        self.announce()
