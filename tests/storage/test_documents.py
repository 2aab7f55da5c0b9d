from dataclasses import replace as replace_documents

import pytest
from msgspec.structs import replace

from flagstaff.storage.documents import Write, apply_write
from tests.storage.conftest import THINGS, Thing


def test_a_document_is_inserted_changed_and_deleted(database):
    made = Thing("1", "first")
    changed = replace(made, name="second", version=2)

    def stored():
        return database.read_now(lambda tx: THINGS.find(tx, "id = :id", id="1"))

    database.write_now(lambda tx: apply_write(tx, Write(THINGS, None, made)))
    assert stored() == made
    database.write_now(lambda tx: apply_write(tx, Write(THINGS, made, changed)))
    assert stored() == changed
    database.write_now(lambda tx: apply_write(tx, Write(THINGS, changed, None)))
    assert stored() is None


@pytest.mark.parametrize("after", [Thing("1", "other", 6), None])
def test_a_version_that_is_not_the_stored_one_trips_the_guard(database, after):
    database.write_now(lambda tx: apply_write(tx, Write(THINGS, None, Thing("1", "first"))))
    with pytest.raises(RuntimeError, match="changed under its unit"):
        database.write_now(lambda tx: apply_write(tx, Write(THINGS, Thing("1", "first", 5), after)))


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (None, Thing("1", "a"), True),
        (Thing("1", "a"), None, True),
        (Thing("1", "a"), Thing("1", "b", 2), True),
        (Thing("1", "a"), Thing("1", "a"), False),
        (None, None, False),
    ],
)
def test_a_write_changes_something_when_the_version_does(before, after, changes):
    assert Write(THINGS, before, after).changes is changes


def test_documents_are_listed_in_the_order_asked_for(database):
    for name in "ab":
        database.write_now(lambda tx, name=name: apply_write(tx, Write(THINGS, None, Thing(name, name))))
    listed = database.read_now(lambda tx: THINGS.list(tx, "true ORDER BY id DESC"))
    assert [thing.name for thing in listed] == ["b", "a"]


def test_a_remembered_document_is_read_anew_after_any_change(database):
    remembered = replace_documents(THINGS, remembered=8)
    database.write_now(lambda tx: apply_write(tx, Write(THINGS, None, Thing("1", "first"))))

    def read():
        found = database.read_now(lambda tx: remembered.find(tx, "id = :id", id="1"))
        every = database.read_now(lambda tx: remembered.list(tx, "true ORDER BY id"))
        return found, every

    first = read()
    assert all(again is before for again, before in zip(read()[1], first[1], strict=True))
    changed = Thing("1", "second", 2)
    database.write_now(lambda tx: apply_write(tx, Write(THINGS, Thing("1", "first"), changed)))
    assert read() == (changed, [changed])
    assert database.read_now(lambda tx: remembered.find(tx, "id = :id", id="none")) is None


def test_that_there_is_none_is_remembered_unless_a_caller_named_it(database):
    remembered = replace_documents(THINGS, remembered=8)
    asked = []

    def unit(tx):
        tx.connection.set_trace_callback(asked.append)
        found = remembered.list(tx, "version > 0"), remembered.list(tx, "id = :id", id="none")
        tx.connection.set_trace_callback(None)
        return found

    assert [database.write_now(unit) for _ in range(3)] == [([], [])] * 3
    assert sum("version >" in sql for sql in asked) == 1
    assert sum("'none'" in sql for sql in asked) == 3
    database.write_now(lambda tx: apply_write(tx, Write(THINGS, None, Thing("1", "first"))))
    assert database.write_now(unit) == ([Thing("1", "first")], [])


def test_a_write_unit_reads_what_it_has_just_written(database):
    remembered = replace_documents(THINGS, remembered=8)

    def unit(tx):
        seen = [remembered.find(tx, "id = :id", id="1")]
        apply_write(tx, Write(THINGS, None, Thing("1", "first")))
        return [*seen, remembered.find(tx, "id = :id", id="1")]

    assert database.write_now(unit) == [None, Thing("1", "first")]


def test_a_write_unit_remembers_nothing_whose_tables_are_not_known(database):
    remembered = replace_documents(THINGS, remembered=8)

    def unit(tx):
        apply_write(tx, Write(THINGS, None, Thing("1", "first")))
        where = "id IN (SELECT entry_id FROM outbox)"
        seen = [len(remembered.list(tx, where))]
        for topic in "ab":
            tx.run("INSERT INTO outbox (entry_id, topic, created) VALUES ('1', :topic, 0)", topic=topic)
            seen.append(len(remembered.list(tx, where)))
            tx.run("DELETE FROM outbox")
            seen.append(len(remembered.list(tx, where)))
        return seen

    assert database.write_now(unit) == [0, 1, 0, 1, 0]
