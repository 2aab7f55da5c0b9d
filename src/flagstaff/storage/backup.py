"""Backup of a running installation and its restoration elsewhere.

A backup is a folder with the database, the event store, the secret key unless that is a setting, and
`backup.json`, which says what it is and is written last: a folder without it is no backup.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from flagstaff.kernel.clock import Millis
from flagstaff.storage.installation_key import InstallationFiles, fits, read_sample
from flagstaff.storage.private_files import create_private, sync_folder
from flagstaff.storage.schema import EVENT_MIGRATIONS, check_revision, read_revision
from flagstaff.storage.secrets import InvalidSecretKey, SecretKey, read_secret_key
from flagstaff.storage.sqlite import open_reader, open_writer

DATABASE, EVENTS, KEY, ABOUT = "flagstaff.db", "events.db", "secret.key", "backup.json"
STEP = 1_000_000  # beyond any version that the old installation handed out after the backup
HEAD = "SELECT lower(hex(mac)), position FROM audit_log ORDER BY position DESC LIMIT 1"
ADVANCE = (
    "UPDATE big_segment_revisions SET number = number + :step",  # cursors of stores are not met again
    "UPDATE sdk_environments SET data_version = data_version + :step",
    "UPDATE sqlite_sequence SET seq = seq + :step WHERE name = 'outbox'",  # what Relay Proxies go by
    """UPDATE sdk_items SET version = version + :step, payload = CASE WHEN payload IS NOT NULL THEN
    CAST(json_set(CAST(payload AS TEXT), '$.version', version + :step) AS BLOB) END""",
)


class BackupError(RuntimeError):
    """The backup cannot be made or restored there; the message says why."""


class About(msgspec.Struct, frozen=True):
    """What a backup is: when it was made, its schema, and how far its audit log goes."""

    made: Millis
    schema: str
    audit_head: str
    audit_entries: int


def make_backup(files: InstallationFiles, folder: Path, now: Millis) -> About:
    """Copy the databases, each consistent in itself, and the secret key into an empty folder; all is 0600."""
    if not files.database.exists():
        raise BackupError(f"there is no database {files.database}")
    with _explained(f"cannot back up to {folder}"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise BackupError(f"{folder} is not empty")
        _copy_database(files.database, folder / DATABASE)
        if files.events.exists():
            _copy_database(files.events, folder / EVENTS)
        if not files.given_key:
            create_private(folder / KEY, files.key_file.read_text())
        about = _describe(folder / DATABASE, now)
        create_private(folder / ABOUT, msgspec.json.encode(about).decode() + "\n")
    return about


def restore_backup(folder: Path, files: InstallationFiles, now: Millis) -> About:
    """Put a backup in place of an installation that does not exist yet; raises NewerSchema, too.

    Data versions go on above anything the old installation can have published since (decision 0006), so SDKs
    that saw those never take the restored state for an old one.
    """
    about = _read_about(folder)
    check_revision(folder / DATABASE)
    check_revision(folder / EVENTS, EVENT_MIGRATIONS)
    key = _read_key(folder, files)
    _check_room(files, key)
    with _explained(f"cannot restore to {files.events}"):
        events = _restore_file(folder / EVENTS, files.events) if (folder / EVENTS).exists() else None
    with _explained(f"cannot restore to {files.database}"):
        unfinished = _restore_file(folder / DATABASE, files.database)
        _advance_versions(unfinished, STEP + max(0, now - about.made) // 1000)
        if not files.given_key and not files.key_file.exists():
            create_private(files.key_file, key.text)
        if events is not None:
            events.rename(files.events)
            sync_folder(files.events.parent)
        unfinished.rename(files.database)
        sync_folder(files.database.parent)
    return about


def _restore_file(copy: Path, target: Path) -> Path:
    """Copy it to a name beside its own; that of an attempt that was not finished is overwritten."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.restoring")
    unfinished.unlink(missing_ok=True)
    _copy_database(copy, unfinished)
    return unfinished


def _read_about(folder: Path) -> About:
    try:
        return msgspec.json.decode((folder / ABOUT).read_bytes(), type=About)
    except (OSError, msgspec.DecodeError) as error:
        raise BackupError(f"{folder} holds no backup: {ABOUT}: {error}") from None


def _read_key(folder: Path, files: InstallationFiles) -> SecretKey:
    try:
        key = SecretKey.parse(files.given_key) if files.given_key else read_secret_key(folder / KEY)
        sample = read_sample(folder / DATABASE)
    except FileNotFoundError:
        raise BackupError(f"{folder} holds no secret key: set FLAGSTAFF_SECRET_KEY to its own") from None
    except (InvalidSecretKey, sqlite3.Error) as error:
        raise BackupError(str(error)) from None
    if sample is not None and not fits(key, sample):
        raise BackupError(f"the secret key is not the one of {folder / DATABASE}")
    return key


def _check_room(files: InstallationFiles, key: SecretKey) -> None:
    databases = (files.database, files.events)
    for taken in (*databases, *(Path(f"{file}-wal") for file in databases)):
        if taken.exists():
            raise BackupError(f"{taken} exists; restore does not overwrite")
    if not files.given_key and files.key_file.exists() and files.key_file.read_text() != key.text:
        raise BackupError(f"{files.key_file} exists; restore does not overwrite")


def _describe(copy: Path, now: Millis) -> About:
    with closing(open_reader(copy)) as connection:
        head, entries = connection.execute(HEAD).fetchone() or ("", 0)
    return About(now, read_revision(copy) or "", head, entries)


def _advance_versions(database: Path, step: int) -> None:
    """Raise every version that an SDK can have seen: of environments, of flags and of segments."""
    with closing(open_writer(database)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for statement in ADVANCE:
            connection.execute(statement, {"step": step})
        connection.execute("COMMIT")


def _copy_database(source: Path, target: Path) -> None:
    """Copy a database that may be in use into one file, without a log beside it."""
    target.touch(mode=0o600)
    with closing(open_reader(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)  # in one step: in WAL mode that blocks no writer, and none can make it start anew
        new.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _explained(what: str) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{what}: {error}") from error
