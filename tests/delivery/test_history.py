"""Counts of connections over the last hours."""

import pytest

from flagstaff.delivery import history as module
from flagstaff.delivery.history import EVERY, KEPT, History
from flagstaff.features.projects.connections.model import Counted

BEGUN = 1_000_000 * EVERY


def counted(history: History, now: int, environment_id: str = "e") -> list[tuple[int, int, int]]:
    """Minutes since the beginning, streams, polling clients."""
    found = history.list_counts(environment_id, now)
    return [((one.at - BEGUN) // EVERY, one.streams, one.polls) for one in found]


def test_counts_come_oldest_first_and_without_those_of_twelve_hours_ago() -> None:
    history = History()
    for minute in range(KEPT + 3):
        history.note(BEGUN + minute * EVERY, {"e": (minute, 1)})

    found = counted(history, BEGUN + (KEPT + 2) * EVERY)

    assert found == [(minute, minute, 1) for minute in range(3, KEPT + 3)]
    assert history.list_counts("e", BEGUN + (KEPT + 2) * EVERY)[0] == Counted(BEGUN + 3 * EVERY, 3, 1)


def test_a_minute_that_was_not_counted_is_left_out_and_one_without_connections_is_not() -> None:
    history = History()
    history.note(BEGUN, {"e": (2, 0)})
    history.note(BEGUN + EVERY, {})
    history.note(BEGUN + 3 * EVERY, {"e": (1, 4)})

    assert counted(history, BEGUN + 3 * EVERY) == [(0, 2, 0), (1, 0, 0), (3, 1, 4)]
    assert counted(history, BEGUN + (KEPT + 1) * EVERY) == [(3, 1, 4)]


def test_a_count_is_due_once_a_minute() -> None:
    history = History()
    assert history.is_due(BEGUN)

    history.note(BEGUN + 5, {})

    assert not history.is_due(BEGUN + EVERY - 1)
    assert history.is_due(BEGUN + EVERY)
    assert history.is_due(BEGUN + KEPT * EVERY)


def test_an_environment_that_nobody_has_been_connected_to_for_hours_takes_no_room() -> None:
    history = History()
    history.note(BEGUN, {"e": (1, 0)})
    for minute in range(1, KEPT + 1):
        history.note(BEGUN + minute * EVERY, {})

    assert counted(history, BEGUN + KEPT * EVERY) == [(minute, 0, 0) for minute in range(1, KEPT + 1)]
    assert history._counts == {}


def test_so_many_environments_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ENVIRONMENTS", 2)
    history = History()

    history.note(BEGUN, dict.fromkeys("abc", (1, 1)))

    assert [len(history.list_counts(name, BEGUN)) for name in "abc"] == [1, 1, 0]
