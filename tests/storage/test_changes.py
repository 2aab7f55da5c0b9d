from msgspec.structs import replace

from flagstaff.storage.audit import Actor, Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.documents import Write
from flagstaff.storage.publishing import read_version
from flagstaff.storage.transaction import Item
from tests.storage.conftest import THINGS, Thing

ENTRY = Entry("thing", "first", "made", "", (("createThing", "thing/1"),), Actor("m1"))
MADE = Thing("1", "first")


def counts(database):
    return database.read_now(
        lambda tx: [
            tx.one(f"SELECT count(*) FROM {table}")[0] for table in ("accounts", "audit_log", "outbox")
        ]
    )


def test_a_change_writes_its_row_its_entry_and_its_outgoing_event(database):
    entry_id = database.write_now(lambda tx: save_change(tx, ENTRY, [Write(THINGS, None, MADE)]))
    assert counts(database) == [1, 1, 1]
    assert database.read_now(lambda tx: tx.all("SELECT entry_id, topic FROM outbox")) == [(entry_id, "thing")]


def test_a_change_that_changes_nothing_writes_nothing(database):
    database.write_now(lambda tx: save_change(tx, ENTRY, [Write(THINGS, None, MADE)]))
    item = Item("e1", "flags", "f", {"key": "f"})
    assert database.write_now(lambda tx: save_change(tx, ENTRY, [Write(THINGS, MADE, MADE)], [item])) is None
    assert counts(database) == [1, 1, 1]
    assert database.read_now(lambda tx: read_version(tx, "e1")) == 0


def test_what_a_change_shows_to_sdks_is_published_with_it(database):
    item = Item("e1", "flags", "f", {"key": "f"})
    changed = replace(MADE, name="second", version=2)
    database.write_now(lambda tx: save_change(tx, ENTRY, [Write(THINGS, None, MADE)], [item]))
    database.write_now(lambda tx: save_change(tx, ENTRY, [Write(THINGS, MADE, changed)], [item]))
    assert database.read_now(lambda tx: read_version(tx, "e1")) == 2
