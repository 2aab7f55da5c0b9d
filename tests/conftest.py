"""Fixtures of every HTTP test: a server of its own, on a copy of a database migrated once for each worker."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.support.server import TestServer

settings.register_profile("unhurried", deadline=None)  # a busy machine is no defect
settings.load_profile("unhurried")

# The server is imported when the first test asks for it: tests of pure functions start without it.

LONG = ("console", "contract", "operate", "sweeps")  # folders of tests that take long
EARLY = 0.8  # of the others is begun only after the last of those


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mix the files, so that those with browsers or processes run beside others, and none at the end."""
    files = sorted({_file_of(item) for item in items}, key=lambda file: crc32(file.encode()))
    places: dict[str, float] = {}
    for is_long in (True, False):
        group = [file for file in files if (file.split("/")[-2] in LONG) is is_long]
        share = EARLY if is_long else 1.0
        places |= {file: share * number / len(group) for number, file in enumerate(group)}
    items.sort(key=lambda item: places[_file_of(item)])


def pytest_collection_finish() -> None:
    """The tests stay to the end: looking through all of them for garbage takes most of a second."""
    gc.freeze()


def _file_of(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


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
