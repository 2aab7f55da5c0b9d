"""Sessions: what there is of a browser in which a member has signed in, and when that is over."""

import msgspec

from flagstaff.kernel.clock import Millis

IDLE: Millis = 24 * 3_600_000
LIFETIME: Millis = 14 * 24 * 3_600_000
LONGEST_USER_AGENT = 300


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A session; `expires` is when it ends at the latest, however much it is used."""

    id: str
    member_id: str
    created: Millis
    expires: Millis
    address: str
    user_agent: str
    last_used: Millis = 0  # 0: not written down yet

    @property
    def last_seen(self) -> Millis:
        return max(self.created, self.last_used)

    def is_over(self, now: Millis) -> bool:
        """Whether it has come to its end, or was not used for too long."""
        return now >= self.expires or now - self.last_seen >= IDLE
