"""Applications: what people say about them in the database, what SDKs tell in the event store."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from flagstaff.features.contexts.forgetting import WriteEvents
from flagstaff.features.usage.applications.model import Application, ApplicationVersion, Seen
from flagstaff.storage.audit import Entry
from flagstaff.storage.changes import save_action, save_change
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.events.transaction import EventTransaction
from flagstaff.storage.jobs import Job, enqueue
from flagstaff.storage.transaction import Transaction

JOB = "forget-application"
APPLICATIONS = Documents("applications", Application, lambda said: {"id": said.id, "key": said.key})
VERSIONS = Documents(
    "application_versions",
    ApplicationVersion,
    lambda said: {"id": said.id, "application_key": said.application_key, "key": said.key},
)


def find_application(tx: Transaction, key: str) -> Application | None:
    """What people say about an application, or None."""
    return APPLICATIONS.find(tx, "key = :key", key=key)


def find_version(tx: Transaction, application_key: str, key: str) -> ApplicationVersion | None:
    """What people say about a version, or None."""
    return VERSIONS.find(
        tx, "application_key = :application AND key = :key", application=application_key, key=key
    )


def list_said(tx: Transaction) -> dict[str, Application]:
    """What people say about applications, by key."""
    return {said.key: said for said in APPLICATIONS.list(tx, "TRUE")}


def list_said_versions(tx: Transaction, application_key: str) -> dict[str, ApplicationVersion]:
    """What people say about the versions of an application, by key."""
    found = VERSIONS.list(tx, "application_key = :application", application=application_key)
    return {said.key: said for said in found}


def list_seen(tx: Transaction) -> dict[str, Seen]:
    """The applications that SDKs told of in any environment, by key, as they were told of last."""
    rows = tx.events.all("SELECT key, name, first_seen, source FROM applications ORDER BY last_seen")
    return _merge(Seen(*row) for row in rows)


def list_seen_versions(tx: Transaction, application_key: str) -> dict[str, Seen]:
    """The versions of an application that SDKs told of in any environment, by key."""
    rows = tx.events.all(
        "SELECT key, name, first_seen FROM application_versions WHERE application_key = :key "
        "ORDER BY last_seen",
        key=application_key,
    )
    return _merge(Seen(*row) for row in rows)


def list_flags_of(tx: Transaction, application_key: str) -> list[tuple[str, str]]:
    """Environment and key of the flags that an application has evaluated."""
    rows = tx.events.all(
        "SELECT environment_id, flag_key FROM application_flags WHERE application_key = :key "
        "ORDER BY environment_id, flag_key",
        key=application_key,
    )
    return [(environment_id, flag_key) for environment_id, flag_key in rows]


def save_application(tx: Transaction, before: Application | None, after: Application, entry: Entry) -> None:
    """Store what is said about an application."""
    save_change(tx, entry, [Write(APPLICATIONS, before, after)])


def save_version(
    tx: Transaction, before: ApplicationVersion | None, after: ApplicationVersion, entry: Entry
) -> None:
    """Store what is said about a version."""
    save_change(tx, entry, [Write(VERSIONS, before, after)])


def delete_application(tx: Transaction, key: str, entry: Entry) -> None:
    """Delete all that is said about an application and its versions, and have what was seen forgotten."""
    versions = [Write(VERSIONS, said, None) for said in list_said_versions(tx, key).values()]
    _delete(tx, [Write(APPLICATIONS, find_application(tx, key), None), *versions], {"key": key}, entry)


def delete_version(tx: Transaction, application_key: str, key: str, entry: Entry) -> None:
    """The same for one version."""
    write = Write(VERSIONS, find_version(tx, application_key, key), None)
    _delete(tx, [write], {"key": application_key, "version": key}, entry)


async def run_forgetting(write: WriteEvents, arguments: dict[str, Any]) -> None:
    """The job: nothing is left of what was seen. May be run again."""
    await write(partial(_forget, arguments=arguments))


def _delete(tx: Transaction, writes: list[Write], arguments: dict[str, Any], entry: Entry) -> None:
    if save_change(tx, entry, writes) is None:
        save_action(tx, entry)
    enqueue(tx, Job(kind=JOB, subject=arguments["key"], arguments=arguments))


def _forget(tx: EventTransaction, arguments: dict[str, Any]) -> None:
    key = arguments["key"]
    if "version" in arguments:
        tx.run(
            "DELETE FROM application_versions WHERE application_key = ? AND key = ?",
            (key, arguments["version"]),
        )
        return
    tx.run("DELETE FROM applications WHERE key = ?", (key,))
    for table in ("application_versions", "application_flags"):
        tx.run(f"DELETE FROM {table} WHERE application_key = ?", (key,))


def _merge(rows: Iterable[Seen]) -> dict[str, Seen]:
    """One for each key: the last one told, since the first time that any was, under the last name given."""
    found: dict[str, Seen] = {}
    for row in rows:
        known = found.get(row.key, row)
        found[row.key] = Seen(
            row.key, row.name or known.name, min(row.first_seen, known.first_seen), row.source
        )
    return found
