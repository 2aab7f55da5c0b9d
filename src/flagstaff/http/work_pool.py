"""Work that keeps a processor busy, such as hashing passwords: few at once, with a bounded queue."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from flagstaff.kernel.errors import RateLimited

Result = TypeVar("Result")
MOST_THREADS = 2
WAITING = 32  # some seconds of password hashes


def at_once() -> int:
    """Half of the processors, and two at most: one is left to whoever else calls."""
    return max(1, min(MOST_THREADS, (os.cpu_count() or 1) // 2))


def _here(work: Callable[[], Any]) -> Any:
    return work()


class WorkPool:
    """Used on the event loop. `perform` does the work in one of the threads, or has it done elsewhere."""

    def __init__(
        self,
        threads: int = MOST_THREADS,
        waiting: int = WAITING,
        perform: Callable[[Callable[[], Any]], Any] = _here,
    ) -> None:
        self._executor = ThreadPoolExecutor(threads, "hashing")
        self._perform = perform
        self._most = threads + waiting
        self._taken = 0

    async def run(self, work: Callable[[], Result]) -> Result:
        """The result of `work`; raises RateLimited where too much waits already."""
        if self._taken >= self._most:
            raise RateLimited("Too many people sign in at once; try again", retry_after=1)
        self._taken += 1
        try:
            result: Result = await asyncio.get_running_loop().run_in_executor(
                self._executor, self._perform, work
            )
        finally:
            self._taken -= 1
        return result

    def close(self) -> None:
        """Let the threads end with what they do now."""
        self._executor.shutdown(wait=False, cancel_futures=True)
