"""Long work in few threads."""

import asyncio
import os
import threading

import pytest

from flagstaff.http.work_pool import WorkPool, at_once
from flagstaff.kernel.errors import RateLimited


async def test_no_more_runs_at_once_than_there_are_threads() -> None:
    pool, gate, running, most = WorkPool(threads=2, waiting=4), threading.Barrier(2), 0, 0

    def work() -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        gate.wait(5)
        running -= 1
        return 7

    assert await asyncio.gather(*(pool.run(work) for _ in range(6))) == [7] * 6
    assert most == 2
    pool.close()


async def test_what_is_beyond_the_queue_is_told_to_come_back_and_does_not_wait() -> None:
    pool, gate = WorkPool(threads=1, waiting=1), threading.Event()
    running = [asyncio.create_task(pool.run(gate.wait)) for _ in range(2)]
    await asyncio.sleep(0)

    with pytest.raises(RateLimited) as refused:
        await pool.run(gate.wait)

    assert refused.value.retry_after == 1
    gate.set()
    assert await asyncio.gather(*running) == [True, True]
    assert await pool.run(gate.wait)
    pool.close()


async def test_what_the_work_raises_is_raised_and_makes_room() -> None:
    pool = WorkPool(threads=1, waiting=0)

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            await pool.run(lambda: 1 // 0)
    pool.close()


async def test_work_may_be_done_elsewhere() -> None:
    pool = WorkPool(perform=lambda work: (work(), "elsewhere"))

    assert await pool.run(lambda: 7) == (7, "elsewhere")
    pool.close()


@pytest.mark.parametrize(("processors", "least"), [(None, 1), (1, 1), (2, 1), (3, 1), (4, 2), (64, 2)])
def test_processors_are_left_to_others(
    monkeypatch: pytest.MonkeyPatch, processors: int | None, least: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: processors)

    assert at_once() == least
