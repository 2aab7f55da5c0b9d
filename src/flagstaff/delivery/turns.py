"""Turns at evaluating for clients: a few milliseconds of them, then everybody else has the loop."""

import asyncio

SLICE = 0.005  # seconds


class Turns:
    """One queue for all evaluations of a process that answer client-side SDKs."""

    def __init__(self) -> None:
        self._queue = asyncio.Lock()
        self._since: float | None = None

    def take_now(self) -> bool:
        """Take the turn of whoever evaluates at once; false where it has to be waited for."""
        return not self._queue.locked() and not self._is_spent()

    @property
    def are_over(self) -> bool:
        """Whether who would evaluate now has to wait; nothing is taken."""
        if self._queue.locked():
            return True
        return self._since is not None and asyncio.get_running_loop().time() - self._since >= SLICE

    async def take(self) -> None:
        """Return when the caller may evaluate, which it does at once; callers come in their order."""
        async with self._queue:
            while self._is_spent():  # noqa: ASYNC110 - what it waits for is a turn of the loop
                await asyncio.sleep(0)

    def _is_spent(self) -> bool:
        loop = asyncio.get_running_loop()
        if self._since is None:
            self._since = loop.time()
            loop.call_soon(self._begin_anew)  # after all that was ready before
            return False
        return loop.time() - self._since >= SLICE

    def _begin_anew(self) -> None:
        self._since = None
