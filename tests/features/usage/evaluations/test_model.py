from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from flagstaff.features.usage.evaluations.model import DAY, HOUR, MINUTE, Count, add_up, list_points

BERLIN = ZoneInfo("Europe/Berlin")


def at(*parts: int, zone=UTC) -> int:
    return int(datetime(*parts, tzinfo=zone).timestamp() * 1000)


NOW = at(2026, 3, 30, 12, 30)


@pytest.mark.parametrize(
    ("age", "step", "count"),
    [
        (2 * HOUR, MINUTE, 120),
        (2 * HOUR + 1, HOUR, 3),
        (2 * DAY, HOUR, 49),
        (2 * DAY + 1, DAY, 3),
        (30 * DAY, DAY, 31),
    ],
)
def test_the_older_a_range_is_the_coarser_it_is(age, step, count):
    points = list_points(NOW - age, NOW, NOW, UTC)
    assert len(points) == count
    assert {later - earlier for earlier, later in pairwise(points)} == {step}
    assert points[0] <= NOW - age < points[0] + step


def test_days_begin_at_midnight_in_their_zone_also_when_the_clocks_change():
    points = list_points(at(2026, 3, 28, 12), NOW - 1, NOW + 30 * DAY, BERLIN)
    assert points == [at(2026, 3, day, zone=BERLIN) for day in (28, 29, 30)]
    assert [points[1] - points[0], points[2] - points[1]] == [24 * HOUR, 23 * HOUR]


def test_an_old_day_that_is_kept_in_one_piece_belongs_where_most_of_it_lies():
    new_york = ZoneInfo("America/New_York")
    points = list_points(at(2026, 1, 1, 12), at(2026, 1, 4), NOW, new_york)
    assert add_up([Count(at(2026, 1, 2), DAY, 0, 5)], points, NOW) == {(1, 0): 5}
    assert points[1] == at(2026, 1, 2, zone=new_york)


def test_counts_are_added_up_by_point_and_variation():
    counts = [
        Count(0, MINUTE, 0, 1),
        Count(30 * MINUTE, MINUTE, 0, 2),
        Count(HOUR, HOUR, 1, 4),
        Count(2 * HOUR, MINUTE, 1, 8),
        Count(-HOUR, MINUTE, 0, 16),
    ]
    assert add_up(counts, [0, HOUR], 2 * HOUR) == {(0, 0): 3, (1, 1): 4}
