"""The job loop of a process: claims what is due, does it, and notes what came of it."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

import structlog

from flagstaff.kernel.errors import ApiError
from flagstaff.storage import jobs
from flagstaff.storage.database import Database
from flagstaff.storage.jobs import Job, LeaseLost
from flagstaff.storage.transaction import Effect, JobQueued, Transaction
from flagstaff.workers.run import JobFailed, Run, Stopping, Work, Works

POLL = 1.0  # seconds between looks for what has become due, or was queued by another process
MOST_RUNNING = 4
PATIENCE = 0.5  # seconds that running jobs have to come to the end of a unit when the process ends
TIDYING = 3_600.0  # seconds between removals of old jobs
log = structlog.get_logger()


async def _refuse(run: Run) -> None:
    raise JobFailed(f"This version does not know jobs of the kind {run.job.kind}")


UNKNOWN = Work(_refuse)


class JobLoop:
    """Used on the event loop. Several processes may each have one: a job is only ever claimed by one.

    `may_work` tells whether this process is the one that works at jobs now.
    """

    def __init__(
        self, database: Database, works: Works, process: str, may_work: Callable[[], bool] = lambda: True
    ) -> None:
        self._database = database
        self._works = works
        self._process = process
        self._may_work = may_work
        self._running: set[asyncio.Task[None]] = set()
        self._called = asyncio.Event()
        self._beginning = asyncio.Lock()  # nobody looks between a claim and its start
        self._tidied: float | None = None
        self._task: asyncio.Task[None] | None = None
        self.stopping = False

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    def announce(self, effects: Sequence[Effect]) -> None:
        """Begin at once with what was queued in this process."""
        if any(isinstance(effect, JobQueued) for effect in effects):
            self._called.set()

    async def stop(self) -> None:
        """End within a second, and leave what is unfinished to another process or the next start."""
        self.stopping = True
        tasks = [*self._running, *([self._task] if self._task else [])]
        self._called.set()
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=PATIENCE)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        try:
            await self._database.write(partial(jobs.release, process=self._process))
        except ApiError as error:
            log.warning("jobs_not_released", error=error.message)

    async def run_due(self) -> None:
        """Do everything that is due now, and what it queues in turn; return when nothing is under way."""
        while await self._begin() or self._running:
            if self._running:
                await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)

    async def _run(self) -> None:
        while not self.stopping:
            self._called.clear()
            try:
                await self._begin()
                await self._tidy()
            except Exception:  # nothing that ails the database may stop this
                log.exception("jobs_not_claimed")
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL):
                    await self._called.wait()

    async def _begin(self) -> bool:
        """Claim as much as may run at once; tell whether anything was claimed."""
        began = False
        async with self._beginning:
            while not self.stopping and self._may_work() and len(self._running) < MOST_RUNNING:
                if not await self._database.read(jobs.is_any_ready):
                    break
                job = await self._database.write(partial(jobs.claim, process=self._process))
                if job is None:
                    break
                task = asyncio.get_running_loop().create_task(self._work(job))
                self._running.add(task)
                task.add_done_callback(self._finished)
                began = True
        return began

    def _finished(self, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        self._called.set()
        if not task.cancelled() and task.exception() is not None:
            log.error("job_not_noted", exc_info=task.exception())

    async def _work(self, job: Job) -> None:
        work = self._works.get(job.kind, UNKNOWN)
        try:
            await work.run(Run(job, self._database, lambda: self.stopping))
            await self._database.write(partial(_end, job=job, work=work))
        except (LeaseLost, Stopping):
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, the job is tried again
            await self._note_failure(job, work, error)

    async def _note_failure(self, job: Job, work: Work, error: Exception) -> None:
        final = isinstance(error, JobFailed)
        expected = final or isinstance(error, ApiError)
        log.warning(
            "job_failed", job=job.id, kind=job.kind, error=str(error), exc_info=None if expected else error
        )
        message = str(error) or type(error).__name__

        def unit(tx: Transaction) -> None:
            if jobs.fail(tx, job, message, final=final) and work.give_up is not None:
                work.give_up(tx, job)

        try:
            await self._database.write(unit)
        except LeaseLost:
            return

    async def _tidy(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._tidied is None or now - self._tidied >= TIDYING:
            self._tidied = now
            await self._database.write(jobs.forget_finished)


def _end(tx: Transaction, job: Job, work: Work) -> None:
    if work.every:
        jobs.repeat(tx, job, work.every)
    else:
        jobs.finish(tx, job)
