"""Following what is written to the database, whoever writes it: nothing depends on having been told."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial

import msgspec
import structlog

from flagstaff.storage.database import Database
from flagstaff.storage.outbox import list_topics, read_position
from flagstaff.storage.publishing import list_versions
from flagstaff.storage.transaction import Transaction

EVERY = 1.0  # seconds between looks
log = structlog.get_logger()


class Written(msgspec.Struct, frozen=True):
    """What was written since the last look: topics of changes, and where every environment stands now."""

    position: int
    topics: frozenset[str]
    versions: Mapping[str, int]


class Follower:
    """Looks once a second, and at once when it is called; `tell` is given what it has found."""

    def __init__(self, database: Database, tell: Callable[[Written], None]) -> None:
        self._database = database
        self._tell = tell
        self._called = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    def call(self) -> None:
        """Look now."""
        self._called.set()

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        position = -1
        while True:
            self._called.clear()
            try:
                written = await self._database.read(partial(_look, since=position))
                if written is not None:
                    if position >= 0:
                        self._tell(written)
                    position = written.position
            except Exception:  # nothing that ails the database may stop this
                log.exception("changes_not_followed")
            try:
                async with asyncio.timeout(EVERY):
                    await self._called.wait()
            except TimeoutError:
                continue


def _look(tx: Transaction, *, since: int) -> Written | None:
    position = read_position(tx)
    if position == since:
        return None
    return Written(position, frozenset(list_topics(tx, since)), list_versions(tx))
