import json
import sqlite3
from contextlib import closing

import pytest
from msgspec.structs import replace

from flagstaff.storage import audit
from flagstaff.storage.audit import Actor, Entry
from flagstaff.storage.backup import ABOUT, DATABASE, EVENTS, STEP, BackupError, make_backup, restore_backup
from flagstaff.storage.credentials import SDK, current_secret, replace_credential
from flagstaff.storage.database import Database
from flagstaff.storage.installation_key import InstallationFiles
from flagstaff.storage.outbox import read_position
from flagstaff.storage.publishing import load_items, read_version
from flagstaff.storage.schema import EVENT_MIGRATIONS, NewerSchema, newest_revision, upgrade_schema
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import Item
from tests.support.ids import counting_ids

MADE = 1_700_000_000_000
KEY = SecretKey(b"\xab" * 32)
ENTRY = Entry("thing", "a", "made", "", (("createThing", "thing/a"),), Actor())


@pytest.fixture
def place(scratch, tmp_path):
    file = tmp_path / "old.secret.key"
    file.write_text(KEY.text)
    return InstallationFiles(scratch, file)


@pytest.fixture
def database(scratch):
    opened = Database(scratch, lambda: MADE, counting_ids(), KEY.seal_key)
    opened.write_now(lambda tx: replace_credential(tx, "e1", SDK, "sdk-1", KEY))
    yield opened
    opened.close()


@pytest.fixture
def target(tmp_path):
    return InstallationFiles(tmp_path / "new" / "new.db", tmp_path / "new" / "new.secret.key")


def publish(database, *items):
    database.write_now(lambda tx: tx.items.extend(items))


def flag(key, **members):
    return Item("e1", "flags", key, {"key": key, **members})


def opened(place):
    return Database(place.database, lambda: MADE, counting_ids(), KEY.seal_key)


def test_a_backup_of_an_open_database_is_private_and_complete(database, place, tmp_path):
    database.write_now(lambda tx: audit.record(tx, ENTRY, []))
    folder = tmp_path / "backup"

    about = make_backup(place, folder, MADE)

    assert {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()} == {
        "flagstaff.db": 0o600,
        "secret.key": 0o600,
        "backup.json": 0o600,
    }
    assert folder.stat().st_mode & 0o777 == 0o700
    assert json.loads((folder / ABOUT).read_text()) == {
        "made": MADE,
        "schema": newest_revision(),
        "audit_head": database.read_now(audit.head).hex(),
        "audit_entries": 1,
    }
    assert about.audit_entries == 1


def test_what_is_restored_is_what_was_there_and_can_be_read_with_the_key_that_came_along(
    database, place, target, tmp_path
):
    database.write_now(lambda tx: audit.record(tx, ENTRY, []))
    make_backup(place, tmp_path / "backup", MADE)
    database.write_now(lambda tx: replace_credential(tx, "e1", SDK, "sdk-2", KEY))

    restore_backup(tmp_path / "backup", target, MADE)

    assert target.key_file.read_text() == KEY.text
    assert [path.stat().st_mode & 0o777 for path in (target.database, target.key_file)] == [0o600, 0o600]
    assert sorted(path.name for path in target.database.parent.iterdir()) == ["new.db", "new.secret.key"]
    restored = opened(target)
    assert restored.read_now(lambda tx: current_secret(tx, "e1", SDK, KEY)) == "sdk-1"
    assert restored.read_now(audit.verify) is None
    restored.close()


def add_event(path, key):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO event_keys VALUES (NULL, 'e', 'custom', ?, 1, 1)",
            (key,),
        )


@pytest.mark.parametrize("elsewhere", [False, True])
def test_the_event_store_is_backed_up_and_restored_as_well(database, place, target, tmp_path, elsewhere):
    target = replace(target, given_events=tmp_path / "other" / "told.db" if elsewhere else None)
    upgrade_schema(place.events, EVENT_MIGRATIONS)
    add_event(place.events, "kept")
    make_backup(place, tmp_path / "backup", MADE)
    add_event(place.events, "later")

    restore_backup(tmp_path / "backup", target, MADE)

    assert (tmp_path / "backup" / EVENTS).stat().st_mode & 0o777 == 0o600
    assert target.events.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(target.events)) as connection:
        assert connection.execute("SELECT key FROM event_keys").fetchall() == [("kept",)]
    assert [path.name for path in target.events.parent.glob(".*")] == []


def test_an_event_store_is_not_overwritten(database, place, target, tmp_path):
    make_backup(place, tmp_path / "backup", MADE)
    target.events.parent.mkdir()
    target.events.touch()

    with pytest.raises(BackupError, match=f"{target.events} exists"):
        restore_backup(tmp_path / "backup", target, MADE)
    assert not target.database.exists()


