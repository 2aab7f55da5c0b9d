"""What a process takes in from others, and what it finds by itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from flagstaff.delivery.neighbours import Neighbours
from flagstaff.storage.credentials import SDK, forget_credentials
from flagstaff.storage.processes import Processes
from flagstaff.storage.transaction import Effect, Saved, Transaction
from tests.delivery.planes import Plane, settle, until


@asynccontextmanager
async def neighbour(plane: Plane, name: str) -> AsyncIterator[tuple[Neighbours, list[Effect]]]:
    heard: list[Effect] = []
    processes = Processes(plane.database.path, name)
    neighbours = Neighbours(processes, plane.database, plane.delivery, heard.extend)
    neighbours.start()
    yield neighbours, heard
    await neighbours.stop()


async def test_what_one_tells_the_other_takes_in(plane: Plane) -> None:
    async with neighbour(plane, "a") as (first, ours), neighbour(plane, "b") as (_, theirs):
        first.tell([Saved("flag")])
        await until(lambda: theirs)
        assert (ours, theirs) == ([], [Saved("flag")])


async def test_a_change_of_which_nobody_told_reaches_streams(plane: Plane) -> None:
    _, stream = await plane.open()

    def unit(tx: Transaction) -> None:
        tx.run("INSERT INTO outbox (entry_id, topic, created) VALUES ('x', 'flag', 1)")
        tx.run("INSERT INTO sdk_environments VALUES ('e', 1)")

    async with neighbour(plane, "a") as (first, _):
        await plane.database.read(lambda _: None)
        plane.write_elsewhere(unit)
        while stream.version < 1:
            first._hear(None)
            await settle()


async def test_a_key_that_another_process_has_ended_ends_its_streams(plane: Plane) -> None:
    await plane.reset_key("sdk-1")
    assert await plane.delivery.keyring.get("sdk-1", SDK)

    plane.write_elsewhere(lambda tx: forget_credentials(tx, "e"))
    plane.delivery.catch_up_with({}, {"flag"})
    assert plane.delivery.keyring.find("sdk-1", SDK)
    plane.delivery.catch_up_with({}, {"environment"})

    assert plane.delivery.keyring.find("sdk-1", SDK) is None


async def test_a_folder_that_cannot_be_made_is_logged_and_the_rest_goes_on(
    plane: Plane, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no")

    monkeypatch.setattr(Processes, "open", refuse)
    with capture_logs() as logs:
        async with neighbour(plane, "a") as (first, _):
            first.tell([Saved("flag")])
            assert first.processes.take_role("worker")
    assert [entry["event"] for entry in logs] == ["processes_not_reachable"]
