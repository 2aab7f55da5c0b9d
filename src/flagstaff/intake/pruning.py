"""What the event store forgets: single events by age and size, who was not seen for long, and fine counters.

Each step is a unit of some milliseconds, which says whether there is more to do: intake goes on in between.
"""

from collections.abc import Callable
from functools import partial

import msgspec

from flagstaff.features.contexts.model import keys_of_instance
from flagstaff.intake.folding import CONNECTIONS, COUNTERS, fold
from flagstaff.kernel.clock import Millis
from flagstaff.storage.events.transaction import EventTransaction

SLICE = 2_000  # rows that one unit forgets
PACKS = 200  # of single events: each may hold some hundreds
MINUTE, FEW, HOUR, DAY = 60_000, 300_000, 3_600_000, 86_400_000
SEEN = 30 * DAY  # since when a context must have been seen
ACTIVE_DAYS = 62  # thirty days for each of the last thirty
PAYLOADS = DAY  # how long a payload may be sent again
MINUTES, HOURS = 3 * HOUR, 90 * DAY  # how long counters stay by the minute, and by the hour
# How long counts of connections stay by the minute, by five minutes, and by the hour.
COUNTED_MINUTES, COUNTED_FEW, COUNTED_HOURS = 12 * HOUR, DAY, 8 * DAY

Step = Callable[[EventTransaction], bool]
NEXT = "SELECT min(environment_id) FROM {table} WHERE environment_id > :last"
SIZE = """SELECT (page_count - freelist_count) * page_size
    FROM pragma_page_count, pragma_freelist_count, pragma_page_size"""
OLD_PACKS = """DELETE FROM event_packs WHERE position IN
    (SELECT position FROM event_packs ORDER BY position LIMIT ?) AND at < ?"""
OLD_PAYLOADS = """DELETE FROM payloads WHERE (environment_id, payload_id) IN
    (SELECT environment_id, payload_id FROM payloads WHERE received < ? LIMIT ?)"""
OLD_CONTEXTS = """DELETE FROM contexts WHERE rowid IN
    (SELECT rowid FROM contexts WHERE environment_id = ? AND last_seen < ? LIMIT ?)"""
OLD_INSTANCES = """DELETE FROM context_instances WHERE rowid IN (SELECT rowid FROM context_instances
    WHERE environment_id = ? AND last_seen < ? LIMIT ?) RETURNING id"""
MEMBER = """DELETE FROM instance_contexts
    WHERE environment_id = ?1 AND kind = ?2 AND key = ?3 AND instance_id = ?4
    AND NOT EXISTS (SELECT 1 FROM context_instances WHERE environment_id = ?1 AND id = ?4)"""
OLD_ACTIVE = """DELETE FROM active_contexts WHERE (environment_id, day, instance, sdk, application_id) IN
    (SELECT environment_id, day, instance, sdk, application_id FROM active_contexts
    WHERE environment_id = ? AND day < ? LIMIT ?)"""
OLD_CONNECTIONS = """DELETE FROM connection_counts WHERE (environment_id, at, width) IN
    (SELECT environment_id, at, width FROM connection_counts WHERE width = ? AND at < ? LIMIT ?)"""
OLD_NAMES = "DELETE FROM {table} WHERE last_seen < ?"


class Bounds(msgspec.Struct, frozen=True):
    """How long single events are kept, and how many bytes the store may take up with them."""

    days: int = 30
    size: int = 10 * 1024**3


def list_steps(bounds: Bounds, now: Millis) -> list[Step]:
    """All that there is to forget."""
    return [
        partial(forget_old_events, before=now - bounds.days * DAY),
        partial(forget_surplus_events, most=bounds.size),
        partial(forget_payloads, before=now - PAYLOADS),
        partial(forget_contexts, before=now - SEEN),
        partial(forget_active, day=now // DAY - ACTIVE_DAYS),
        partial(forget_names, before=now - SEEN),
        partial(forget_connections, before=now - COUNTED_HOURS),
        *(partial(fold, folded=one, width=MINUTE, into=HOUR, before=now - MINUTES) for one in COUNTERS),
        *(partial(fold, folded=one, width=HOUR, into=DAY, before=now - HOURS) for one in COUNTERS),
        partial(fold, folded=CONNECTIONS, width=MINUTE, into=FEW, before=now - COUNTED_MINUTES),
        partial(fold, folded=CONNECTIONS, width=FEW, into=HOUR, before=now - COUNTED_FEW),
    ]


def forget_old_events(tx: EventTransaction, before: Millis) -> bool:
    return tx.run(OLD_PACKS, (PACKS, before)) == PACKS


def forget_surplus_events(tx: EventTransaction, most: int) -> bool:
    """The oldest first; what else there is stays, even where it alone takes up more."""
    row = tx.one(SIZE)
    return row is not None and row[0] > most and tx.run(OLD_PACKS, (PACKS, 2**62)) == PACKS


def forget_payloads(tx: EventTransaction, before: Millis) -> bool:
    return tx.run(OLD_PAYLOADS, (before, SLICE)) == SLICE


def forget_contexts(tx: EventTransaction, before: Millis) -> bool:
    """With their instances, and who was a member of these."""
    forgotten = 0
    for environment_id in _list_environments(tx, "context_instances"):
        place = (environment_id, before, SLICE)
        gone = tx.many(OLD_INSTANCES, place)
        members = [
            (environment_id, kind, key, instance)
            for (instance,) in gone
            for kind, key in keys_of_instance(instance).items()
        ]
        tx.run_many(MEMBER, members)
        forgotten = max(forgotten, len(gone), tx.run(OLD_CONTEXTS, place))
    return forgotten == SLICE


def forget_active(tx: EventTransaction, day: int) -> bool:
    environments = _list_environments(tx, "active_contexts")
    return max((tx.run(OLD_ACTIVE, (id_, day, SLICE)) for id_ in environments), default=0) == SLICE


def forget_names(tx: EventTransaction, before: Millis) -> bool:
    """Attributes and shapes that no context has had for long; and how much was new on days that are over."""
    for table in ("attribute_names", "context_shapes"):
        tx.run(OLD_NAMES.format(table=table), (before,))
    tx.run("DELETE FROM new_names WHERE day < ?", (before // DAY,))
    return False


def forget_connections(tx: EventTransaction, before: Millis) -> bool:
    return tx.run(OLD_CONNECTIONS, (HOUR, before, SLICE)) == SLICE


def _list_environments(tx: EventTransaction, table: str) -> list[str]:
    """Those of an indexed table, without reading its rows."""
    found = [""]
    while (row := tx.one(NEXT.format(table=table), last=found[-1])) is not None and row[0] is not None:
        found.append(row[0])
    return found[1:]
