"""Counts of connections in the event store."""

import shutil
from pathlib import Path

import pytest

from flagstaff.features.projects.connections import store
from flagstaff.features.projects.connections.model import Connected
from flagstaff.features.projects.connections.store import MINUTE, note_counts
from flagstaff.storage.events.transaction import EventTransaction
from flagstaff.storage.sqlite import events_beside
from tests.intake.stored import Scratch

NOW = 1_000_000 * MINUTE


@pytest.fixture
def scratch(template: Path, tmp_path: Path) -> Scratch:
    path = tmp_path / "events.db"
    shutil.copy(events_beside(template), path)
    return Scratch(path)


def note(scratch: Scratch, now: int, begun: int = 0, **counts: tuple[int, int]) -> None:
    note_counts(EventTransaction(scratch.connection), now, Connected(counts, begun))


def rows(scratch: Scratch) -> list[tuple[int | str, ...]]:
    """Environment, minutes since the beginning, and the counts."""
    found = scratch.rows("SELECT * FROM connection_counts ORDER BY at, environment_id")
    return [(name, (at - NOW) // MINUTE, *counts) for name, at, _, *counts in found]


def test_of_a_minute_the_fewest_and_the_most_are_kept(scratch: Scratch) -> None:
    note(scratch, NOW + 1, e=(2, 5))
    note(scratch, NOW + 30_001, e=(4, 3))
    note(scratch, NOW + 60_001, e=(4, 4))

    assert rows(scratch) == [("e", 0, 2, 4, 3, 5), ("e", 1, 4, 4, 4, 4)]


def test_who_has_lost_all_connections_is_counted_on_and_who_never_had_one_is_not(scratch: Scratch) -> None:
    note(scratch, NOW, e=(2, 0))
    note(scratch, NOW + 5 * MINUTE, other=(1, 0))
    note(scratch, NOW + 6 * MINUTE)

    assert rows(scratch) == [
        ("e", 0, 2, 2, 0, 0),
        ("e", 5, 0, 0, 0, 0),
        ("other", 5, 1, 1, 0, 0),
        ("e", 6, 0, 0, 0, 0),
        ("other", 6, 0, 0, 0, 0),
    ]


def test_who_had_no_connection_as_long_as_any_is_kept_is_counted_no_more(scratch: Scratch) -> None:
    note(scratch, NOW, e=(2, 0))
    note(scratch, NOW + MINUTE)
    scratch.rows("DELETE FROM connection_counts WHERE streams > 0")

    note(scratch, NOW + 2 * MINUTE)

    assert rows(scratch) == [("e", 1, 0, 0, 0, 0)]


def test_only_so_many_environments_are_counted(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_ENVIRONMENTS", 2)

    note(scratch, NOW, few=(1, 0), most=(9, 0), more=(0, 5))

    assert [name for name, *_ in rows(scratch)] == ["more", "most"]


def test_streams_have_a_minute_to_come_back_after_a_restart(scratch: Scratch) -> None:
    note(scratch, NOW, e=(9, 0))
    begun = NOW + MINUTE
    note(scratch, begun + MINUTE - 1, begun, e=(4, 0))
    note(scratch, begun + MINUTE, begun, e=(8, 0))

    assert rows(scratch) == [("e", 0, 9, 9, 0, 0), ("e", 2, 8, 8, 0, 0)]


def test_streams_have_a_minute_to_come_back_to_other_processes_when_one_has_ended(scratch: Scratch) -> None:
    note(scratch, NOW, e=(9, 4))
    ended = NOW + MINUTE
    for at in (ended, ended + 30_000, ended + MINUTE):
        note(scratch, at, ended, e=(8, 2) if at == ended + MINUTE else (4, 2))

    assert rows(scratch) == [("e", 0, 9, 9, 4, 4), ("e", 2, 8, 8, 4, 4)]


def test_polling_clients_count_on_after_a_restart_until_they_were_silent_for_long(scratch: Scratch) -> None:
    note(scratch, NOW, e=(0, 5), lost=(0, 2))
    begun = NOW + MINUTE
    note(scratch, NOW + 5 * MINUTE, begun, e=(0, 3))
    note(scratch, NOW + 6 * MINUTE, begun, e=(0, 6))
    note(scratch, NOW + 15 * MINUTE, begun, e=(0, 3))

    counts = [(name, minute, fewest) for name, minute, _, _, fewest, _ in rows(scratch)]
    assert [one for one in counts if one[0] == "e"] == [("e", 0, 5), ("e", 5, 5), ("e", 6, 6), ("e", 15, 3)]
    assert [one for one in counts if one[0] == "lost"][1:] == [
        ("lost", 5, 2),
        ("lost", 6, 2),
        ("lost", 15, 0),
    ]


def test_who_begins_where_nobody_was_counted_of_late_counts_at_once(scratch: Scratch) -> None:
    note(scratch, NOW, e=(9, 9))
    begun = NOW + 20 * MINUTE
    note(scratch, begun, begun, e=(1, 2))

    assert rows(scratch)[1:] == [("e", 20, 1, 1, 2, 2)]
