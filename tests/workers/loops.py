"""A database with a running event loop, and job loops on it, for the tests of workers."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flagstaff.storage.database import Database
from flagstaff.storage.jobs import Job, enqueue, list_jobs
from flagstaff.workers.loop import JobLoop
from flagstaff.workers.run import Works
from tests.support.ids import counting_ids
from tests.support.server import MovableClock


@dataclass
class Shop:
    """Where jobs are queued and done."""

    database: Database
    clock: MovableClock

    def loop(self, works: Works, process: str = "one") -> JobLoop:
        return JobLoop(self.database, works, process)

    async def queue(self, kind: str = "work", **members: Any) -> str:
        return await self.database.write(lambda tx: enqueue(tx, Job(kind=kind, **members)))

    async def jobs(self) -> list[Job]:
        return await self.database.read(list_jobs)

    async def job(self) -> Job:
        (job,) = await self.jobs()
        return job


@asynccontextmanager
async def opened_shop(template: Path, folder: Path) -> Any:
    path = folder / "flagstaff.db"
    shutil.copyfile(template, path)
    clock = MovableClock()
    database = Database(path, clock, counting_ids(9_000), b"k" * 32)
    database.start()
    yield Shop(database, clock)
    await database.stop()


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Let others have the loop until something is so."""
    async with asyncio.timeout(10):
        while not await holds():  # noqa: ASYNC110 - what it waits for is in the database
            await asyncio.sleep(0)
