"""Rows that are written together are those that would be there had each been written when it came."""

import sqlite3
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flagstaff.intake.batches import Batch, Statements
from flagstaff.intake.ledger import Ceilings, Ledger, Memory
from flagstaff.storage.events.transaction import EventTransaction
from tests.intake.stored import NOW

TABLE = "CREATE TABLE names (environment_id, name, said, seen, PRIMARY KEY (environment_id, name))"
NEW = """CREATE TABLE new_names (environment_id, day, what, count,
    PRIMARY KEY (environment_id, day, what))"""
NAMES = Statements(
    "contexts",
    "INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?)",
    "UPDATE names SET said = ?, seen = max(seen, ?) WHERE environment_id = ? AND name = ?",
)
Sight = tuple[str, str, int]  # environment, name, when
SIGHTS = st.lists(st.tuples(st.sampled_from("ef"), st.sampled_from("abcd"), st.integers(0, 5)), max_size=12)


Outcome = tuple[dict[tuple[str, str], tuple[int, int]], dict[str, int], int, list[bool]]


def write(sights: Sequence[Sight], there: Sequence[str], most: int, *, together: bool) -> Outcome:
    """The rows, how many of an environment count as new, how many were over, and the answer for each."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(TABLE)
    connection.execute(NEW)
    connection.executemany("INSERT INTO names VALUES ('e', ?, -1, 3)", [(name,) for name in there])
    ledger = Ledger(EventTransaction(connection), Memory(), Ceilings(contexts=most), NOW)
    batch, known, answers = Batch(ledger, NAMES), {("e", name) for name in there[:1]}, []
    for number, (environment, name, at) in enumerate(sights):
        add, touch = (environment, name, number, at), (number, at, environment, name)
        answers.append(batch.put(environment, add, touch, is_known=(environment, name) in known))
        if answers[-1]:
            known.add((environment, name))
        if not together:
            batch.write()
    batch.write()
    ledger.close()
    rows = {row[:2]: row[2:] for row in connection.execute("SELECT * FROM names")}
    counted = dict(connection.execute("SELECT environment_id, count FROM new_names").fetchall())
    connection.close()
    return rows, counted, ledger.over["contexts"], answers


def expect(sights: Sequence[Sight], there: Sequence[str], most: int) -> Outcome:
    """The same, as it is meant."""
    rows = {("e", name): (-1, 3) for name in there}
    counted, answers = Counter[str](), []
    for number, (environment, name, at) in enumerate(sights):
        found = rows.get((environment, name))
        answers.append(found is not None or counted[environment] < most)
        if found is None and answers[-1]:
            counted[environment] += 1
        if answers[-1]:
            rows[environment, name] = (number, at if found is None else max(found[1], at))
    return rows, +counted, answers.count(False), answers


@pytest.mark.parametrize("together", [True, False])
@given(SIGHTS, st.lists(st.sampled_from("abcd"), unique=True), st.integers(0, 9))
@example([("e", "a", 1), ("e", "b", 1), ("e", "a", 2)], ["a", "b"], 0)
@example([("e", "b", 1), ("e", "c", 5), ("e", "b", 2), ("e", "d", 1)], ["a", "b"], 2)
@example([("e", "a", 1), ("f", "a", 4), ("e", "a", 5), ("f", "a", 2)], [], 1)
def test_rows_are_as_if_each_had_been_written_when_it_came(
    together: bool, sights: list[Sight], there: list[str], most: int
) -> None:
    assert write(sights, there, most, together=together) == expect(sights, there, most)


@pytest.mark.parametrize(("most", "kept", "over"), [(2, ["a", "b"], 0), (1, ["b"], 2)])
def test_what_was_known_and_is_gone_is_added_as_far_as_there_is_room(
    most: int, kept: list[str], over: int
) -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(TABLE)
    connection.execute(NEW)
    ledger = Ledger(EventTransaction(connection), Memory(), Ceilings(contexts=most), NOW)
    batch = Batch(ledger, NAMES)
    batch.put("e", ("e", "a", 0, 5), (0, 5, "e", "a"), is_known=True)
    batch.put("e", ("e", "b", 1, 5), (1, 5, "e", "b"))
    batch.put("e", ("e", "a", 2, 4), (2, 4, "e", "a"), is_known=True)
    batch.write()

    rows = connection.execute("SELECT name, said, seen FROM names ORDER BY 1").fetchall()
    assert [name for name, _, _ in rows] == kept
    assert ("a", 2, 5) in rows or "a" not in kept
    assert ledger.over["contexts"] == over
    connection.close()


def test_nothing_is_written_where_nothing_came() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    ledger = Ledger(EventTransaction(connection), Memory(), Ceilings(), NOW)
    Batch(ledger, NAMES).write()
    assert connection.total_changes == 0
    connection.close()
