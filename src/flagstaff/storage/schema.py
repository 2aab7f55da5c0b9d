"""The schema of a database file: which revision it has, and bringing it to the one this version needs."""

import shutil
import sqlite3
from contextlib import closing
from importlib import import_module
from pathlib import Path

from flagstaff.storage.sqlite import open_writer

MIGRATIONS = Path(__file__).parent / "migrations"
EVENT_MIGRATIONS = MIGRATIONS / "events"


class NewerSchema(RuntimeError):
    """The file was written by a newer version of Flagstaff."""


def upgrade_schema(path: Path, migrations: Path = MIGRATIONS) -> Path | None:
    """Bring the file to this version's schema; return the copy made of it before, or None if none was needed.

    Raises NewerSchema for a file that a newer version has upgraded.
    """
    current = check_revision(path, migrations)
    newest = newest_revision(migrations)
    if current == newest:
        return None
    copy = _copy(path, current, newest) if current is not None else None
    # Alembic takes half a second to import: a start that has nothing to upgrade does without it.
    import_module("flagstaff.storage.upgrading").upgrade_file(path, migrations)
    return copy


def check_revision(path: Path, migrations: Path = MIGRATIONS) -> str | None:
    """The revision of the file, or None for a new one; raises NewerSchema."""
    current = read_revision(path)
    if current is not None and current not in known_revisions(migrations):
        newest = newest_revision(migrations)
        raise NewerSchema(f"{path.name} has schema {current}, which is newer than this version's {newest}")
    return current


def read_revision(path: Path) -> str | None:
    """The revision of the file, or None for a new one."""
    if not path.exists() or not path.stat().st_size:
        return None
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if found else None
    return None if row is None else str(row[0])


def newest_revision(migrations: Path = MIGRATIONS) -> str:
    """The revision that this version of Flagstaff works with."""
    return max(known_revisions(migrations))


def known_revisions(migrations: Path = MIGRATIONS) -> set[str]:
    """Each migration is a file `m<revision>_<title>.py`, numbered in their order."""
    return {file.name[1:5] for file in (migrations / "versions").glob("m[0-9][0-9][0-9][0-9]_*.py")}


def _copy(path: Path, revision: str, newest: str) -> Path:
    copy = path.with_name(f"{path.name}.before-{newest}-from-{revision}")
    with closing(sqlite3.connect(path)) as source, closing(open_writer(copy)) as target:
        source.backup(target)
    shutil.copymode(path, copy)
    return copy
