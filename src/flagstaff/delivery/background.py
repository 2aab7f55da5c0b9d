"""Tasks that nobody may be waiting for: kept alive, their defects logged, all ended together."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import msgspec
import structlog

from flagstaff.kernel.errors import ApiError

Result = TypeVar("Result")
log = structlog.get_logger()


class Background(msgspec.Struct, frozen=True):
    """The tasks of one delivery; `stop` ends those that still run."""

    tasks: set["asyncio.Task[Any]"] = msgspec.field(default_factory=set)

    def start(self, work: Coroutine[Any, Any, Result]) -> "asyncio.Task[Result]":
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self._finish)
        return task

    def _finish(self, task: "asyncio.Task[Any]") -> None:
        self.tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, ApiError):
            log.error("delivery_task_failed", exc_info=error)

    async def stop(self) -> None:
        tasks = list(self.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
