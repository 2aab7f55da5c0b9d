"""The intake of one process: from the body of a post to what is durable."""

import asyncio
import time
from collections.abc import AsyncIterable, Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec
from prometheus_client import CollectorRegistry

from flagstaff.intake.bodies import Bodies, is_packed, unpack
from flagstaff.intake.contexts import Contexts
from flagstaff.intake.decoding import check_object, decode_body
from flagstaff.intake.ledger import Ceilings, Memory
from flagstaff.intake.metrics import Metrics
from flagstaff.intake.payload import Payload
from flagstaff.intake.pruning import Bounds, list_steps
from flagstaff.intake.store import EventWriter, Stored
from flagstaff.intake.tally import Tally
from flagstaff.kernel.clock import Clock
from flagstaff.kernel.errors import Unavailable
from flagstaff.storage.events.store import EventStore
from flagstaff.storage.events.transaction import EventTransaction

AT_ONCE = 2  # bodies looked at in threads
IN_THREAD = 16 * 1024  # bytes from which looking at a body would hold up the loop; packed ones always may
SLICE = 128  # events after which a thread lets others work: half a millisecond
PAUSE = 0.0001  # seconds; without any it would take the interpreter back before another thread is awake
OVERHEAD = 1_000  # bytes that a payload takes up besides its text

Result = TypeVar("Result")
Authenticate = Callable[[str | None], Awaitable[str]]


class Admission(msgspec.Struct, frozen=True):
    """Which environment a key names: that of a server, a mobile key, a client-side ID.

    Each raises Unauthorized or NotFound for one that nobody knows, and Unavailable where that is not certain.
    """

    server: Authenticate
    mobile: Authenticate
    browser: Authenticate


class Intake:
    """Made once for an event store; used on the event loop only."""

    def __init__(
        self,
        path: Path,
        clock: Clock,
        admission: Admission,
        registry: CollectorRegistry,
        *,
        ceilings: Ceilings | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self.clock = clock
        self.admission = admission
        self.metrics = Metrics(registry)
        self._memory = Memory()
        writer = EventWriter(ceilings or Ceilings(), self._memory)
        self.store: EventStore[Tally] = EventStore(path, writer.write)
        self._bounds = bounds or Bounds()
        self._bodies = Bodies()
        self._contexts = Contexts()
        self._threads = asyncio.Semaphore(AT_ONCE)

    def start(self) -> None:
        self.store.start()

    async def stop(self) -> None:
        """Finish what was taken in."""
        await self.store.stop()

    async def write(self, unit: Callable[[EventTransaction], Result]) -> Result:
        """Run a unit of the event store; intake then takes nothing that it has stored before for granted."""

        def run(tx: EventTransaction) -> Result:
            tx.on_commit.append(self._memory.clear)
            return unit(tx)

        return await self.store.write(run)

    async def prune(self) -> None:
        """Forget what is too old or too much, in small steps."""
        for step in list_steps(self._bounds, self.clock()):
            while await self.store.write(step):
                pass

    async def take(self, payload: Payload, chunks: AsyncIterable[bytes], encoding: str) -> None:
        """Store the events of a body; returns once they are durable, or are counted as refused.

        Raises InvalidRequest for a body that is no JSON array or object, and Unavailable.
        """
        async with self._bodies.collect(payload.sender.environment_id, chunks) as packed:
            done = None
            if packed is not None:
                done = await self._run(packed, encoding, partial(read_tally, payload, self._contexts))
        if done is None:
            self.metrics.refused_bodies.inc()
        elif done[0].events:
            await self._store(*done)
        else:
            self.metrics.refuse(done[0].refused)

    async def take_diagnostic(self, owner: str, chunks: AsyncIterable[bytes], encoding: str) -> None:
        """Look at the body of a diagnostic, which is one object, and forget it; raises as `take` does."""
        async with self._bodies.collect(owner, chunks) as packed:
            if packed is not None:
                await self._run(packed, encoding, _check_diagnostic)

    async def _store(self, tally: Tally, size: int) -> None:
        try:
            stored: Stored = await self.store.add(tally.payload.sender.environment_id, size, tally)
        except Unavailable:
            self.metrics.drop({"overload": tally.events})
            raise
        if stored.is_duplicate:
            self.metrics.drop({"duplicate": tally.events})
        else:
            self.metrics.accepted.inc(tally.events)
            self.metrics.refuse(tally.refused)
        self.metrics.drop({f"new_{what}": count for what, count in (stored.over or {}).items()})

    async def _run(
        self, packed: bytes, encoding: str, work: Callable[[bytes, float], Result]
    ) -> Result | None:
        """Unpack a body and look at it, in a thread if that takes long; None where it is too long."""
        if not is_packed(encoding) and len(packed) <= IN_THREAD:
            return work(packed, 0.0)

        def unpack_first() -> Result | None:
            body = unpack(packed, encoding)
            return None if body is None else work(body, PAUSE)

        async with self._threads:
            return await asyncio.to_thread(unpack_first)


def read_tally(payload: Payload, contexts: Contexts, body: bytes, pause: float) -> tuple[Tally, int]:
    """What a body comes to, and about how much room it takes up; rests so long after each few events."""
    decoded = decode_body(body)
    tally = Tally(payload, refused=decoded.refused)
    for start in range(0, len(decoded.events), SLICE):
        tally.add(decoded.events[start : start + SLICE], contexts)
        if pause:
            time.sleep(pause)
    return tally, len(body) + OVERHEAD


def _check_diagnostic(body: bytes, _: float) -> None:
    check_object(body)
