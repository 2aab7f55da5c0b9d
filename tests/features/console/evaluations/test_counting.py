"""The steps in which evaluations are counted."""

import pytest

from flagstaff.features.console.evaluations.counting import STEPS
from flagstaff.kernel.spans import HOUR, find_span


@pytest.mark.parametrize(("hours", "step", "points"), [(1, 1, 1), (24, 1, 24), (37, 2, 19), (720, 6, 120)])
def test_a_longer_span_is_shown_in_longer_steps(hours: int, step: int, points: int) -> None:
    span = find_span(hours, 100 * HOUR + 5, STEPS)

    assert (span.step, span.points) == (step * HOUR, points)
