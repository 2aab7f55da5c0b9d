import io
import json

import pytest

from flagstaff.storage import audit
from flagstaff.storage.audit import Actor, Entry
from flagstaff.storage.audit_files import BrokenFile, export_lines, verify_lines
from flagstaff.storage.documents import Write
from tests.storage.conftest import THINGS, Thing


@pytest.fixture
def key(database):
    return database.read_now(lambda tx: tx.seal_key)


@pytest.fixture
def lines(database):
    for name in ("a", "b", "c"):
        entry = Entry(
            "thing", name, "made", f"Made *{name}*", (("createThing", f"thing/{name}"),), Actor("m1")
        )
        writes = [Write(THINGS, None, Thing(name, name))]
        database.write_now(lambda tx, entry=entry, writes=writes: audit.record(tx, entry, writes))
    return database.read_now(lambda tx: list(export_lines(tx)))


def test_a_file_holds_every_entry_and_the_head(database, lines, key):
    entries = [json.loads(line) for line in lines]

    head = verify_lines(io.BytesIO(b"".join(lines)), key)

    assert [entry.get("name") for entry in entries] == [None, "a", "b", "c", None]
    assert (head.entries, head.head) == (3, database.read_now(audit.head).hex())


def test_an_empty_log_has_a_file_that_holds(database, key):
    lines = database.read_now(lambda tx: list(export_lines(tx)))

    assert verify_lines(lines, key).entries == 0


def bend(line, **changes):
    return json.dumps(json.loads(line) | changes).encode()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda found: found[:2] + found[3:], "line 3 was altered, or lines before it are missing"),
        (lambda found: found[:1] + found[2:], "line 2 was altered, or lines before it are missing"),
        (lambda found: found[:3] + found[4:], "entries at the beginning or at the end are missing"),
        (lambda found: found[:-1], "the head is missing: the file ends too early"),
        (lambda _: [], "line 1 is no JSON object"),
        (lambda found: found[1:], "line 1: "),
        (lambda found: [*found, found[1]], "there is something behind the head"),
        (lambda found: [found[0], bend(found[1], name="x"), *found[2:]], "line 2 was altered"),
        (lambda found: [found[0], bend(found[1], mac="00" * 32), *found[2:]], "line 2 was altered"),
        (lambda found: [found[0], bend(found[1], versions="AA=="), *found[2:]], "line 2 was altered"),
        (lambda found: [found[0], bend(found[1], versions=7), *found[2:]], "line 2 is no entry"),
        (lambda found: [*found[:2], b"{}", *found[2:]], "line 3 is no entry"),
        (lambda found: [*found[:2], b"{", *found[2:]], "line 3 is no JSON object"),
        (lambda found: [*found[:2], found[1], *found[2:]], "line 3 was altered"),
        (lambda found: [*found[:-1], bend(found[-1], exported=1)], "the head was altered"),
        (lambda found: [*found[:-1], bend(found[-1], entries="many")], "line 5: "),
        (lambda found: [bend(found[0], previous="zz"), *found[1:]], "line 1: "),
        (lambda found: [bend(found[0], previous="00" * 31 + "01"), *found[1:]], "line 2 was altered"),
    ],
)
def test_what_was_changed_in_a_file_shows(lines, key, change, says):
    with pytest.raises(BrokenFile) as caught:
        verify_lines(change(lines), key)

    assert str(caught.value).startswith(says)


def test_another_key_finds_nothing_in_order(lines):
    with pytest.raises(BrokenFile):
        verify_lines(lines, bytes(32))


def test_a_file_of_a_pruned_log_begins_where_the_log_does(database, lines, key):
    assert len(lines) == 5
    database.write_now(lambda tx: audit.prune(tx, tx.now + 1, 1))

    kept = database.read_now(lambda tx: list(export_lines(tx)))

    assert verify_lines(kept, key).entries == 2
    assert kept[1:-1] == lines[2:-1]
