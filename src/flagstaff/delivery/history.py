"""How many connections there were: counted once a minute over all processes, kept for the last hours."""

from array import array
from collections.abc import Mapping

from flagstaff.features.projects.connections.model import Counted
from flagstaff.kernel.clock import Millis

EVERY: Millis = 60_000
KEPT = 720  # counts: twelve hours
MOST_ENVIRONMENTS = 2_000  # that are counted, some 6 KB each; of others there is no history
NOBODY = array("I", [0]) * KEPT


class History:
    """Written on the event loop, read by any thread.

    Each count has its slot, which the one of twelve hours later takes over.
    """

    def __init__(self) -> None:
        self._moments: list[Millis] = [0] * KEPT
        self._counts: dict[str, tuple[array[int], array[int]]] = {}

    def is_due(self, now: Millis) -> bool:
        """Whether nothing was counted in this minute yet."""
        return self._moments[_slot(now)] // EVERY != now // EVERY

    def note(self, now: Millis, counts: Mapping[str, tuple[int, int]]) -> None:
        """So many streams and polling clients each environment has now; those not named have none."""
        slot = _slot(now)
        self._moments[slot] = now
        for environment_id in counts:
            if environment_id not in self._counts and len(self._counts) < MOST_ENVIRONMENTS:
                self._counts[environment_id] = (NOBODY[:], NOBODY[:])
        for environment_id, (streams, polls) in self._counts.items():
            streams[slot], polls[slot] = counts.get(environment_id, (0, 0))
        self._counts = {name: kept for name, kept in self._counts.items() if any(map(any, kept))}

    def list_counts(self, environment_id: str, now: Millis) -> list[Counted]:
        """What was counted in the last hours, oldest first; nothing where that is not known."""
        kept = self._counts.get(environment_id)
        if kept is None and len(self._counts) >= MOST_ENVIRONMENTS:
            return []
        begin = now - EVERY * KEPT
        found = zip(self._moments, *(kept or (NOBODY, NOBODY)), strict=True)
        return sorted(Counted(at, streams, polls) for at, streams, polls in found if begin < at <= now)


def _slot(now: Millis) -> int:
    return now // EVERY % KEPT
