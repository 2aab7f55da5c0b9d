"""Logs the newest seal of the audit log hourly: kept elsewhere, it shows later what was removed."""

import asyncio
from contextlib import suppress

import structlog

from flagstaff.storage import audit
from flagstaff.storage.database import Database

HOUR = 3_600.0  # seconds
log = structlog.get_logger()


class AuditHeads:
    """Logs the head at once and then after each `every` seconds; used on the event loop."""

    def __init__(self, database: Database, every: float = HOUR) -> None:
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
                head, entries = await self._database.read(
                    lambda tx: (audit.head(tx), audit.count_entries(tx))
                )
                log.info("audit_head", head=head.hex(), entries=entries)
            except Exception:  # nothing that ails the database may stop this, or the end of the server
                log.exception("audit_head_not_read")
            await asyncio.sleep(self._every)
