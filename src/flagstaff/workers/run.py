"""One run of a job, as the code that does the work sees it: units that keep its lease and its progress."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import msgspec

from flagstaff.kernel.clock import Millis
from flagstaff.storage.database import Database
from flagstaff.storage.jobs import Job, Progress, hold
from flagstaff.storage.transaction import Transaction

Result = TypeVar("Result")


class JobFailed(Exception):
    """Trying again would not help; the message is for people."""


class Stopping(Exception):
    """The process ends; another one, or the next, goes on."""


@dataclass
class Run:
    """A claimed job. Its units are short, and those who wait for the writer come between them."""

    job: Job
    database: Database
    is_stopping: Callable[[], bool]

    async def read(self, unit: Callable[[Transaction], Result]) -> Result:
        """A read unit."""
        return await self.database.read(unit)

    async def write(self, unit: Callable[[Transaction], Result]) -> Result:
        """A write unit that is undone if the lease is lost; raises LeaseLost, Stopping."""

        def held(tx: Transaction) -> Result:
            hold(tx, self.job)
            return unit(tx)

        self._check()
        return await self.database.write(held)

    async def advance(self, unit: Callable[[Transaction], Progress]) -> Progress:
        """A write unit whose progress is noted with it, so that a later run goes on after it."""

        def held(tx: Transaction) -> Progress:
            progress = unit(tx)
            hold(tx, self.job, progress)
            return progress

        self._check()
        return await self.database.write(held)

    async def advance_to_end(self, step: Callable[[Transaction, Progress], Progress]) -> Progress:
        """Advance step by step until the last; each step gets the progress of the one before."""
        progress = Progress(self.job.done, self.job.total, self.job.progress)
        while not progress.is_last:
            progress = await self.advance(_bind(step, progress))
        return progress

    def _check(self) -> None:
        if self.is_stopping():
            raise Stopping


def _bind(
    step: Callable[[Transaction, Progress], Progress], progress: Progress
) -> Callable[[Transaction], Progress]:
    return lambda tx: step(tx, progress)


class Work(msgspec.Struct, frozen=True):
    """What is done for one kind of job. `give_up` is part of the unit that gives it up.

    With `every`, a finished job comes again after so many milliseconds.
    """

    run: Callable[[Run], Awaitable[None]]
    give_up: Callable[[Transaction, Job], None] | None = None
    every: Millis = 0


Works: TypeAlias = dict[str, Work]
