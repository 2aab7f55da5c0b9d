"""Time as an argument: pure code is handed a moment, edges are handed the clock itself."""

from collections.abc import Callable

Millis = int  # Unix milliseconds, the API's unit of time
Clock = Callable[[], Millis]
