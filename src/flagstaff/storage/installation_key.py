"""The secret key of an installation: whether it fits the database, and where it lies."""

from contextlib import closing
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag

from flagstaff.storage.secrets import InvalidSecretKey, SecretKey, load_secret_key
from flagstaff.storage.sqlite import events_beside, open_reader

SAMPLE = "SELECT ciphertext FROM credentials WHERE expires = 0 LIMIT 1"


class InstallationFiles(msgspec.Struct, frozen=True):
    """Where an installation lies. `given_key` is the secret key as a setting, which goes before the file.

    The event store lies beside the database unless `given_events` says otherwise.
    """

    database: Path
    key_file: Path
    given_key: str = ""
    given_events: Path | None = None

    @property
    def events(self) -> Path:
        return self.given_events or events_beside(self.database)


def open_secret_key(files: InstallationFiles) -> SecretKey:
    """The key with which the database was made; a new database gets one.

    Raises InvalidSecretKey where the file of a database in use is missing, or the key does not fit.
    """
    sample = read_sample(files.database)
    if sample is not None and not files.given_key and not files.key_file.exists():
        raise InvalidSecretKey(
            f"{files.key_file} is missing: it holds the secret key of {files.database.name}, "
            "and lies in every backup"
        )
    key = load_secret_key(files.key_file, files.given_key)
    if sample is not None and not fits(key, sample):
        source = "FLAGSTAFF_SECRET_KEY" if files.given_key else str(files.key_file)
        raise InvalidSecretKey(f"the secret key in {source} is not the one of {files.database.name}")
    return key


def fits(key: SecretKey, sample: bytes) -> bool:
    """Whether the key has encrypted the sample."""
    try:
        key.decrypt(sample)
    except InvalidTag:
        return False
    return True


def read_sample(database: Path) -> bytes | None:
    """Something that only the right key decrypts; None before the first start."""
    with closing(open_reader(database)) as connection:
        row = connection.execute(SAMPLE).fetchone()
    return None if row is None else bytes(row[0])
