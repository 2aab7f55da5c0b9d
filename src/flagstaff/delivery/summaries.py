"""The receipts of all processes: each writes its own once a second, and reads those of the others."""

import asyncio
from collections.abc import Callable, Iterator

import msgspec
import structlog
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from flagstaff.features.projects.connections.model import (
    SILENT,
    Connected,
    ProcessReceipts,
    count_connections,
    of_environment,
    quantile,
)
from flagstaff.kernel.clock import Millis
from flagstaff.storage.processes import Processes

EVERY = 1.0  # seconds
STALE = 10_000  # milliseconds after which what a process wrote is of one that was killed
SDK_LABELS = ["environment", "connection", "sdk", "sdk_version", "kind"]
log = structlog.get_logger()


class Summaries(Collector):
    """`summarise` says what this process knows; used on the event loop."""

    def __init__(
        self, processes: Processes, summarise: Callable[[], ProcessReceipts], registry: CollectorRegistry
    ) -> None:
        self._processes = processes
        self._summarise = summarise
        self._task: asyncio.Task[None] | None = None
        registry.register(self)

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            now = self._summarise().written
            await self._write(ProcessReceipts(now, {}, ended=now))

    async def read(self) -> list[ProcessReceipts]:
        """What each process says: this one now, the others a second ago at most, and who has just ended."""
        own = self._summarise()
        return [own, *await asyncio.to_thread(self._read_others, own.written)]

    async def count(self) -> tuple[Millis, Connected]:
        """When it is, and the connections of each environment over all processes."""
        every = await self.read()
        return every[0].written, count_connections(every)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """For `/metrics`: connections by SDK, the share that is up to date, and how long changes took."""
        own = self._summarise()
        every = [own, *self._read_others(own.written)]
        connections = GaugeMetricFamily("flagstaff_connections", "Connections of SDKs", labels=SDK_LABELS)
        newest = GaugeMetricFamily(
            "flagstaff_connections_share_newest",
            "Part of the streams that hold the newest version",
            labels=["environment"],
        )
        lag = GaugeMetricFamily(
            "flagstaff_change_lag_seconds",
            "From commit to stream, last changes",
            labels=["environment", "quantile"],
        )
        for name in sorted({name for process in every for name in process.environments}):
            found = of_environment(every, name)
            for kind, holders in (("stream", found.streams), ("poll", found.polls)):
                for one in holders:
                    labels = [name, kind, one.sdk.name, one.sdk.version, one.sdk.kind]
                    connections.add_metric(labels, one.count)
            total = sum(one.count for one in found.streams)
            highest = max((one.data_version for one in found.streams), default=0)
            if total:
                held = sum(one.count for one in found.streams if one.data_version == highest)
                newest.add_metric([name], held / total)
            lags = [pair for change in found.changes for pair in change.lags]
            for part in (0.5, 0.95, 0.99) if lags else ():
                lag.add_metric([name, str(part)], quantile(lags, part) / 1_000)
        yield from (connections, newest, lag)

    async def _run(self) -> None:
        while True:
            await self._write(self._summarise())
            await asyncio.sleep(EVERY)

    async def _write(self, own: ProcessReceipts) -> None:
        try:
            await asyncio.to_thread(self._processes.write_summary, msgspec.msgpack.encode(own))
        except Exception:  # nothing that ails the disk may stop this
            log.exception("summary_not_written")

    def _read_others(self, now: int) -> list[ProcessReceipts]:
        found: list[ProcessReceipts] = []
        for name, text in self._processes.read_summaries().items():
            try:
                other = msgspec.msgpack.decode(text, type=ProcessReceipts)
            except msgspec.DecodeError:  # of another version
                continue
            age = abs(now - other.written)
            if age >= SILENT:
                self._processes.forget_summary(name)
            elif age >= STALE and not other.ended:
                found.append(ProcessReceipts(other.written, {}, ended=other.written))
            else:
                found.append(other)
        return found
