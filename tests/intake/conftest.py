import shutil
from pathlib import Path

import pytest

from flagstaff.storage.sqlite import events_beside
from tests.intake.sdk import Sdk
from tests.support.server import TestServer


@pytest.fixture
def sdk(server: TestServer) -> Sdk:
    """SDKs of an installation of their own."""
    return Sdk(server)


@pytest.fixture(scope="session")
def events_template(template: Path) -> Path:
    return events_beside(template)


@pytest.fixture
def events(events_template: Path, tmp_path: Path) -> Path:
    """An empty event store."""
    path = tmp_path / "scratch-events.db"
    shutil.copy(events_template, path)
    return path
