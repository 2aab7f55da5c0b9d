"""The rows of the SDK plane: method, path, and who responds."""

from collections.abc import Awaitable, Callable

from falcon.asgi import Request, Response

from flagstaff.delivery import events, polling
from flagstaff.delivery.delivery import Delivery

Respond = Callable[[Request, Response, Delivery, dict[str, str]], Awaitable[None]]

ROUTES: tuple[tuple[str, str, Respond], ...] = (
    ("GET", "/all", polling.get_stream),  # what the stream protocol leaves of it
    ("GET", "/sdk/latest-all", polling.get_latest_all),
    ("GET", "/sdk/flags", polling.get_flags),
    ("GET", "/sdk/flags/{key}", polling.get_flag),
    ("GET", "/sdk/segments/{key}", polling.get_segment),
    ("POST", "/bulk", events.post_bulk),
    ("POST", "/diagnostic", events.post_diagnostic),
)
