"""Tasks that nobody waits for."""

import asyncio

import pytest
from structlog.testing import capture_logs

from flagstaff.delivery.background import Background
from flagstaff.kernel.errors import Unavailable


async def fail(error: Exception) -> None:
    raise error


@pytest.mark.parametrize(("error", "logged"), [(ValueError("a defect"), 1), (Unavailable(), 0)])
async def test_a_defect_is_logged_and_an_expected_error_is_not(error: Exception, logged: int) -> None:
    background = Background()
    with capture_logs() as logs:
        await asyncio.wait([background.start(fail(error))])
        await asyncio.sleep(0)
    assert len(logs) == logged
    assert not background.tasks


async def test_stopping_ends_what_runs() -> None:
    background = Background()
    task = background.start(asyncio.sleep(3600))
    await background.stop()
    assert task.cancelled()
    assert not background.tasks
