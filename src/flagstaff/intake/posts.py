"""The event posts of SDKs: who sent them, and an answer once what they say is durable.

Each raises Unauthorized or NotFound, InvalidRequest and Unavailable.
"""

import base64
from collections.abc import AsyncIterator, Awaitable, Callable

from falcon.asgi import Request, Response

from flagstaff.http.browser import open_to_browsers
from flagstaff.intake.intake import Intake
from flagstaff.intake.payload import read_payload
from flagstaff.kernel.encodings import decode_base64
from flagstaff.kernel.errors import NotFound

Path = dict[str, str]
Respond = Callable[[Request, Response, Intake, Path], Awaitable[None]]
Row = tuple[str, str, Respond]
PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")  # transparent


async def post_server_events(request: Request, response: Response, intake: Intake, _: Path) -> None:
    """An array of events; or an object, the diagnostic that some SDKs repeat here after a failure."""
    await _take(request, response, intake, "server", await _admit_server(request, intake))


async def post_mobile_events(request: Request, response: Response, intake: Intake, _: Path) -> None:
    await _take(request, response, intake, "mobile", await _admit_mobile(request, intake))


async def post_browser_events(request: Request, response: Response, intake: Intake, path: Path) -> None:
    environment_id = await intake.admission.browser(path["environment"])
    await _take(request, response, intake, "browser", environment_id)


async def post_server_diagnostic(request: Request, response: Response, intake: Intake, _: Path) -> None:
    """One object, of which nothing is kept."""
    await _take_diagnostic(request, response, intake, await _admit_server(request, intake))


async def post_mobile_diagnostic(request: Request, response: Response, intake: Intake, _: Path) -> None:
    await _take_diagnostic(request, response, intake, await _admit_mobile(request, intake))


async def post_browser_diagnostic(request: Request, response: Response, intake: Intake, path: Path) -> None:
    await _take_diagnostic(request, response, intake, await intake.admission.browser(path["environment"]))


async def get_pixel(request: Request, response: Response, intake: Intake, path: Path) -> None:
    """Events in the query of an image, from pages that may not post; the path is `/a/{environment}.gif`."""
    name, dot, suffix = path["file"].rpartition(".")
    if not dot or suffix != "gif":
        raise NotFound
    environment_id = await intake.admission.browser(name)
    body = decode_base64((request.get_param("d") or "").replace(" ", "+"))
    payload = read_payload(environment_id, "browser", request.headers_lower, intake.clock(), is_image=True)
    await intake.take(payload, _whole(body), "")
    response.content_type = "image/gif"
    response.set_header("Cache-Control", "no-cache")
    response.data = PIXEL


async def _take(
    request: Request, response: Response, intake: Intake, source: str, environment_id: str
) -> None:
    payload = read_payload(environment_id, source, request.headers_lower, intake.clock())
    await intake.take(payload, request.stream, request.get_header("Content-Encoding") or "")
    response.status = 202


async def _take_diagnostic(request: Request, response: Response, intake: Intake, environment_id: str) -> None:
    encoding = request.get_header("Content-Encoding") or ""
    await intake.take_diagnostic(environment_id, request.stream, encoding)
    response.status = 202


async def _admit_server(request: Request, intake: Intake) -> str:
    return await intake.admission.server(request.get_header("Authorization"))


async def _admit_mobile(request: Request, intake: Intake) -> str:
    return await intake.admission.mobile(request.get_header("Authorization"))


async def _whole(body: bytes) -> AsyncIterator[bytes]:
    yield body


SERVERS: tuple[Row, ...] = (
    ("POST", "/bulk", post_server_events),
    ("POST", "/diagnostic", post_server_diagnostic),
)
MOBILES: tuple[Row, ...] = (
    ("POST", "/mobile", post_mobile_events),
    ("POST", "/mobile/events", post_mobile_events),
    ("POST", "/mobile/events/bulk", post_mobile_events),
    ("POST", "/mobile/events/diagnostic", post_mobile_diagnostic),
)
BROWSERS: tuple[Row, ...] = (
    ("POST", "/events/bulk/{environment}", post_browser_events),
    ("POST", "/events/diagnostic/{environment}", post_browser_diagnostic),
    ("GET", "/a/{file}", get_pixel),
)
ROUTES: tuple[Row, ...] = (*SERVERS, *MOBILES, *open_to_browsers(BROWSERS))
