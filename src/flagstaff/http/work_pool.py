"""Work that keeps a processor busy, such as hashing passwords: in a few threads, with a bounded queue."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from flagstaff.kernel.errors import RateLimited

Result = TypeVar("Result")
THREADS = 2
WAITING = 32  # about a second of password hashes
NICE = 4  # what else the process does goes first; with more, they would starve on a busy machine


class WorkPool:
    """Used on the event loop."""

    def __init__(self, threads: int = THREADS, waiting: int = WAITING) -> None:
        self._executor = ThreadPoolExecutor(threads, "hashing", _step_back)
        self._most = threads + waiting
        self._taken = 0

    async def run(self, work: Callable[[], Result]) -> Result:
        """The result of `work`, done in a thread; raises RateLimited where too much waits already."""
        if self._taken >= self._most:
            raise RateLimited("Too many people sign in at once; try again", retry_after=1)
        self._taken += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, work)
        finally:
            self._taken -= 1

    def close(self) -> None:
        """Let the threads end with what they do now."""
        self._executor.shutdown(wait=False, cancel_futures=True)


def _step_back() -> None:
    """On Linux each thread has a priority of its own."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, min(19, os.getpriority(os.PRIO_PROCESS, thread) + NICE))
