"""What a reader has worked out is kept until anything in the database changes, whoever changes it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from flagstaff.storage.memory import BUDGET, LARGEST, LEAST, Memory
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
