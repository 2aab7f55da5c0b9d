"""The rows of the SDK plane: method, path, and who responds."""

from collections.abc import Awaitable, Callable

from falcon.asgi import Request, Response

from flagstaff.delivery import client_polls, ofrep, polling, revisions, status
from flagstaff.delivery.client_polls import get_all_results, get_client_stream, get_results
from flagstaff.delivery.delivery import Delivery
from flagstaff.http.browser import open_to_browsers

Respond = Callable[[Request, Response, Delivery, dict[str, str]], Awaitable[None]]
Row = tuple[str, str, Respond]

SERVERS: tuple[Row, ...] = (
    ("GET", "/all", polling.get_stream),  # what the stream protocol leaves of it, as of other streams
    ("GET", "/flags", polling.get_stream),
    ("GET", "/sdk/stream", polling.get_stream),
    ("GET", "/relay_auto_config", polling.get_relay_stream),
    ("GET", "/sdk/big-segments/revisions", revisions.get_revisions),
    ("GET", "/big-segments", revisions.get_revision_stream),
    ("GET", "/sdk/latest-all", polling.get_latest_all),
    ("GET", "/sdk/poll", polling.get_transfer),
    ("GET", "/sdk/flags", polling.get_flags),
    ("GET", "/sdk/flags/{key}", polling.get_flag),
    ("GET", "/sdk/segments/{key}", polling.get_segment),
    ("GET", "/sdk/evalx/contexts/{context}", get_all_results),
    ("REPORT", "/sdk/evalx/context", get_all_results),
    ("GET", "/sdk/evalx/users/{context}", get_all_results),
    ("REPORT", "/sdk/evalx/user", get_all_results),
    ("GET", "/status", status.get_status),
)
MOBILES: tuple[Row, ...] = (
    ("GET", "/msdk/evalx/contexts/{context}", get_results),
    ("REPORT", "/msdk/evalx/context", get_results),
    ("GET", "/msdk/evalx/users/{context}", get_results),
    ("REPORT", "/msdk/evalx/user", get_results),
    ("GET", "/meval/{context}", get_client_stream),
    ("REPORT", "/meval", get_client_stream),
    ("GET", "/mping", get_client_stream),
)
BROWSERS: tuple[Row, ...] = (
    ("GET", "/sdk/evalx/{environment}/contexts/{context}", get_results),
    ("REPORT", "/sdk/evalx/{environment}/context", get_results),
    ("GET", "/sdk/evalx/{environment}/users/{context}", get_results),
    ("REPORT", "/sdk/evalx/{environment}/user", get_results),
    ("GET", "/eval/{environment}/{context}", get_client_stream),
    ("REPORT", "/eval/{environment}", get_client_stream),
    ("GET", "/ping/{environment}", get_client_stream),
    ("GET", "/sdk/goals/{environment}", client_polls.get_goals),
)
TRANSFERS: tuple[Row, ...] = (  # to browsers and mobile SDKs; their credential tells which
    ("GET", "/sdk/poll/eval/{context}", client_polls.get_result_transfer),
    ("POST", "/sdk/poll/eval", client_polls.get_result_transfer),
    ("REPORT", "/sdk/poll/eval", client_polls.get_result_transfer),
    ("GET", "/sdk/stream/eval/{context}", client_polls.get_transfer_stream),
    ("POST", "/sdk/stream/eval", client_polls.get_transfer_stream),
    ("REPORT", "/sdk/stream/eval", client_polls.get_transfer_stream),
)
OPEN_FEATURE: tuple[Row, ...] = (
    ("POST", "/ofrep/v1/evaluate/flags", ofrep.post_flags),
    ("POST", "/ofrep/v1/evaluate/flags/{key}", ofrep.post_flag),
    ("GET", "/ofrep/v1/configuration", ofrep.get_configuration),
)

ROUTES: tuple[Row, ...] = (*SERVERS, *MOBILES, *open_to_browsers((*BROWSERS, *TRANSFERS, *OPEN_FEATURE)))
AT_ONCE = {  # the polls that seldom wait for anything: tried before the application is asked
    (method, path)
    for method, path, _ in ROUTES
    if method == "GET"
    and ("/evalx/" in path or path.startswith(("/sdk/latest-all", "/sdk/poll", "/sdk/flags")))
}
