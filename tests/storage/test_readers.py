"""The threads that run read units: quick ones one after another, others beside a slow one."""

import asyncio
import contextvars
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from flagstaff.storage import readers as readers_module
from flagstaff.storage.readers import BATCH, READERS, Readers
from flagstaff.storage.waiting import Waiting

Unit = Callable[[Any], Any]


def run(waiting: Waiting) -> None:
    try:
        waiting.outcome.result = waiting.unit(None)
    except ValueError as error:
        waiting.outcome.error = error


@pytest.fixture
async def readers() -> AsyncIterator[Readers]:
    running = Readers(run)
    running.start()
    yield running
    await running.stop()


def add(readers: Readers, unit: Unit) -> "asyncio.Future[Any]":
    future = asyncio.get_running_loop().create_future()
    readers.add(Waiting(unit, contextvars.copy_context(), future))
    return future


async def test_quick_units_run_one_after_another_in_their_order(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers_module, "PATIENCE", 60)  # whatever else this machine does
    order: list[int] = []
    running: set[int] = set()

    def unit(number: int) -> Unit:
        def quick(_: Any) -> int:
            running.add(number)
            assert running == {number}
            order.append(number)
            running.remove(number)
            return number

        return quick

    answers = await asyncio.gather(*(add(readers, unit(number)) for number in range(5 * BATCH)))

    assert answers == order == list(range(5 * BATCH))


async def test_what_a_unit_raises_is_its_answer_alone(readers: Readers) -> None:
    def fail(_: Any) -> None:
        raise ValueError("no")

    answers = await asyncio.gather(
        *(add(readers, unit) for unit in (lambda _: 1, fail, lambda _: 2)), return_exceptions=True
    )

    assert [str(answer) for answer in answers] == ["1", "no", "2"]


async def test_beside_a_slow_unit_others_go_on(readers: Readers) -> None:
    go = threading.Event()
    early = [add(readers, lambda _: "early") for _ in range(3)]
    slow = add(readers, lambda _: go.wait(10))
    late = [add(readers, lambda _: "late") for _ in range(3 * BATCH)]

    assert await asyncio.gather(*early, *late) == ["early"] * 3 + ["late"] * (3 * BATCH)
    assert not slow.done()
    go.set()
    assert await slow is True


async def test_units_wait_when_every_thread_is_slow(readers: Readers) -> None:
    go, begun = threading.Event(), threading.Semaphore(0)

    def wait(_: Any) -> bool:
        begun.release()
        return go.wait(10)

    slow = [add(readers, wait) for _ in range(READERS)]
    for _ in range(READERS):
        assert await asyncio.to_thread(begun.acquire, timeout=10)
    more = add(readers, lambda _: "more")
    await asyncio.sleep(0)

    assert not more.done()
    go.set()
    assert await more == "more"
    assert await asyncio.gather(*slow) == [True] * READERS


async def test_who_has_gone_is_not_answered(readers: Readers) -> None:
    future = add(readers, lambda _: 1)
    future.cancel()

    assert await add(readers, lambda _: 2) == 2
    assert future.cancelled()


async def test_stopping_finishes_all_that_was_added() -> None:
    readers = Readers(run)
    readers.start()
    go = threading.Event()
    slow = [add(readers, lambda _: go.wait(10)) for _ in range(2)]
    others = [add(readers, lambda _: "done") for _ in range(3 * BATCH)]
    stopping = asyncio.ensure_future(readers.stop())
    await asyncio.sleep(0)

    go.set()
    await stopping

    assert await asyncio.gather(*slow, *others) == [True, True] + ["done"] * (3 * BATCH)
