"""One server for all tests of this folder that only need environments of their own."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.delivery.planes import Plane, open_plane
from tests.delivery.serving import Environment, SdkServer, make_template, serving


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def server(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SdkServer]:
    with serving(template, tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def environment(server: SdkServer) -> Environment:
    return server.environment()


@pytest.fixture
async def plane(template: Path, tmp_path: Path) -> AsyncIterator[Plane]:
    """A delivery without a server, in the test's own loop."""
    path = tmp_path / "flagstaff.db"
    shutil.copy(template, path)
    async with open_plane(path) as opened:
        yield opened
