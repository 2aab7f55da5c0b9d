"""The receipts of all processes."""

from pathlib import Path

import msgspec
import pytest
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from flagstaff.delivery import summaries as module
from flagstaff.delivery.summaries import Summaries
from flagstaff.features.projects.connections.model import (
    SILENT,
    Connected,
    EnvironmentReceipts,
    Holders,
    ProcessReceipts,
    Sdk,
)
from flagstaff.storage.processes import Processes
from tests.delivery.planes import until

PYTHON = Sdk("PythonClient", "9.18.2")
NOW = 1_000_000_000


class Process:
    """One that knows of as many streams as it is told."""

    def __init__(self, folder: Path, name: str, streams: int, written: int = NOW) -> None:
        self.processes = Processes(folder / "flagstaff.db", name)
        self.processes.open(lambda _: None)
        self.registry = CollectorRegistry()
        found = EnvironmentReceipts(streams=(Holders(PYTHON, 7, streams, 1),))
        self.summarise = lambda: ProcessReceipts(written, {"e": found})
        self.summaries = Summaries(self.processes, self.summarise, self.registry)


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EVERY", 0.01)


async def test_each_process_knows_what_all_have_written(tmp_path: Path) -> None:
    first, second = Process(tmp_path, "a", 2), Process(tmp_path, "b", 3)
    for process in (first, second):
        process.summaries.start()
    await until(lambda: first.processes.read_summaries() and second.processes.read_summaries())

    counts = [one.environments["e"].streams[0].count for one in await first.summaries.read()]
    labels = {
        "environment": "e",
        "connection": "stream",
        "sdk": "PythonClient",
        "sdk_version": "9.18.2",
        "kind": "server",
    }
    assert counts == [2, 3]
    assert second.registry.get_sample_value("flagstaff_connections", labels) == 5
    assert second.registry.get_sample_value("flagstaff_connections_share_newest", {"environment": "e"}) == 1
    for process in (first, second):
        await process.summaries.stop()
        process.processes.close()


async def test_a_process_that_has_ended_is_known_to_have_for_as_long_as_it_matters(tmp_path: Path) -> None:
    first, other = Process(tmp_path, "a", 2, NOW), Process(tmp_path, "b", 3, NOW)
    other.summaries.start()
    await until(first.processes.read_summaries)
    await other.summaries.stop()
    other.processes.close()

    found = await first.summaries.read()

    assert found[1:] == [ProcessReceipts(NOW, {}, ended=NOW)]
    assert await first.summaries.count() == (NOW, Connected({"e": (2, 0)}, begun=NOW))
    later = Process(tmp_path, "c", 2, NOW + SILENT)
    assert len(await later.summaries.read()) == 1
    assert first.processes.read_summaries() == {}
    for process in (first, later):
        process.processes.close()


async def test_what_a_process_left_behind_that_was_killed_is_not_counted(tmp_path: Path) -> None:
    first, killed = Process(tmp_path, "a", 2, NOW), Process(tmp_path, "b", 3, NOW - module.STALE)
    killed.processes.write_summary(msgspec.msgpack.encode(killed.summarise()))
    (first.processes.folder / "c.summary").write_bytes(b"of another version")

    ended = NOW - module.STALE
    assert (await first.summaries.read())[1:] == [ProcessReceipts(ended, {}, ended=ended)]
    assert await first.summaries.count() == (NOW, Connected({"e": (2, 0)}, begun=ended))
    killed.processes.close()
    first.processes.close()


async def test_a_disk_that_is_full_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process = Process(tmp_path, "a", 2)

    def refuse(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(process.processes, "write_summary", refuse)
    with capture_logs() as logs:
        process.summaries.start()
        await until(lambda: len(logs) >= 2)
    await process.summaries.stop()
    process.processes.close()
    assert {entry["event"] for entry in logs} == {"summary_not_written"}
