"""The intake without a server: what it does while the event store is slow, and with bodies of any size."""

import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from prometheus_client import CollectorRegistry

from flagstaff.intake.intake import IN_THREAD, Admission, Intake
from flagstaff.intake.payload import read_payload
from flagstaff.kernel.errors import InvalidRequest
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
