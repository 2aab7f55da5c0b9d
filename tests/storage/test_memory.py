"""What a reader has worked out is kept until anything in the database changes, whoever changes it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from flagstaff.storage.memory import BUDGET, EVERYTHING, LARGEST, LEAST, Memory, changed_table
from flagstaff.storage.sqlite import open_reader, open_writer


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_writer(tmp_path / "a.db")) as connection:
        connection.execute("CREATE TABLE things (name)")
        yield connection


@pytest.fixture
def reader(writer: sqlite3.Connection, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_reader(tmp_path / "a.db")) as connection:
        yield connection


def recall(memory: Memory, reader: sqlite3.Connection, key: str) -> object:
    """In a transaction of its own."""
    reader.execute("BEGIN")
    memory.begin(reader)
    found = memory.recall(key)
    reader.execute("ROLLBACK")
    return found


def test_a_value_is_held_while_nothing_changes(
    writer: sqlite3.Connection, reader: sqlite3.Connection
) -> None:
    memory = Memory()
    assert recall(memory, reader, "a") is None

    memory.hold("a", b"1", 1)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO things VALUES ('a')")
    writer.execute("ROLLBACK")

    assert [recall(memory, reader, key) for key in ("a", "a", "b")] == [b"1", b"1", None]


@pytest.mark.parametrize("whose", ["the writer of this process", "another process"])
def test_any_commit_ends_it(
    writer: sqlite3.Connection, reader: sqlite3.Connection, tmp_path: Path, whose: str
) -> None:
    memory = Memory()
    recall(memory, reader, "a")
    memory.hold("a", b"1", 1)

    if whose == "another process":
        with closing(open_writer(tmp_path / "a.db")) as other:
            other.execute("INSERT INTO things VALUES ('a')")
    else:
        writer.execute("INSERT INTO things VALUES ('a')")

    assert recall(memory, reader, "a") is None


def test_a_transaction_recalls_the_state_that_it_sees(
    writer: sqlite3.Connection, reader: sqlite3.Connection
) -> None:
    memory = Memory()
    reader.execute("BEGIN")
    memory.begin(reader)
    memory.hold("a", b"1", 1)
    writer.execute("INSERT INTO things VALUES ('a')")

    memory.begin(reader)
    assert memory.recall("a") == b"1"
    assert reader.execute("SELECT count(*) FROM things").fetchone() == (0,)
    reader.execute("ROLLBACK")
    assert recall(memory, reader, "a") is None


def test_it_is_bounded(reader: sqlite3.Connection) -> None:
    memory = Memory()
    recall(memory, reader, "")
    memory.hold("large", b"", LARGEST)
    size = LARGEST - LEAST
    most = BUDGET // LARGEST
    for number in range(most + 3):
        memory.hold(str(number), b"", size)

    held = [key for key in ("large", *map(str, range(most + 3))) if recall(memory, reader, key) is not None]
    assert held == [str(number) for number in range(3, most + 3)]


def test_a_new_value_takes_the_place_of_the_old_one(reader: sqlite3.Connection) -> None:
    memory = Memory()
    recall(memory, reader, "a")
    for number in range(BUDGET // LEAST):
        memory.hold("a", number, 1)

    memory.hold("b", b"", LARGEST - LEAST)
    assert recall(memory, reader, "a") == BUDGET // LEAST - 1


def test_by_table_it_forgets_what_comes_from_a_table_that_changes() -> None:
    memory = Memory(by_table=True)
    memory.hold("caller", 1, 1, ("tokens", "members"))
    memory.hold("member", 2, 1, ("members",))
    memory.hold("project", 3, 1, ("projects",))
    memory.hold("answer", 4, 1)  # of nobody knows which tables

    memory.forget("tokens")
    assert [memory.recall(key) for key in ("caller", "member", "project", "answer")] == [None, 2, 3, None]
    memory.forget("members")
    assert [memory.recall(key) for key in ("member", "project")] == [None, 3]
    memory.forget("flags")
    assert memory.recall("project") == 3
    memory.forget(EVERYTHING)
    assert memory.recall("project") is None


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ("SELECT 1 FROM things", None),
        ("\n  SELECT '' UNION ALL SELECT name FROM things", None),
        ("PRAGMA data_version", None),
        ("INSERT INTO things (name) VALUES ('a')", "things"),
        ("INSERT INTO things VALUES (1) ON CONFLICT DO UPDATE SET name = 'b' RETURNING name", "things"),
        ("update things SET name = 'UPDATE others'", "things"),
        ("DELETE FROM things", "things"),
        ("REPLACE INTO things VALUES (1)", "things"),
        ("INSERT OR IGNORE INTO things VALUES (1)", EVERYTHING),
        ("WITH new AS (SELECT 1) INSERT INTO things SELECT * FROM new", EVERYTHING),
        ("DROP TABLE things", EVERYTHING),
    ],
)
def test_a_statement_tells_which_table_it_changes(sql: str, table: str | None) -> None:
    assert changed_table(sql) == table
