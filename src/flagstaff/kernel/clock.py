"""Time as an argument: pure code is handed a moment, edges are handed the clock itself."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Millis = int  # Unix milliseconds, the API's unit of time
Clock = Callable[[], Millis]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def show_moment(moment: Millis) -> str:
    """A time as RFC 3339 has it, in UTC."""
    text = (EPOCH + timedelta(milliseconds=moment)).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
