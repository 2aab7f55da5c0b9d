import pytest

from flagstaff.storage.backup import STEP, BackupError, make_backup, restore_backup
from flagstaff.storage.publishing import load_items, read_version
from flagstaff.storage.transaction import Item
from tests.storage.test_database import making

MADE = 1_700_000_000_000


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "old.secret.key"
    path.write_text("ab" * 32)
    path.chmod(0o600)
    return path


def test_a_backup_of_an_open_database_is_private_and_complete(database, scratch, key, tmp_path):
    database.write_now(making("kept"))
    folder = tmp_path / "backup"
    make_backup(scratch, key, folder, MADE)
    assert {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()} == {
        "flagstaff.db": 0o600,
        "secret.key": 0o600,
        "backup.json": 0o600,
    }


def test_a_restored_installation_publishes_above_all_that_the_old_one_can_have_published(
    database, scratch, key, tmp_path
):
    database.write_now(lambda tx: tx.items.append(Item("e1", "flags", "f", {"key": "f"})))
    make_backup(scratch, key, tmp_path / "backup", MADE)
    target, target_key = tmp_path / "new.db", tmp_path / "new.secret.key"
    restore_backup(tmp_path / "backup", target, target_key, MADE + 90_000)
    assert target_key.read_text() == key.read_text()
    database.close()
    database.path = target
    assert database.write_now(lambda tx: read_version(tx, "e1")) == 1 + STEP + 90
    assert len(database.write_now(lambda tx: load_items(tx, "e1"))) == 1


def test_nothing_is_overwritten(scratch, key, tmp_path):
    folder = tmp_path / "backup"
    make_backup(scratch, key, folder, MADE)
    with pytest.raises(BackupError, match="not empty"):
        make_backup(scratch, key, folder, MADE)
    with pytest.raises(BackupError, match="does not overwrite"):
        restore_backup(folder, scratch, tmp_path / "other.key", MADE)
    with pytest.raises(BackupError, match="does not overwrite"):
        restore_backup(folder, tmp_path / "other.db", key, MADE)


def test_a_folder_without_a_backup_and_a_missing_database_are_refused(key, tmp_path):
    with pytest.raises(BackupError, match="holds no backup"):
        restore_backup(tmp_path, tmp_path / "new.db", tmp_path / "new.key", MADE)
    with pytest.raises(BackupError, match="no database"):
        make_backup(tmp_path / "none.db", key, tmp_path / "backup", MADE)
