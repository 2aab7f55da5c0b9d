"""The numbers that stand for the keys of single events."""

from flagstaff.intake.ledger import Ledger
from flagstaff.intake.names import MINUTE
from flagstaff.intake.rows import EventKey
from flagstaff.kernel.clock import Millis
from flagstaff.storage.events.reading import SqlValue

TOUCH = """UPDATE event_keys SET last_seen = max(last_seen, :at)
    WHERE environment_id = :environment_id AND kind = :kind AND key = :key RETURNING id"""
ADD = """INSERT INTO event_keys (environment_id, kind, key, first_seen, last_seen)
    VALUES (:environment_id, :kind, :key, :at, :at) RETURNING id"""


def keep_event_key(ledger: Ledger, environment_id: str, key: EventKey, at: Millis) -> int | None:
    """Note that there was such an event; its number, or None where it is above the ceiling."""
    known = hash(("event_keys", environment_id, key))
    found: tuple[Millis, int] | None = ledger.find(known)
    if found is not None and found[0] >= at // MINUTE:
        return found[1]
    values: dict[str, SqlValue] = {"environment_id": environment_id, "kind": key[0], "key": key[1], "at": at}
    row = ledger.tx.one(TOUCH, **values)
    if row is None:
        if not ledger.admit(environment_id, "event_keys"):
            return None
        row = ledger.tx.one(ADD, **values)
    number = int(row[0]) if row else 0
    ledger.note(known, (at // MINUTE, number))
    return number
