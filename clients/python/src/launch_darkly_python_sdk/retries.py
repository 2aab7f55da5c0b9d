"""When a call is tried again, and after how long: pure, the time and the chance are arguments."""

from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple

from launch_darkly_python_sdk.errors import NoAnswer, Received

RATE_LIMITED = 429
PASSING = frozenset({502, 503, 504})
LONGEST_BACKOFF = 30.0


class Retries(NamedTuple):
    """How often a call is tried again, and for how long at most it waits before one try, in seconds.

    Calls that were refused for their number wait as the service says (`Retry-After`, `X-Ratelimit-Reset`) and
    a little longer. Failed connections and 502, 503 and 504 are tried again only where repeating does no
    harm: reading, PUT and DELETE; the wait begins with `backoff` seconds and doubles.
    """

    attempts: int = 3
    backoff: float = 0.5
    longest: float = 60.0


class Try(NamedTuple):
    """What a try came to: `tries` counts it; `repeatable` says whether another does no harm."""

    outcome: Received | NoAnswer
    tries: int
    repeatable: bool


def find_wait(retries: Retries, made: Try, now: float, chance: float) -> float | None:
    """Seconds until the next try, None if there is none. `now` is Unix time, `chance` is from 0 to 1."""
    if made.tries > retries.attempts:
        return None
    backoff = min(retries.backoff * 2 ** (made.tries - 1), LONGEST_BACKOFF)
    if isinstance(made.outcome, NoAnswer):
        return _jitter(0.0, backoff, chance) if made.repeatable else None
    limited = made.outcome.status == RATE_LIMITED
    if not limited and not (made.repeatable and made.outcome.status in PASSING):
        return None
    said = _read_wait(made.outcome.headers, now, limited=limited)
    wait = _jitter(said or 0.0, backoff, chance)
    return wait if wait <= retries.longest else None


def _jitter(wait: float, backoff: float, chance: float) -> float:
    """Never less than was asked for; callers that were turned away together do not come back together."""
    return wait + backoff * (0.5 + chance / 2)


def _read_wait(headers: Mapping[str, str], now: float, *, limited: bool) -> float | None:
    """What the service asks to wait; `Retry-After` are seconds or a date, the other is in milliseconds."""
    asked = headers.get("Retry-After")
    if asked is not None:
        wait = _read_seconds(asked, now)
        if wait is not None:
            return max(0.0, wait)
    reset = headers.get("X-Ratelimit-Reset") if limited else None
    if reset is not None and reset.strip().isdecimal():
        return max(0.0, int(reset) / 1000 - now)
    return None


def _read_seconds(asked: str, now: float) -> float | None:
    if asked.strip().isdecimal():
        return float(asked)
    dates = import_module("email.utils")  # which nobody else needs, and which takes a while
    try:
        return float(dates.parsedate_to_datetime(asked).timestamp() - now)
    except ValueError:
        return None
