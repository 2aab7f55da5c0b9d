"""A new secret key for an installation."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flagstaff.features.projects.environments.store import list_environments
from flagstaff.features.projects.store import list_projects
from flagstaff.features.system.new_keys import GRACE, replace_lost_key, replace_secret_key
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import Conflict
from flagstaff.kernel.ids import Ids
from flagstaff.storage import audit
from flagstaff.storage.credentials import MOBILE, SDK, current_secret, find_credential
from flagstaff.storage.database import Database
from flagstaff.storage.installation_key import InstallationFiles, open_secret_key
from flagstaff.storage.rekeying import InUse
from flagstaff.storage.secrets import InvalidSecretKey, SecretKey
from flagstaff.storage.transaction import Transaction
from tests.support.ids import counting_ids
from tests.support.server import SECRET_KEY, START

IDS = counting_ids(9_000_000)
OLD = SecretKey.parse(SECRET_KEY)


@pytest.fixture
def place(template: Path, tmp_path: Path) -> InstallationFiles:
    """An installation whose key lies in a file; no server has it open."""
    database = tmp_path / "flagstaff.db"
    database.write_bytes(template.read_bytes())
    place = InstallationFiles(database, tmp_path / "flagstaff.secret.key")
    place.key_file.write_text(OLD.text)
    return place


@contextmanager
def opened(place: InstallationFiles) -> Iterator[Database]:
    """The installation with the key that it has now; raises InvalidSecretKey."""
    database = Database(place.database, lambda: START, IDS, open_secret_key(place).seal_key)
    yield database
    database.close()


def read_keys(place: InstallationFiles) -> dict[str, tuple[str, str]]:
    """The SDK and mobile key of each environment, as the present secret key reads them."""
    key = open_secret_key(place)

    def unit(tx: Transaction) -> dict[str, tuple[str, str]]:
        return {
            one.key: (current_secret(tx, one.id, SDK, key), current_secret(tx, one.id, MOBILE, key))
            for project in list_projects(tx)
            for one in list_environments(tx, project)
        }

    with opened(place) as database:
        return database.read_now(unit)


def log_holds(place: InstallationFiles) -> bool:
    with opened(place) as database:
        return database.read_now(audit.verify) is None


def test_a_new_key_reads_what_the_old_one_encrypted_and_continues_the_audit_log(
    place: InstallationFiles,
) -> None:
    before = read_keys(place)
    with opened(place) as database:
        head, entries = database.read_now(lambda tx: (audit.head(tx), audit.count_entries(tx)))

    said = replace_secret_key(place, IDS, START)

    assert str(place.key_file) in said
    assert open_secret_key(place) != OLD
    assert place.key_file.stat().st_mode & 0o777 == 0o600
    assert read_keys(place) == before
    assert log_holds(place)
    with opened(place) as database:
        assert database.read_now(audit.count_entries) == entries + 1
        with pytest.raises(LookupError):
            database.read_now(lambda tx: audit.verify(tx, head))
    assert not place.key_file.with_name("flagstaff.secret.key.new").exists()


def test_a_key_that_is_a_setting_is_handed_to_the_operator(place: InstallationFiles) -> None:
    place.key_file.unlink()
    given = InstallationFiles(place.database, place.key_file, OLD.value.hex())
    before = read_keys(given)

    said = replace_secret_key(given, IDS, START)

    file = place.key_file.with_name("flagstaff.secret.key.new")
    assert said == f"The new key is in {file}: make it FLAGSTAFF_SECRET_KEY, then delete that file"
    with pytest.raises(InvalidSecretKey):
        open_secret_key(given)
    assert read_keys(InstallationFiles(place.database, place.key_file, file.read_text().strip())) == before


def test_nothing_is_replaced_under_a_running_server(place: InstallationFiles) -> None:
    with opened(place) as database:
        database.read_now(audit.head)
        with pytest.raises(InUse):
            replace_secret_key(place, IDS, START)
    assert open_secret_key(place) == OLD
    assert not place.key_file.with_name("flagstaff.secret.key.new").exists()


def test_an_audit_log_that_does_not_hold_is_not_sealed_anew(place: InstallationFiles) -> None:
    with opened(place) as database:
        database.write_now(lambda tx: tx.run("UPDATE audit_log SET name = 'x' WHERE position = 2"))

    with pytest.raises(Conflict, match="audit verify"):
        replace_secret_key(place, IDS, START)
    assert open_secret_key(place) == OLD


@pytest.mark.parametrize("replace", [replace_secret_key, replace_lost_key])
def test_a_replacement_that_was_interrupted_before_its_end_is_finished(
    place: InstallationFiles, replace: Callable[[InstallationFiles, Ids, Millis], str]
) -> None:
    given = InstallationFiles(place.database, place.key_file, OLD.value.hex())
    replace_secret_key(given, IDS, START)  # leaves the new file, as a crash would

    replace(place, IDS, START)

    assert open_secret_key(place) != OLD
    assert log_holds(place)


def test_a_replacement_that_was_interrupted_before_the_database_took_it_is_begun_anew(
    place: InstallationFiles,
) -> None:
    place.key_file.with_name("flagstaff.secret.key.new").write_text(SecretKey(b"x" * 32).text)

    replace_secret_key(place, IDS, START)

    assert open_secret_key(place) not in {OLD, SecretKey(b"x" * 32)}
    assert log_holds(place)


def test_without_the_old_key_every_environment_gets_new_keys_and_the_old_ones_go_on_for_a_while(
    place: InstallationFiles,
) -> None:
    before = read_keys(place)
    place.key_file.unlink()

    replace_lost_key(place, IDS, START)

    after = read_keys(place)
    assert after.keys() == before.keys()
    assert not {key for keys in before.values() for key in keys} & {
        key for keys in after.values() for key in keys
    }
    with opened(place) as database:
        for keys in before.values():
            for text in keys:
                old = database.read_now(lambda tx, text=text: find_credential(tx, text))
                assert old is not None
                assert old.expires == START + GRACE
                assert open_secret_key(place).decrypt(old.ciphertext) == ""


def test_the_audit_log_tells_that_it_was_not_checked(place: InstallationFiles) -> None:
    place.key_file.unlink()

    replace_lost_key(place, IDS, START)

    assert log_holds(place)
    newest = "SELECT title_verb, description FROM audit_log ORDER BY position DESC LIMIT 1"
    with opened(place) as database:
        verb, description = database.read_now(lambda tx: tx.all(newest))[0]
    assert verb == "replaced the secret key of"
    assert "without having been checked" in description
