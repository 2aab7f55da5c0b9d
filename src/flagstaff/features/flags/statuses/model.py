"""What becomes of a flag in an environment: new, active, launched, or inactive."""

import msgspec

from flagstaff.kernel.clock import Millis

NEW, ACTIVE, INACTIVE, LAUNCHED = STATUSES = ("new", "active", "inactive", "launched")
WEEK: Millis = 7 * 24 * 3_600_000


class Observed(msgspec.Struct, frozen=True):
    """A flag in an environment: what is configured, and what SDKs have asked for.

    `default` is the fallback value last seen in code, as JSON; None where none was.
    """

    key: str
    created: Millis
    is_on: bool
    modified: Millis
    servable: int
    requested: Millis | None = None
    default: str | None = None

    @property
    def last_requested(self) -> Millis | None:
        """A request before the flag was made was meant for another one of the same key."""
        return self.requested if self.requested is not None and self.requested >= self.created else None


def status_of(flag: Observed, now: Millis) -> str:
    """The status at a moment."""
    requested = flag.last_requested
    if requested is None and now - flag.created < WEEK:
        return NEW
    if requested is None or now - requested > WEEK:
        return INACTIVE
    is_settled = flag.is_on and flag.servable == 1 and now - flag.modified >= WEEK
    return LAUNCHED if is_settled else ACTIVE
