"""Backup of a running installation and its restoration elsewhere."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from flagstaff.kernel.clock import Millis
from flagstaff.storage.sqlite import open_writer

DATABASE, KEY, ABOUT = "flagstaff.db", "secret.key", "backup.json"
STEP = 1_000_000  # beyond any version that the old installation handed out after the backup


class BackupError(RuntimeError):
    """The backup cannot be made or restored there; the message says why."""


def make_backup(database: Path, secret_key: Path, folder: Path, now: Millis) -> None:
    """Copy the database, consistent in itself, and the secret key into an empty folder; files are 0600."""
    if not database.exists():
        raise BackupError(f"there is no database {database}")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BackupError(f"{folder} is not empty")
    _copy_database(database, folder / DATABASE)
    if secret_key.exists():
        _copy_private(secret_key, folder / KEY)
    about = folder / ABOUT
    about.touch(mode=0o600)
    about.write_text(json.dumps({"made": now}) + "\n")


def restore_backup(folder: Path, database: Path, secret_key: Path, now: Millis) -> None:
    """Put a backup in place of an installation that does not exist yet.

    Data versions go on above anything the old installation can have published since (decision 0006), so SDKs
    that saw those never take the restored state for an old one.
    """
    about, source = folder / ABOUT, folder / DATABASE
    if not about.exists() or not source.exists():
        raise BackupError(f"{folder} holds no backup")
    for target in (database, secret_key):
        if target.exists():
            raise BackupError(f"{target} exists; restore does not overwrite")
    made = json.loads(about.read_text())["made"]
    _copy_database(source, database)
    if (folder / KEY).exists():
        _copy_private(folder / KEY, secret_key)
    _advance_versions(database, STEP + max(0, now - made) // 1000)


def _advance_versions(database: Path, step: int) -> None:
    with closing(open_writer(database)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE sdk_environments SET data_version = data_version + ?", (step,))
        connection.execute("COMMIT")


def _copy_database(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
        closing(open_writer(target)) as new,
    ):
        old.backup(new)  # in one step: in WAL mode that blocks no writer, and none can make it start anew
        new.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _copy_private(source: Path, target: Path) -> None:
    target.touch(mode=0o600)
    shutil.copyfile(source, target)
