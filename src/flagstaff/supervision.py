"""Several equal processes: started together, started again when one ends, ended together."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from types import FrameType

import msgspec
import structlog

PATIENCE = 1.4  # seconds that workers have to end; a server must be gone after two
SHORTEST_LIFE = 1.0  # seconds; a worker that ends sooner is started again only after that time
forks = multiprocessing.get_context("fork")  # they share listening sockets, and what was imported
log = structlog.get_logger()


class WorkerLost(RuntimeError):
    """A worker ended before it was ready for the first time; its log says why."""


class Post(msgspec.Struct, frozen=True):
    """What a worker is given: its number, whom to tell that it is ready, what ends with its supervisor."""

    number: int
    ready: Connection
    supervisor: int  # a pipe that nobody writes to

    def tell_ready(self) -> None:
        self.ready.send(None)


@dataclass
class _Worker:
    process: ForkProcess
    number: int
    started: float = field(default_factory=time.monotonic)


class Supervisor:
    """Runs `work` in `count` processes until SIGTERM or SIGINT. This process must have no threads."""

    def __init__(self, count: int, work: Callable[[Post], None]) -> None:
        self._count = count
        self._work = work
        self._stopping = False
        self._woken, self._wake = forks.Pipe(duplex=False)
        self._watched, self._held = os.pipe()
        self._ready, self._tell = forks.Pipe(duplex=False)
        self._workers: list[_Worker] = []

    def run(self, announce: Callable[[], None]) -> None:
        """Return once every worker has ended; `announce` is called when all are ready.

        Raises WorkerLost where one cannot start.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        self._workers = [self._start(number) for number in range(1, self._count + 1)]
        try:
            if self._wait_until_ready():
                announce()
            while not self._stopping:
                self._replace_ended()
        finally:
            self._end()

    def _start(self, number: int) -> _Worker:
        post = Post(number, self._tell, self._watched)
        process = forks.Process(target=self._run_worker, args=(post,), name=f"worker-{number}")
        process.start()
        return _Worker(process, number)

    def _run_worker(self, post: Post) -> None:
        os.close(self._held)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        self._work(post)

    def _wait_until_ready(self) -> bool:
        ready = 0
        while ready < self._count and not self._stopping:
            found = wait([self._woken, self._ready, *self._sentinels()])
            if self._ready in found:
                self._ready.recv()
                ready += 1
            elif self._woken not in found:
                raise WorkerLost("a worker ended before it was ready")
        return not self._stopping

    def _replace_ended(self) -> None:
        """Wait until something happens, and start again whoever has ended."""
        wait([self._woken, self._ready, *self._sentinels()])
        while self._ready.poll():
            self._ready.recv()
        for place, worker in enumerate(self._workers):
            if not self._stopping and worker.process.exitcode is not None:
                log.warning(
                    "worker_ended",
                    worker=worker.number,
                    pid=worker.process.pid,
                    status=worker.process.exitcode,
                )
                self._pause(worker)
                self._workers[place] = self._start(worker.number)

    def _pause(self, worker: _Worker) -> None:
        """A worker that cannot live must not be started over and over."""
        left = worker.started + SHORTEST_LIFE - time.monotonic()
        if left > 0:
            self._woken.poll(left)

    def _stop(self, signal_number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - as signals have it
        if not self._stopping:
            self._stopping = True
            self._wake.send(None)

    def _end(self) -> None:
        self._stopping = True
        end = time.monotonic() + PATIENCE
        for worker in self._workers:
            with suppress(ProcessLookupError):
                worker.process.terminate()
        for worker in self._workers:
            worker.process.join(max(0.0, end - time.monotonic()))
        for worker in self._workers:
            if worker.process.exitcode is None:
                log.warning("worker_killed", worker=worker.number, pid=worker.process.pid)
                worker.process.kill()
                worker.process.join()

    def _sentinels(self) -> list[int]:
        return [worker.process.sentinel for worker in self._workers]
