"""Spans of time in steps."""

import pytest

from flagstaff.kernel.spans import HOUR, Span, find_span

STEPS = ((24, HOUR), (168, 2 * HOUR), (720, 6 * HOUR))


@pytest.mark.parametrize(
    ("hours", "span"),
    [
        (1, Span(100 * HOUR, HOUR, 1)),
        (24, Span(77 * HOUR, HOUR, 24)),
        (37, Span(64 * HOUR, 2 * HOUR, 19)),
        (720, Span((96 - 119 * 6) * HOUR, 6 * HOUR, 120)),
    ],
)
def test_a_span_ends_with_the_step_that_is_running(hours: int, span: Span) -> None:
    assert find_span(hours, 100 * HOUR + 5, STEPS) == span
