"""The outbox: what has changed, in the order of units, for everything that tells others of it later.

SDKs need nothing from here: streams and polls, also those that resume, read what each environment sees now.
"""

from collections.abc import Callable

from flagstaff.kernel.clock import Millis
from flagstaff.storage.transaction import Transaction

KEPT: Millis = 7 * 24 * 3_600_000  # at least; whoever looks into the outbox by hand has a week for it
BATCH = 1_000  # events that one unit removes, so that no request waits for it

# Filled by hooks.py: each consumer tells the position up to which it has passed events on.
read_positions: list[Callable[[Transaction], int]] = []


def add_event(tx: Transaction, entry_id: str, topic: str) -> None:
    """Note a change, which is described by its audit entry."""
    ((tx.noted,),) = tx.all(
        "INSERT INTO outbox (entry_id, topic, created) VALUES (:entry_id, :topic, :created) "
        "RETURNING position",
        entry_id=entry_id,
        topic=topic,
        created=tx.now,
    )


def read_position(tx: Transaction) -> int:
    """The position of the newest change; it never goes back, not even in a restored backup."""
    row = tx.one("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")
    return 0 if row is None else int(row[0])


def read_oldest(tx: Transaction) -> int:
    """The position of the oldest change that is still there; one more than the newest, if there is none."""
    row = tx.one("SELECT min(position) FROM outbox")
    return read_position(tx) + 1 if row is None or row[0] is None else int(row[0])


def list_topics(tx: Transaction, since: int) -> set[str]:
    """The topics of the changes after that position."""
    rows = tx.all("SELECT DISTINCT topic FROM outbox WHERE position > :since", since=since)
    return {topic for (topic,) in rows}


def prune_events(tx: Transaction) -> int:
    """Remove the oldest events that every consumer has passed on and that are older than KEPT.

    Returns how many; BATCH, if there may be more.
    """
    oldest = tx.all("SELECT position, created FROM outbox ORDER BY position LIMIT :most", most=BATCH)
    passed = min((read(tx) for read in read_positions), default=None)
    last = removed = 0
    for position, created in oldest:
        if tx.now - created < KEPT or (passed is not None and position > passed):
            break
        last, removed = position, removed + 1
    if removed:
        tx.run("DELETE FROM outbox WHERE position <= :last", last=last)
    return removed
