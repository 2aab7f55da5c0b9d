"""Turns at evaluating."""

import asyncio
import time

from flagstaff.delivery.turns import SLICE, Turns
from tests.delivery.planes import settle


async def test_whoever_waits_for_nothing_has_the_turn_at_once() -> None:
    turns = Turns()
    for _ in range(3):
        coroutine = turns.take()
        try:
            coroutine.send(None)
        except StopIteration:
            continue
        raise AssertionError("it had to wait")


async def test_others_have_the_loop_between_long_evaluations() -> None:
    """Each evaluation takes a whole slice, so that no two run in one turn of the loop."""
    turns, loop, seen = Turns(), asyncio.get_running_loop(), []
    rounds = 0

    def count() -> None:
        nonlocal rounds
        rounds += 1
        loop.call_soon(count)

    async def evaluate(name: str) -> None:
        await turns.take()
        seen.append((name, rounds))
        end = time.monotonic() + SLICE * 1.5
        while time.monotonic() < end:
            pass

    count()
    await asyncio.gather(*(evaluate(name) for name in "abcd"))
    assert [name for name, _ in seen] == ["a", "b", "c", "d"]
    assert len({number for _, number in seen}) == 4


async def test_short_evaluations_share_a_turn() -> None:
    turns, loop = Turns(), asyncio.get_running_loop()
    began = []
    loop.call_soon(began.append, "others")
    for _ in range(3):
        await turns.take()
    assert began == []


async def test_one_who_gives_up_does_not_hold_the_others() -> None:
    turns = Turns()
    turns._since = asyncio.get_running_loop().time() - 2 * SLICE  # spent, with nobody to end it
    first, second = (asyncio.ensure_future(turns.take()) for _ in range(2))
    await settle()
    assert not first.done()
    first.cancel()
    turns._begin_anew()
    await asyncio.wait_for(second, 5)


async def test_a_turn_that_is_spent_cannot_be_taken_at_once() -> None:
    turns = Turns()
    turns._since = asyncio.get_running_loop().time() - 2 * SLICE
    assert not turns.take_now()
    waiting = asyncio.ensure_future(turns.take())
    await settle()
    turns._begin_anew()
    assert not turns.take_now(), "another one waits"
    await asyncio.wait_for(waiting, 5)
    assert turns.take_now()
