"""What the server does by itself: at its start, and again every hour."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from flagstaff.storage.database import Database

HOUR = 3_600.0  # seconds
Work = Callable[[Database], Awaitable[None]]
log = structlog.get_logger()


class Routine:
    """Does `work` at once and then after each `every` seconds; used on the event loop."""

    def __init__(self, work: Work, database: Database, every: float = HOUR) -> None:
        self._work = work
        self._database = database
        self._every = every
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            try:
                await self._work(self._database)
            except Exception:  # nothing that ails the database may stop this, or the end of the server
                log.exception("routine_failed", routine=self._work.__name__)
            await asyncio.sleep(self._every)
