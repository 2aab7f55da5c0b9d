"""A migrated scratch event store."""

import shutil
from pathlib import Path

import pytest

from flagstaff.storage.schema import EVENT_MIGRATIONS, upgrade_schema


@pytest.fixture(scope="session")
def migrated_events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "template-events.db"
    upgrade_schema(path, EVENT_MIGRATIONS)
    return path


@pytest.fixture
def events(migrated_events: Path, tmp_path: Path) -> Path:
    path = tmp_path / "scratch-events.db"
    shutil.copy(migrated_events, path)
    return path
