import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from flagstaff.kernel.errors import Unavailable
from flagstaff.storage.events import reading
from flagstaff.storage.events.reading import EventReader

ADD = "INSERT INTO event_keys VALUES (NULL, 'e', 'custom', :key, 1, 2)"
KEYS = "SELECT key FROM event_keys WHERE environment_id = :environment_id ORDER BY key"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def add(path: Path, key: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(ADD, {"key": key})


@pytest.fixture
def reader(events: Path) -> Iterator[EventReader]:
    with closing(EventReader(events)) as opened:
        yield opened


def test_a_unit_sees_one_state_and_the_next_unit_a_newer_one(events: Path, reader: EventReader) -> None:
    add(events, "a")
    assert reader.all(KEYS, environment_id="e") == [("a",)]
    add(events, "b")
    assert reader.one(KEYS, environment_id="e") == ("a",)
    assert reader.all(KEYS, environment_id="e") == [("a",)]
    reader.leave()
    assert reader.all(KEYS, environment_id="e") == [("a",), ("b",)]
    reader.leave()
    assert reader.one(KEYS, environment_id="other") is None
    reader.leave()


def test_a_question_that_takes_too_long_is_ended(
    reader: EventReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LIMIT", 0.02)
    with pytest.raises(Unavailable, match="narrow"):
        reader.all(ENDLESS)
    reader.leave()
    assert reader.one("SELECT 1") == (1,)
    reader.leave()


def test_a_unit_waits_only_so_long_for_its_turn(events: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WAIT", 0.01)
    readers = [EventReader(events) for _ in range(reading.AT_ONCE + 1)]
    *first, last = readers
    for reader in first:
        reader.one("SELECT 1")
    with pytest.raises(Unavailable, match="at once"):
        last.one("SELECT 1")
    last.leave()
    first[0].leave()
    assert last.one("SELECT 1") == (1,)
    for reader in readers:
        reader.leave()
        reader.close()


def test_nothing_can_be_changed_by_reading(reader: EventReader) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.all(ADD, key="a")
    reader.leave()
