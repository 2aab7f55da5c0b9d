import sqlite3
from contextlib import closing
from pathlib import Path

from flagstaff.storage.events.transaction import EventTransaction

ADD = "INSERT INTO event_keys VALUES (NULL, 'e', 'custom', ?, 1, 1)"


def test_statements_tell_how_many_rows_they_touched(events: Path) -> None:
    with closing(sqlite3.connect(events)) as connection:
        tx = EventTransaction(connection)
        assert tx.run(ADD, ("a",)) == 1
        tx.run_many(ADD, [("b",), ("c",)])
        assert tx.many("SELECT key FROM event_keys WHERE key > ?", ("b",)) == [("c",)]
        assert tx.run("UPDATE event_keys SET last_seen = 2") == 3
        assert tx.one("SELECT count(*) FROM event_keys WHERE kind = :kind", kind="custom") == (3,)
        assert tx.all("SELECT key FROM event_keys ORDER BY key") == [("a",), ("b",), ("c",)]


def test_what_is_to_be_done_after_the_commit_is_done_in_order(events: Path) -> None:
    done: list[int] = []
    with closing(sqlite3.connect(events)) as connection:
        tx = EventTransaction(connection)
        tx.on_commit += [lambda: done.append(1), lambda: done.append(2)]
        assert done == []
        tx.confirm()
    assert done == [1, 2]
