"""The one write path: rows, the sealed audit entry, the outgoing event and what SDKs see, in one transaction.

Nothing else writes to a resource table.
"""

from collections.abc import Callable, Iterable, Sequence

from flagstaff.storage import audit
from flagstaff.storage.audit import Entry
from flagstaff.storage.documents import Write, apply_write
from flagstaff.storage.outbox import add_event
from flagstaff.storage.transaction import Item, Saved, Transaction

# Filled by hooks.py: what is queued with a change, in its transaction, told its entry and the entry's id.
on_noted: list[Callable[[Transaction, Entry, str], None]] = []


def save_change(
    tx: Transaction, entry: Entry, writes: Iterable[Write], items: Iterable[Item] = ()
) -> str | None:
    """Store every document that differs, and write its audit entry and outgoing event: all of them or none.

    Returns the id of the entry, or None where nothing differs: then nothing at all is written. The documents
    carry their new versions already; `items` are the flags and segments as SDKs will see them, given only
    where that view changed. They become visible together, under one data version per environment and unit.
    """
    changed = [write for write in writes if write.changes]
    if not changed:
        return None
    for write in changed:
        apply_write(tx, write)
    tx.items.extend(items)
    return _note(tx, entry, changed)


def save_action(tx: Transaction, entry: Entry) -> str:
    """Write the audit entry and outgoing event of something that changes no document; the entry's id."""
    return _note(tx, entry, [])


def _note(tx: Transaction, entry: Entry, changed: Sequence[Write]) -> str:
    entry_id = audit.record(tx, entry, changed)
    add_event(tx, entry_id, entry.kind)
    tx.effects.append(Saved(entry.kind))
    for queue in on_noted:
        queue(tx, entry, entry_id)
    return entry_id
