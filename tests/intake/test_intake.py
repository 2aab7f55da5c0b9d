"""The intake without a server: what it does while the event store is slow, and with bodies of any size."""

import asyncio
import gzip
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import msgspec
import pytest
from prometheus_client import CollectorRegistry

from flagstaff.intake.intake import IN_THREAD, Admission, Intake
from flagstaff.intake.payload import read_payload
from flagstaff.kernel.errors import InvalidRequest, Unavailable
from tests.intake.sdk import a_custom
from tests.intake.stored import NOW


async def nobody(_: str | None) -> str:
    return "e"


@asynccontextmanager
async def taking(path: Path) -> AsyncIterator[Intake]:
    intake = Intake(path, lambda: NOW, Admission(nobody, nobody, nobody), CollectorRegistry())
    intake.start()
    yield intake
    await intake.stop()


async def whole(body: bytes) -> AsyncIterator[bytes]:
    yield body


def accepted(intake: Intake) -> float:
    return float(intake.metrics.accepted._value.get())


@pytest.mark.parametrize("many", [1, 3 * IN_THREAD // 100])
@pytest.mark.parametrize("encoding", ["", "gzip"])
async def test_bodies_of_any_size_are_taken_in(events: Path, many: int, encoding: str) -> None:
    body = msgspec.json.encode([a_custom()] * many)
    payload = read_payload("e", "server", {}, NOW)
    async with taking(events) as intake:
        await intake.take(payload, whole(gzip.compress(body) if encoding else body), encoding)
        assert accepted(intake) == many


async def test_a_diagnostic_is_looked_at_and_forgotten(events: Path) -> None:
    async with taking(events) as intake:
        await intake.take_diagnostic("e", whole(b'{"kind":"diagnostic"}'), "")
        with pytest.raises(InvalidRequest):
            await intake.take_diagnostic("e", whole(b"[]"), "")
        assert accepted(intake) == 0


async def test_processes_that_share_a_store_count_a_payload_once(events: Path) -> None:
    payloads = [
        read_payload("e", "server", {"x-launchdarkly-payload-id": str(n % 20)}, NOW) for n in range(40)
    ]
    body = msgspec.json.encode([a_custom()])
    async with taking(events) as first, taking(events) as second:
        takes = [
            (first, second)[number % 2 ^ number // 20].take(payload, whole(body), "")
            for number, payload in enumerate(payloads)
        ]
        await asyncio.gather(*takes)
        assert accepted(first) + accepted(second) == 20
    with closing(sqlite3.connect(events)) as connection:
        assert connection.execute("SELECT count(*) FROM raw_events").fetchone() == (20,)


async def test_a_flood_fills_the_share_of_its_own_environment_only(
    events: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "flagstaff.storage.events.store.INTERVAL", 60.0
    )  # nothing is written for the time being
    body = msgspec.json.encode([a_custom()])
    async with taking(events) as intake:
        intake.store._waiting._most_each = 20_000
        await intake.take(read_payload("other", "server", {}, NOW), whole(body), "")
        flood = [intake.take(read_payload("e", "browser", {}, NOW), whole(body), "") for _ in range(40)]
        others = [intake.take(read_payload("other", "server", {}, NOW), whole(body), "") for _ in range(3)]
        taking_in = asyncio.gather(*flood, *others, return_exceptions=True)
        await asyncio.sleep(0)
        intake.store._waiting.close()
        results = await taking_in
        assert accepted(intake) == 1 + results.count(None)
    refused = [isinstance(result, Unavailable) for result in results]
    assert 0 < sum(refused[:40]) < 40
    assert not any(refused[40:])
