"""Alarms on an event loop: the earliest time counts, and whoever has gone off can be set again."""

import asyncio

import pytest
import uvloop

from flagstaff.delivery.alarms import Alarm
from tests.delivery.serving import ForwardClock


async def ring_early(times: int) -> int:
    """Have an alarm set again as soon as it goes off, `times` times, while the clock says: not yet."""
    clock, rung, done = ForwardClock(), 0, asyncio.Event()
    clock.stop()

    def ring() -> None:
        nonlocal rung
        rung += 1
        if rung == times:
            done.set()
        else:
            alarm.set(clock() + 1)

    alarm = Alarm(clock, ring)
    alarm.set(clock() + 1)
    await asyncio.wait_for(done.wait(), 10)
    assert not alarm.is_set
    return rung


@pytest.mark.parametrize("loop", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_it_is_set_again_however_early_it_went_off(loop: object) -> None:
    with asyncio.Runner(loop_factory=loop) as runner:  # type: ignore[arg-type]
        assert runner.run(ring_early(100)) == 100


async def test_it_goes_off_once_at_the_earliest_time() -> None:
    clock, rung = ForwardClock(), asyncio.Event()
    alarm = Alarm(clock, rung.set)
    for later in (3_600_000, 1, 7_200_000):
        alarm.set(clock() + later)
    await asyncio.wait_for(rung.wait(), 10)
    assert not alarm.is_set


async def test_one_that_is_cancelled_is_silent_and_can_be_set_again() -> None:
    clock, rung = ForwardClock(), asyncio.Event()
    alarm = Alarm(clock, rung.set)
    alarm.cancel()
    alarm.set(clock() + 3_600_000)
    assert alarm.is_set
    alarm.cancel()
    assert not alarm.is_set
    alarm.set(clock() + 1)
    await asyncio.wait_for(rung.wait(), 10)
