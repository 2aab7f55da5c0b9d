"""The streams of one environment, and the changes that wait while a broadcast to them runs."""

import asyncio
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

import structlog
from prometheus_client import Gauge

from flagstaff.delivery.background import Background
from flagstaff.delivery.batches import Batch
from flagstaff.delivery.frames import Frame
from flagstaff.delivery.metrics import Metrics
from flagstaff.delivery.receipts import Receipts
from flagstaff.delivery.snapshots import Snapshots
from flagstaff.delivery.stream import Stream
from flagstaff.features.projects.connections.model import Sdk
from flagstaff.storage.transaction import EnvironmentChange

SLICE = 250  # streams written to before others have the loop
log = structlog.get_logger()


def slices(streams: Collection[Stream]) -> Iterator[tuple[Stream, ...]]:
    """The streams as they are now, in handy pieces."""
    everyone = tuple(streams)
    for start in range(0, len(everyone), SLICE):
        yield everyone[start : start + SLICE]


@dataclass(eq=False)
class Channel:
    """The streams of `environment_id` that are told the same things, of which `name` is the name.

    `room` is what a buffer may hold beyond a `put`; `emptied` is called when the last stream has left.
    `open_streams` counts them, and `batch` says what a change is in their protocol.
    """

    name: str
    environment_id: str
    snapshots: Snapshots
    background: Background
    metrics: Metrics
    open_streams: Gauge
    room: int
    receipts: Receipts
    emptied: Callable[["Channel"], None]
    batch: type[Batch] = Batch
    streams: set[Stream] = field(default_factory=set)
    waiting: list[EnvironmentChange] = field(default_factory=list)
    running: bool = False

    def push(self, change: EnvironmentChange) -> None:
        """Broadcast a change, together with others if one is being broadcast now."""
        self.waiting.append(change)
        if not self.running:
            self.running = True
            self.background.start(self._run())

    def join(self, stream: Stream) -> None:
        self.streams.add(stream)
        stream.given = self.receipts.clock()  # it begins with all there is
        self.open_streams.inc()

    def leave(self, stream: Stream) -> None:
        self.streams.discard(stream)
        self.open_streams.dec()
        if not self.streams:
            self.emptied(self)

    def drop(self, stream: Stream) -> None:
        """Give up on a reader that does not read, or cannot be written to."""
        self.metrics.dropped.inc()
        stream.abort()

    async def _run(self) -> None:
        try:
            while self.waiting and self.streams:
                changes, self.waiting = self.waiting, []
                snapshot = self.snapshots.find_stale(self.environment_id)
                if snapshot is not None:
                    await self._broadcast(self.batch(changes, snapshot, self.room // 2))
        finally:
            self.running = False

    async def _broadcast(self, batch: Batch) -> None:
        """Give every stream what it does not hold yet; one that opens meanwhile holds this already."""
        version, usual, usual_frame = batch.version, batch.before, batch.frame_after(batch.before)
        for part in slices(self.streams):
            given: list[Sdk | None] = []
            now = self.receipts.clock()
            for stream in part:
                held = stream.version
                if held < version:
                    given.append(stream.sdk)
                    stream.given = now
                    self._give(stream, usual_frame if held <= usual else batch.frame_after(held), version)
            self.receipts.note_given(self.environment_id, version, given)
            await asyncio.sleep(0)
        self.metrics.broadcasts.inc()

    def _give(self, stream: Stream, frame: Frame, version: int) -> None:
        try:
            if frame.is_put:
                stream.make_room(self.room + len(frame.chunk))
            stream.give(frame, version)
        except Exception as error:  # noqa: BLE001 - the others must have it all the same
            log.warning("stream_not_writable", error=repr(error))
            self.drop(stream)
