"""What SDKs have told of an environment goes with it: its rows in the event store are removed by a job."""

from flagstaff.features.projects.environments.model import Environment
from flagstaff.kernel.clock import Millis
from flagstaff.storage.events.transaction import EventTransaction
from flagstaff.storage.jobs import Job, enqueue
from flagstaff.storage.transaction import Transaction

JOB = "forget-environment"
LATER: Millis = 60_000  # by then what was on its way when the keys ended is stored
SLICE = 2_000  # rows that one unit removes
PACKS = 200  # of single events: each may hold some hundreds
KEYS = {
    "payloads": "environment_id, payload_id",
    "flag_counters": "environment_id, flag_key, at, width, variation, version, context_kinds",
    "flag_requests": "environment_id, flag_key",
    "flag_context_kinds": "environment_id, flag_key, kind",
    "contexts": "rowid",
    "context_shapes": "environment_id, path, shape",
    "context_instances": "rowid",
    "instance_contexts": "environment_id, kind, key, instance_id",
    "context_kinds": "environment_id, kind",
    "attribute_names": "environment_id, kind, name",
    "active_contexts": "environment_id, day, instance, sdk, application_id",
    "applications": "environment_id, key",
    "application_versions": "environment_id, application_key, key",
    "application_flags": "environment_id, application_key, flag_key",
    "sdk_counters": "environment_id, at, width, source, sdk, version, wrapper",
    "connection_counts": "environment_id, at, width",
    "new_names": "environment_id, day, what",
    "event_keys": "rowid",  # after the single events, which are found by them
}
EVENTS = """DELETE FROM event_packs WHERE position IN (SELECT position FROM event_packs
    JOIN event_keys ON event_keys.id = key_id WHERE environment_id = ? LIMIT ?)"""


def forget_events(tx: Transaction, environment: Environment) -> None:
    """Have everything that SDKs told of an environment removed, once it is deleted."""
    enqueue(
        tx,
        Job(
            kind=JOB,
            project_id=environment.project_id,
            subject=environment.key,
            arguments={"environment": environment.id},
            due=tx.now + LATER,
        ),
    )


def forget_step(tx: EventTransaction, environment_id: str) -> int:
    """Remove some of it and return how many rows: none when nothing is left. May be run again."""
    gone = tx.run(EVENTS, (environment_id, PACKS))
    for table, key in KEYS.items():
        if gone:
            break
        where = f"({key}) IN (SELECT {key} FROM {table} WHERE environment_id = ? LIMIT ?)"
        gone = tx.run(f"DELETE FROM {table} WHERE {where}", (environment_id, SLICE))
    return gone
