from dataclasses import replace

import pytest

from flagstaff.storage import audit
from flagstaff.storage.audit import GENESIS, Actor, Entry
from flagstaff.storage.documents import Write
from tests.storage.conftest import THINGS, Thing


def record(database, *names):
    for name in names:
        entry = Entry(
            "thing", name, "made", f"Made *{name}*", (("createThing", f"thing/{name}"),), Actor("m1")
        )
        writes = [Write(THINGS, None, Thing(name, name))]
        database.write_now(lambda tx, entry=entry, writes=writes: audit.record(tx, entry, writes))


def verify(database, since=None):
    return database.read_now(lambda tx: audit.verify(tx, since))


def test_an_untouched_log_holds(database):
    assert verify(database) is None
    record(database, "a", "b", "c")
    assert verify(database) is None


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_log SET description = 'nothing happened' WHERE position = 2",
        "UPDATE audit_log SET member_id = 'm2' WHERE position = 2",
        "UPDATE audit_log SET mac = zeroblob(32) WHERE position = 2",
        "UPDATE audit_log SET versions = x'00' WHERE position = 2",
        "DELETE FROM audit_log WHERE position = 1",
    ],
)
def test_the_first_entry_that_does_not_hold_is_named(database, tampering):
    record(database, "a", "b", "c")
    database.write_now(lambda tx: tx.run(tampering))
    assert verify(database).position == 2


def test_entries_cut_off_at_the_end_are_missed_by_a_head_kept_elsewhere(database):
    record(database, "a", "b")
    head = database.read_now(audit.head)
    assert verify(database, head) is None
    database.write_now(lambda tx: tx.run("DELETE FROM audit_log WHERE position = 2"))
    assert verify(database) is None
    with pytest.raises(LookupError):
        verify(database, head)


def test_an_empty_log_has_the_first_head(database):
    assert database.read_now(audit.head) == GENESIS
    assert verify(database, GENESIS) is None


def test_an_entry_keeps_the_documents_before_and_after(database):
    record(database, "a")
    (versions,) = database.read_now(lambda tx: tx.one("SELECT versions FROM audit_log"))
    assert audit.unpack(versions) == [
        {
            "table": "accounts",
            "keys": {"id": "a"},
            "before": None,
            "after": {"id": "a", "name": "a", "version": 1},
        }
    ]


def test_the_entries_that_wrote_a_document_are_found_by_its_id(database):
    record(database, "a", "b", "a")
    found = "SELECT position FROM audit_documents WHERE document_id = :id ORDER BY position"
    assert database.read_now(lambda tx: tx.all(found, id="a")) == [(1,), (3,)]


def test_entries_are_counted(database):
    assert database.read_now(audit.count_entries) == 0
    record(database, "a", "b")
    assert database.read_now(audit.count_entries) == 2


def test_a_long_log_is_sealed_again_to_its_end(database):
    entry = Entry("thing", "a", "made", "", (), Actor())
    database.write_now(lambda tx: [audit.record(tx, entry, []) for _ in range(1001)])
    database.write_now(lambda tx: tx.run("UPDATE audit_log SET mac = zeroblob(32)"))
    assert verify(database).position == 1
    database.write_now(audit.seal_again)
    assert verify(database) is None


def test_what_is_personal_is_in_no_entry(database):
    personal = replace(THINGS, personal=("name",))
    writes = [
        Write(personal, Thing("1", "Ada"), Thing("1", "Grace", 2)),
        Write(personal, None, Thing("2", "Eve")),
    ]
    entry = Entry("thing", "1", "renamed", "", (), Actor("m1"))
    database.write_now(lambda tx: audit.record(tx, entry, writes))

    (versions,) = database.read_now(lambda tx: tx.one("SELECT versions FROM audit_log"))
    first, second = audit.unpack(versions)
    assert (first["before"], first["after"]) == (
        {"id": "1", "name": "", "version": 1},
        {"id": "1", "name": "", "version": 2},
    )
    assert (second["before"], second["after"]["name"]) == (None, "")
