"""Fixtures of every HTTP test: a server of its own, on a copy of a database migrated once for each worker."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.support.server import TestServer

settings.register_profile("unhurried", deadline=None)  # a busy machine is no defect
settings.load_profile("unhurried")

# The server is imported when the first test asks for it: tests of pure functions start without it.


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.support.server import make_template

    return make_template(tmp_path_factory.mktemp("template") / "flagstaff.db")


@pytest.fixture
def server(template: Path, tmp_path: Path) -> "Iterator[TestServer]":
    from tests.support.server import TestServer

    running = TestServer(template, tmp_path).start()
    yield running
    running.stop()
