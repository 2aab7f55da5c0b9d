"""How often signing in may fail: for an account, from an address, and for one account from one address.

The counts are this process's own. An attempt counts before it is tried, so that many at once gain nothing,
and is taken back when it succeeds.
"""

from collections.abc import Hashable

from flagstaff.http.rate_limits import network_of
from flagstaff.kernel.clock import Clock, Millis
from flagstaff.kernel.errors import RateLimited

WINDOW: Millis = 15 * 60_000
BY_PAIR, BY_ACCOUNT, BY_ADDRESS = 10, 50, 100  # failures in a window
LEAST = 3  # of a worker among many
MOST_COUNTED = 20_000


class Throttle:
    """Used on the event loop; each of several workers lets its part of the attempts through."""

    def __init__(self, clock: Clock, workers: int = 1) -> None:
        self._clock = clock
        self._limits = tuple(max(LEAST, limit // workers) for limit in (BY_PAIR, BY_ACCOUNT, BY_ADDRESS))
        self._counts: dict[Hashable, tuple[int, Millis]] = {}  # with the end of the window

    def admit(self, account: str, address: str) -> None:
        """Count an attempt to sign in; raises RateLimited, saying when to come back."""
        now = self._clock()
        keys = _keys(account, address)
        ends = [
            end
            for key, limit in zip(keys, self._limits, strict=True)
            for count, end in [self._find(key, now)]
            if count >= limit
        ]
        if ends:
            raise RateLimited(
                "Too many attempts to sign in; try later", retry_after=-((now - max(ends)) // 1000)
            )
        for key in keys:
            count, end = self._find(key, now)
            self._counts[key] = count + 1, end
        if len(self._counts) > MOST_COUNTED:
            self._trim(now)

    def take_back(self, account: str, address: str) -> None:
        """An attempt that was admitted has succeeded."""
        for key in _keys(account, address):
            count, end = self._counts.get(key, (0, 0))
            if count > 1:
                self._counts[key] = count - 1, end
            else:
                self._counts.pop(key, None)

    def _find(self, key: Hashable, now: Millis) -> tuple[int, Millis]:
        count, end = self._counts.get(key, (0, 0))
        return (count, end) if now < end else (0, now + WINDOW)

    def _trim(self, now: Millis) -> None:
        """Keep the half that has failed most: attempts on other accounts wash no count away."""
        running = [item for item in self._counts.items() if now < item[1][1]]
        running.sort(key=lambda item: item[1][0], reverse=True)
        self._counts = dict(running[: MOST_COUNTED // 2])


def _keys(account: str, address: str) -> tuple[Hashable, ...]:
    account, network = account.strip().lower(), network_of(address)
    return (account, network), (account, ""), ("", network)
