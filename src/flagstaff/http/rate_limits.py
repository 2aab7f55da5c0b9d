"""How many calls are answered in ten seconds: by the account, by each route, and to an address that fails.

The counts are this process's own. Every window starts all of them anew.
"""

from ipaddress import IPv6Address
from threading import Lock

from flagstaff.kernel.clock import Clock, Millis
from flagstaff.kernel.errors import RateLimited

WINDOW: Millis = 10_000
MOST_ADDRESSES = 20_000  # counted one by one; those that come later in the same window share one count
OTHERS = "others"


class RateLimits:
    """May be asked from any thread. Limits are the calls, or failures, that one window lets through."""

    def __init__(
        self, clock: Clock, account: int = 100_000, route: int = 100_000, address: int = 500
    ) -> None:
        self._clock = clock
        self._account_limit, self._route_limit, self._address_limit = account, route, address
        self._lock = Lock()
        self._window = 0
        self._account = 0
        self._routes: dict[str, int] = {}
        self._addresses: dict[str, int] = {}

    def count_call(self, route: str) -> dict[str, str]:
        """Count a call of the route (method and template) and return the headers that tell what remains.

        Raises RateLimited, with the same headers, for a call above a limit.
        """
        with self._lock:
            self._turn()
            self._account += 1
            self._routes[route] = self._routes.get(route, 0) + 1
            left = self._account_limit - self._account, self._route_limit - self._routes[route]
            headers = {
                "X-Ratelimit-Global-Remaining": str(max(0, left[0])),
                "X-Ratelimit-Route-Remaining": str(max(0, left[1])),
                "X-Ratelimit-Reset": str(self._end),
            }
        if min(left) < 0:
            raise RateLimited(headers=headers)
        return headers

    def count_failure(self, address: str) -> None:
        """Count a call that failed to authenticate, or an attempt to sign in or to pull a trigger.

        Raises RateLimited, saying when to come back, for an address with too many of them.
        """
        with self._lock:
            now = self._turn()
            name = self._counted_as(address)
            self._addresses[name] = self._addresses.get(name, 0) + 1
            if self._addresses[name] > self._address_limit:
                raise RateLimited(retry_after=-((now - self._end) // 1000))

    @property
    def _end(self) -> Millis:
        return (self._window + 1) * WINDOW

    def _turn(self) -> Millis:
        """Start a new window if the last one is over, and return the time."""
        now = self._clock()
        if now // WINDOW != self._window:
            self._window = now // WINDOW
            self._account = 0
            self._routes.clear()
            self._addresses.clear()
        return now

    def _counted_as(self, address: str) -> str:
        name = network_of(address)
        full = len(self._addresses) >= MOST_ADDRESSES and name not in self._addresses
        return OTHERS if full else name


def network_of(address: str) -> str:
    """The first half of an IPv6 address: who has one address has the whole network of them."""
    if ":" not in address:
        return address
    try:
        return IPv6Address(address.partition("%")[0]).packed[:8].hex()
    except ValueError:
        return address
