"""A unit on its way: whoever waits gets its outcome, once, and only if they are still there."""

import asyncio
import contextvars

import pytest

from flagstaff.kernel.errors import Conflict
from flagstaff.storage.groups import Outcome
from flagstaff.storage.waiting import Waiting


def waiting() -> Waiting:
    future = asyncio.get_running_loop().create_future()
    return Waiting(lambda _: None, contextvars.copy_context(), future)


async def test_what_the_unit_returned_is_the_answer() -> None:
    held = waiting()
    held.outcome = Outcome({"key": "checkout"})
    held.release()
    assert await held.future == {"key": "checkout"}


async def test_what_the_unit_raised_is_raised_where_it_is_awaited() -> None:
    held = waiting()
    held.outcome = Outcome("made before it failed", Conflict("taken"))
    held.release()
    with pytest.raises(Conflict, match="taken"):
        await held.future


@pytest.mark.parametrize("outcome", [Outcome("late"), Outcome(error=Conflict("late"))])
async def test_whoever_has_gone_is_told_nothing(outcome: Outcome) -> None:
    held = waiting()
    held.future.cancel()
    held.outcome = outcome
    held.release()
    assert held.future.cancelled()
