"""A new secret key in place of one that has leaked or is lost."""

from collections.abc import Callable
from pathlib import Path

from flagstaff.features.accounts.store import SYSTEM
from flagstaff.features.projects.environments.store import KeyReset, list_environments, reset_key
from flagstaff.features.projects.store import list_projects
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import Conflict
from flagstaff.kernel.ids import Ids
from flagstaff.storage import audit
from flagstaff.storage.credentials import MOBILE, SDK
from flagstaff.storage.installation_key import InstallationFiles, fits, open_secret_key, read_sample
from flagstaff.storage.private_files import create_private, sync_folder
from flagstaff.storage.rekeying import blank_expiring, encrypt_again, open_alone
from flagstaff.storage.secrets import SecretKey, read_secret_key
from flagstaff.storage.transaction import Transaction

GRACE: Millis = 30 * 24 * 3_600_000  # that old SDK and mobile keys go on working where the secret key is lost
Work = Callable[[Transaction, SecretKey], str]


def replace_secret_key(files: InstallationFiles, ids: Ids, now: Millis) -> str:
    """Encrypt and seal everything with a new key, and say where it is.

    Raises InUse while a server runs, InvalidSecretKey, and Conflict if the audit log does not hold.
    """
    unfinished = _find_unfinished(files)
    if unfinished is not None:
        return _put_in_place(files, unfinished)
    old = open_secret_key(files)

    def work(tx: Transaction, new: SecretKey) -> str:
        if audit.verify(Transaction(tx.connection, now, ids, old.seal_key)) is not None:
            raise Conflict("The audit log does not hold, and a new key would hide it: see `audit verify`")
        encrypt_again(tx, old, new)
        audit.seal_again(tx)
        return "Everything was read with the old key"

    return _replace(files, ids, now, work)


def replace_lost_key(files: InstallationFiles, ids: Ids, now: Millis) -> str:
    """The same without the old key: new SDK and mobile keys, since nobody can read the old ones any more.

    These go on working for 30 days. What the audit log held before can no longer be checked.
    """
    unfinished = _find_unfinished(files)
    if unfinished is not None:
        return _put_in_place(files, unfinished)

    def work(tx: Transaction, new: SecretKey) -> str:
        audit.seal_again(tx)
        for project in list_projects(tx):
            for environment in list_environments(tx, project):
                changed = reset_key(tx, project, environment, KeyReset(SDK, SYSTEM, now + GRACE), new)
                reset_key(tx, project, changed, KeyReset(MOBILE, SYSTEM, now + GRACE), new)
        blank_expiring(tx, new)
        return (
            "The old key was lost: the entries before this one were sealed anew without having been checked"
        )

    return _replace(files, ids, now, work)


def _replace(files: InstallationFiles, ids: Ids, now: Millis, work: Work) -> str:
    """Do the work in one transaction. The new key is on disk before, so that no crash can lose it."""
    new, file = SecretKey(ids.draw(32)), _new_file(files)
    with open_alone(files.database) as connection:
        file.unlink(missing_ok=True)
        create_private(file, new.text)
        tx = Transaction(connection, now, ids, new.seal_key)
        _record(tx, work(tx, new))
    return _put_in_place(files, file)


def _record(tx: Transaction, description: str) -> None:
    entry = audit.Entry(
        kind="account",
        name="Flagstaff",
        title_verb="replaced the secret key of",
        description=description,
        accesses=(("replaceSecretKey", "acct"),),
        actor=SYSTEM,
    )
    audit.record(tx, entry, ())


def _find_unfinished(files: InstallationFiles) -> Path | None:
    """The new key of a replacement that was interrupted after the database had taken it."""
    file, sample = _new_file(files), read_sample(files.database)
    if not file.exists() or sample is None or not fits(read_secret_key(file), sample):
        return None
    return file


def _put_in_place(files: InstallationFiles, file: Path) -> str:
    if files.given_key:
        return f"The new key is in {file}: make it FLAGSTAFF_SECRET_KEY, then delete that file"
    file.replace(files.key_file)
    sync_folder(files.key_file.parent)
    return f"The new key is in {files.key_file}; backups made before hold the old one"


def _new_file(files: InstallationFiles) -> Path:
    return files.key_file.with_name(f"{files.key_file.name}.new")
