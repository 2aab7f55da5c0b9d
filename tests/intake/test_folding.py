"""Counters that get coarser."""

from pathlib import Path

import pytest

from flagstaff.intake.folding import CONNECTIONS, COUNTERS, Folded, fold
from flagstaff.storage.events.transaction import EventTransaction
from tests.intake.stored import NOW, Scratch

MINUTE, HOUR = 60_000, 3_600_000


@pytest.fixture
def scratch(events: Path) -> Scratch:
    return Scratch(events)


def fold_all(scratch: Scratch, folded: Folded, before: int) -> None:
    while fold(EventTransaction(scratch.connection), folded, MINUTE, HOUR, before):
        pass


def add_counts(scratch: Scratch, *rows: tuple[str, int, int, int]) -> None:
    """Rows of environment, time, width and count."""
    flags = [(environment, "f", at, width, 0, 1, "user", count) for environment, at, width, count in rows]
    scratch.connection.executemany("INSERT INTO flag_counters VALUES (?, ?, ?, ?, ?, ?, ?, ?)", flags)
    sdks = [
        (environment, at, width, "server", "S", "1", "", count, 1) for environment, at, width, count in rows
    ]
    scratch.connection.executemany("INSERT INTO sdk_counters VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", sdks)


def test_counters_by_the_minute_become_counters_by_the_hour(scratch: Scratch) -> None:
    hour = NOW - NOW % HOUR
    add_counts(
        scratch,
        ("a", hour, MINUTE, 1),
        ("a", hour + MINUTE, MINUTE, 2),
        ("a", hour, HOUR, 10),
        ("b", hour, MINUTE, 4),
        ("a", hour + HOUR, MINUTE, 8),
    )
    for folded in COUNTERS:
        fold_all(scratch, folded, hour + HOUR + MINUTE)
    kept = [("a", hour, HOUR, 13), ("a", hour + HOUR, MINUTE, 8), ("b", hour, HOUR, 4)]
    columns = "environment_id, at, width"
    assert scratch.rows(f"SELECT {columns}, count FROM flag_counters ORDER BY 1, 2") == kept
    assert scratch.rows(f"SELECT {columns}, events FROM sdk_counters ORDER BY 1, 2") == kept
    assert scratch.rows("SELECT sum(payloads) FROM sdk_counters") == [(5,)]


def test_of_several_counts_of_connections_the_fewest_and_the_most_stay(scratch: Scratch) -> None:
    hour = NOW - NOW % HOUR
    rows = [
        ("a", hour, MINUTE, 3, 4, 1, 1),
        ("a", hour + MINUTE, MINUTE, 2, 9, 1, 5),
        ("a", hour, HOUR, 8, 8, 0, 0),
        ("a", hour + HOUR, MINUTE, 7, 7, 7, 7),
        ("b", hour + MINUTE, MINUTE, 1, 1, 0, 0),
    ]
    scratch.connection.executemany("INSERT INTO connection_counts VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    fold_all(scratch, CONNECTIONS, hour + HOUR + MINUTE)

    assert scratch.rows("SELECT * FROM connection_counts ORDER BY 1, 2") == [
        ("a", hour, HOUR, 2, 9, 0, 5),
        ("a", hour + HOUR, MINUTE, 7, 7, 7, 7),
        ("b", hour, HOUR, 1, 1, 0, 0),
    ]


def test_a_unit_folds_counts_of_connections_of_many_environments(scratch: Scratch) -> None:
    hour = NOW - NOW % HOUR
    rows = [(f"e-{one}", hour + at * MINUTE, MINUTE, 1, 2, 3, 4) for one in range(120) for at in range(3)]
    scratch.connection.executemany("INSERT INTO connection_counts VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    tx = EventTransaction(scratch.connection)

    units = 0
    while fold(tx, CONNECTIONS, MINUTE, HOUR, hour + HOUR):
        units += 1

    assert units == -(-120 // CONNECTIONS.together)
    found = scratch.rows(
        "SELECT at, width, streams, most_streams, count(*) FROM connection_counts GROUP BY 1, 2"
    )
    assert found == [(hour, HOUR, 1, 2, 120)]


def test_what_an_environment_has_is_found_without_reading_those_of_the_others(scratch: Scratch) -> None:
    hour = NOW - NOW % HOUR
    rows = [("a", hour, MINUTE, 1, 1, 1, 1)]
    scratch.connection.executemany("INSERT INTO connection_counts VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    told: list[str] = []
    scratch.connection.set_trace_callback(told.append)
    fold(EventTransaction(scratch.connection), CONNECTIONS, MINUTE, HOUR, hour + HOUR)
    scratch.connection.set_trace_callback(None)

    (deleting,) = [sql for sql in told if sql.startswith("DELETE")]
    (step,) = scratch.rows(f"EXPLAIN QUERY PLAN {deleting}")
    assert "USING PRIMARY KEY (environment_id=?" in step[3]
