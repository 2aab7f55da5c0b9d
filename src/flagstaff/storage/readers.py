"""The threads that run read units, and who runs when.

Threads that run at the same time take the interpreter from each other at every statement, which costs more
than the statements do. So quick units run one after another, in small batches, and only when one turns out to
be slow do others go on beside it. A thread is started when it is needed, and the last one that was busy goes
first: what it has read before, it may still know.
"""

import asyncio
import queue
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from flagstaff.storage.waiting import Waiting

READERS = 8
BATCH = 8  # units that one thread is given at once
PATIENCE = 0.01  # seconds after which a batch is slow, and at most twice that


@dataclass(eq=False)
class _Batch:
    units: deque[Waiting]  # not begun yet
    finished: deque[Waiting] = field(default_factory=deque)

    def release(self) -> None:
        """Answer whoever waits for what is finished."""
        while self.finished:
            self.finished.popleft().release()


class _Reader(threading.Thread):
    """Runs the batches that it is given; None ends it."""

    def __init__(self, number: int, work: Callable[["_Reader", _Batch], None]) -> None:
        super().__init__(name=f"reader-{number}", daemon=True)
        self.batches: queue.SimpleQueue[_Batch | None] = queue.SimpleQueue()
        self._work = work

    def run(self) -> None:
        while (batch := self.batches.get()) is not None:
            self._work(self, batch)


class Readers:
    """Runs read units in their order, each by `run` in a thread; everything but that happens on the loop."""

    def __init__(self, run: Callable[[Waiting], None]) -> None:
        self._run = run
        self._waiting: deque[Waiting] = deque()
        self._current: _Batch | None = None
        self._threads: list[_Reader] = []
        self._idle: list[_Reader] = []
        self._watching = False
        self._stopping = False

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()

    def add(self, waiting: Waiting) -> None:
        """Have a unit run and released; those that come in one turn of the loop run together."""
        if not self._waiting:  # else a batch is under way, at whose end the next one follows
            self._loop.call_soon(self._next)
        self._waiting.append(waiting)

    async def stop(self) -> None:
        """Finish every unit that was added."""
        self._stopping = True
        last = self._idle_thread() or self._threads[0]
        last.batches.put(_Batch(self._waiting))
        for thread in self._threads:
            thread.batches.put(None)
        await asyncio.to_thread(self._join)

    def _join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _idle_thread(self) -> _Reader | None:
        """The thread that was busy last, or a new one; None when all are busy."""
        if self._idle:
            return self._idle.pop()
        if len(self._threads) == READERS:
            return None
        thread = _Reader(len(self._threads), self._work)
        self._threads.append(thread)
        thread.start()
        return thread

    def _next(self) -> None:
        if self._stopping or self._current is not None or not self._waiting:
            return
        thread = self._idle_thread()
        if thread is None:
            return
        taken = min(BATCH, len(self._waiting))
        self._current = _Batch(deque(self._waiting.popleft() for _ in range(taken)))
        thread.batches.put(self._current)
        self._watch()

    def _watch(self) -> None:
        """Look again after a while; one timer serves all batches that come and go meanwhile."""
        if not self._watching and self._current is not None:
            self._watching = True
            self._loop.call_later(PATIENCE, self._look, self._current)

    def _look(self, batch: _Batch) -> None:
        self._watching = False
        if self._current is batch:
            self._lose_patience(batch)
        self._watch()

    def _lose_patience(self, batch: _Batch) -> None:
        """Take back what a slow batch has not begun; the next batch runs beside it."""
        batch.release()
        while batch.units and not self._stopping:
            try:
                self._waiting.appendleft(batch.units.pop())
            except IndexError:  # begun at this very moment
                break
        self._current = None
        self._next()

    def _done(self, thread: _Reader, batch: _Batch) -> None:
        batch.release()
        self._idle.append(thread)
        if self._current is batch:
            self._current = None
        self._next()

    def _work(self, thread: _Reader, batch: _Batch) -> None:
        """In the thread."""
        while batch.units:
            try:
                waiting = batch.units.popleft()
            except IndexError:  # taken back at this very moment
                break
            self._run(waiting)
            batch.finished.append(waiting)
        self._loop.call_soon_threadsafe(self._done, thread, batch)
