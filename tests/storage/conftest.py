"""A migrated scratch database for the tests of storage."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from flagstaff.storage.database import Database
from flagstaff.storage.documents import Documents
from flagstaff.storage.schema import upgrade_schema
from tests.support.ids import counting_ids

SEAL_KEY = b"k" * 32


class Thing(msgspec.Struct, frozen=True):
    """A document of these tests; it lives in the table of accounts, which asks for nothing else."""

    id: str
    name: str
    version: int = 1


THINGS = Documents("accounts", Thing, lambda thing: {"id": thing.id})


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "template.db"
    upgrade_schema(path)
    return path


@pytest.fixture
def scratch(migrated: Path, tmp_path: Path) -> Path:
    path = tmp_path / "scratch.db"
    shutil.copy(migrated, path)
    return path


@pytest.fixture
def database(scratch: Path) -> Iterator[Database]:
    opened = Database(scratch, lambda: 1_700_000_000_000, counting_ids(), SEAL_KEY)
    yield opened
    opened.close()