def test_an_event_store_of_a_newer_version_is_refused(database, place, target, tmp_path):
    upgrade_schema(place.events, EVENT_MIGRATIONS)
    make_backup(place, tmp_path / "backup", MADE)
    with closing(sqlite3.connect(tmp_path / "backup" / EVENTS)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(NewerSchema, match="9999"):
        restore_backup(tmp_path / "backup", target, MADE)
    assert not target.database.parent.exists()


def test_everything_is_published_above_all_that_the_old_installation_can_have_published(
    database, place, target, tmp_path
):
    publish(database, flag("a", ratio=0.1, big=2**60), flag("gone"))
    publish(database, flag("b"))
    publish(database, Item("e1", "flags", "gone", None))
    make_backup(place, tmp_path / "backup", MADE)

    restore_backup(tmp_path / "backup", target, MADE + 90_999)

    restored = opened(target)
    step = STEP + 90
    assert restored.read_now(lambda tx: read_version(tx, "e1")) == 3 + step
    items = restored.read_now(lambda tx: load_items(tx, "e1"))
    assert [(item.key, item.version, item.payload) for item in items] == [
        ("a", 1 + step, b'{"key":"a","ratio":0.1,"big":1152921504606846976,"version":%d}' % (1 + step)),
        ("b", 2 + step, b'{"key":"b","version":%d}' % (2 + step)),
    ]
    (gone,) = restored.read_now(lambda tx: load_items(tx, "e1", since=2 + step))
    assert (gone.key, gone.version, gone.payload) == ("gone", 3 + step, b"")
    restored.close()


def test_a_clock_that_went_back_takes_nothing_off(database, place, target, tmp_path):
    publish(database, flag("a"))
    make_backup(place, tmp_path / "backup", MADE)

    restore_backup(tmp_path / "backup", target, MADE - 90_000)

    restored = opened(target)
    assert restored.read_now(lambda tx: read_version(tx, "e1")) == 1 + STEP
    restored.close()


def test_a_backup_is_made_into_an_empty_folder_only(database, place, tmp_path):
    make_backup(place, tmp_path / "backup", MADE)
    with pytest.raises(BackupError, match="not empty"):
        make_backup(place, tmp_path / "backup", MADE)


@pytest.mark.parametrize("taken", ["new.db", "new.db-wal", "new.secret.key"])
def test_nothing_is_overwritten_by_a_restoration(database, place, target, tmp_path, taken):
    make_backup(place, tmp_path / "backup", MADE)
    file = target.database.parent / taken
    file.parent.mkdir()
    file.write_text("mine")

    with pytest.raises(BackupError, match=f"{taken} exists"):
        restore_backup(tmp_path / "backup", target, MADE)
    assert [path.read_text() for path in file.parent.iterdir()] == ["mine"]


def test_a_restoration_that_was_interrupted_can_be_repeated(database, place, target, tmp_path):
    make_backup(place, tmp_path / "backup", MADE)
    target.database.parent.mkdir()
    target.key_file.write_text(KEY.text)
    target.database.with_name(".new.db.restoring").write_text("half of it")

    restore_backup(tmp_path / "backup", target, MADE)

    assert sorted(path.name for path in target.database.parent.iterdir()) == ["new.db", "new.secret.key"]


def test_a_key_that_is_a_setting_is_neither_copied_nor_written(database, place, target, tmp_path):
    given, elsewhere = (
        InstallationFiles(one.database, one.key_file, KEY.value.hex()) for one in (place, target)
    )

    make_backup(given, tmp_path / "backup", MADE)
    restore_backup(tmp_path / "backup", elsewhere, MADE)

    assert not (tmp_path / "backup" / "secret.key").exists()
    assert not target.key_file.exists()


def test_a_backup_is_not_restored_without_the_key_that_fits_it(database, place, target, tmp_path):
    make_backup(InstallationFiles(place.database, place.key_file, KEY.value.hex()), tmp_path / "backup", MADE)

    with pytest.raises(BackupError, match="holds no secret key: set FLAGSTAFF_SECRET_KEY"):
        restore_backup(tmp_path / "backup", target, MADE)
    with pytest.raises(BackupError, match="is not the one of"):
        restore_backup(
            tmp_path / "backup", InstallationFiles(target.database, target.key_file, "cd" * 32), MADE
        )
    assert not target.database.parent.exists()


def test_a_backup_of_a_newer_version_is_refused(database, place, target, tmp_path):
    make_backup(place, tmp_path / "backup", MADE)
    with closing(sqlite3.connect(tmp_path / "backup" / DATABASE)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()

    with pytest.raises(NewerSchema, match="9999"):
        restore_backup(tmp_path / "backup", target, MADE)
    assert not target.database.exists()


def test_a_folder_without_a_backup_and_a_missing_database_are_refused(target, tmp_path):
    with pytest.raises(BackupError, match="holds no backup"):
        restore_backup(tmp_path, target, MADE)
    with pytest.raises(BackupError, match="no database"):
        make_backup(target, tmp_path / "backup", MADE)


def test_a_folder_that_cannot_be_written_is_named(database, place, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BackupError, match=r"cannot back up to .*file"):
        make_backup(place, tmp_path / "file" / "backup", MADE)


def test_the_outbox_of_a_restored_installation_goes_on_above_what_was_seen(database, place, target, tmp_path):
    def save(tx):
        tx.run("INSERT INTO outbox (entry_id, topic, created) VALUES ('e', 'flag', 1)")
        return read_position(tx)

    database.write_now(save)
    make_backup(place, tmp_path / "backup", MADE)
    seen = [database.write_now(save) for _ in range(3)][-1]
    restore_backup(tmp_path / "backup", target, MADE)

    with closing(opened(target)) as restored:
        assert restored.write_now(save) > seen + STEP - 10
