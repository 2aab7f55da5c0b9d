"""Spans of time up to now, in steps of one length."""

from collections.abc import Sequence

import msgspec

from flagstaff.kernel.clock import Millis

HOUR: Millis = 3_600_000


class Span(msgspec.Struct, frozen=True):
    """Points in time, each beginning a step; the last one has not ended."""

    begin: Millis
    step: Millis
    points: int

    @property
    def end(self) -> Millis:
        """When its last step ends."""
        return self.begin + self.points * self.step


def find_span(hours: int, now: Millis, steps: Sequence[tuple[int, Millis]]) -> Span:
    """The points that the last hours are shown in; `steps` are each for spans of at most so many hours."""
    step = next(step for longest, step in steps if hours <= longest)
    points = -(-hours * HOUR // step)
    return Span(now - now % step - (points - 1) * step, step, points)
