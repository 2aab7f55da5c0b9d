"""Long work in few threads."""

import asyncio
import os
import sys
import threading

import pytest

from flagstaff.http.work_pool import NICE, WorkPool
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


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no priority of their own")
async def test_everything_else_goes_first() -> None:
    pool = WorkPool()

    priority = await pool.run(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    assert priority == min(19, os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) + NICE)
    pool.close()
