import pytest

from flagstaff.storage.credentials import SDK, replace_credential
from flagstaff.storage.installation_key import InstallationFiles, fits, open_secret_key, read_sample
from flagstaff.storage.secrets import InvalidSecretKey, SecretKey

KEY, OTHER = SecretKey(b"\xab" * 32), SecretKey(b"\xcd" * 32)


@pytest.fixture
def place(scratch, tmp_path):
    return InstallationFiles(scratch, tmp_path / "scratch.secret.key")


def use(database):
    database.write_now(lambda tx: replace_credential(tx, "e1", SDK, "sdk-1", KEY))


def test_a_new_database_gets_a_key_which_is_there_the_next_time(place):
    made = open_secret_key(place)
    assert open_secret_key(place) == made
    assert place.key_file.stat().st_mode & 0o777 == 0o600


def test_a_key_that_is_a_setting_goes_before_the_file(place):
    place.key_file.write_text(OTHER.text)
    assert open_secret_key(InstallationFiles(place.database, place.key_file, KEY.value.hex())) == KEY


def test_the_key_of_a_database_in_use_is_taken(place, database):
    use(database)
    place.key_file.write_text(KEY.text)
    assert open_secret_key(place) == KEY


def test_a_missing_file_of_a_database_in_use_is_not_made_anew(place, database):
    use(database)
    with pytest.raises(InvalidSecretKey, match=r"scratch\.secret\.key is missing"):
        open_secret_key(place)
    assert not place.key_file.exists()


def test_a_key_that_does_not_fit_is_refused_by_where_it_comes_from(place, database):
    use(database)
    place.key_file.write_text(OTHER.text)
    with pytest.raises(InvalidSecretKey, match=r"scratch\.secret\.key is not the one of scratch\.db"):
        open_secret_key(place)
    with pytest.raises(InvalidSecretKey, match=r"FLAGSTAFF_SECRET_KEY is not the one of scratch\.db"):
        open_secret_key(InstallationFiles(place.database, place.key_file, OTHER.value.hex()))


@pytest.mark.parametrize("text", ["", "ab" * 31, "\udcff"])
def test_a_file_without_a_key_is_named(place, text):
    place.key_file.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(InvalidSecretKey, match=r"scratch\.secret\.key does not hold"):
        open_secret_key(place)


def test_a_sample_is_a_key_in_force(database, scratch):
    assert read_sample(scratch) is None
    use(database)
    later = database.clock() + 60_000
    database.write_now(lambda tx: replace_credential(tx, "e1", SDK, "sdk-2", OTHER, expires=later))
    assert not fits(KEY, read_sample(scratch))
    assert fits(OTHER, read_sample(scratch))
