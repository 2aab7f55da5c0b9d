"""A timer of the event loop for times of the wall clock: it goes off at the earliest that was asked for."""

import asyncio
from collections.abc import Callable

from flagstaff.kernel.clock import Clock, Millis

LONGEST = 3_600.0  # seconds: the wall clock may be set while a timer runs


class Alarm:
    """Goes off once, at the time or soon after; whoever wants a later one sets it again.

    It may go off too early, where the wall clock was set: `ring` looks at the clock itself.
    """

    def __init__(self, clock: Clock, ring: Callable[[], None]) -> None:
        self._clock = clock
        self._ring = ring
        self._timer: asyncio.TimerHandle | None = None

    @property
    def is_set(self) -> bool:
        return self._timer is not None

    def set(self, at: Millis) -> None:
        """Go off when the clock has reached that time, or earlier if that was asked for."""
        loop = asyncio.get_running_loop()
        when = loop.time() + min((at - self._clock() + 1) / 1000, LONGEST)
        if self._timer is not None:
            if self._timer.when() <= when:
                return
            self._timer.cancel()
        self._timer = loop.call_at(when, self._go_off)

    def cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _go_off(self) -> None:
        self._timer = None  # loops differ in whether one that has gone off is still due by their time
        self._ring()
