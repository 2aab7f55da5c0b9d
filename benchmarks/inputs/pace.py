"""How fast the machine is now: targets per second are of one that takes 3 ms for a loop (decision 0011)."""

import os
import statistics
import time
from typing import Self

REFERENCE = 3.0  # ms


def pace() -> float:
    """Milliseconds of the processor for a fixed loop."""
    times = []
    for _ in range(20):
        started, steps = time.process_time(), {}
        for number in range(20_000):
            steps[number & 63] = str(number)
        times.append(time.process_time() - started)
    return 1e3 * statistics.median(times)


class Paced:
    """Takes the pace before and after what is inside; `factor` turns a rate into one at the reference."""

    def __enter__(self) -> Self:
        self._before = pace()
        return self

    def __exit__(self, *_: object) -> None:
        self.factor = (self._before + pace()) / 2 / REFERENCE


def state() -> str:
    """How fast and how busy the machine is."""
    return f"pace {pace():.1f} ms, load {os.getloadavg()[0]:.1f}"
