"""A place for jobs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.workers.loops import Shop, opened_shop


@pytest.fixture
async def shop(template: Path, tmp_path: Path) -> AsyncIterator[Shop]:
    async with opened_shop(template, tmp_path) as shop:
        yield shop
