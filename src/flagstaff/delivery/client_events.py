"""Event posts of browsers and mobile SDKs: checked and answered as those of servers are."""

import base64

from falcon.asgi import Request, Response

from flagstaff.delivery.client_polls import identify
from flagstaff.delivery.client_requests import decode_base64
from flagstaff.delivery.delivery import Delivery
from flagstaff.delivery.event_bodies import check_json
from flagstaff.delivery.events import check_diagnostic
from flagstaff.kernel.errors import NotFound

Path = dict[str, str]
PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")  # transparent


async def post_events(request: Request, response: Response, delivery: Delivery, path: Path) -> None:
    """An array of events; or an object, the diagnostic that some SDKs repeat here after a failure."""
    await _receive(request, delivery, path)
    response.status = 202


async def post_diagnostic(request: Request, response: Response, delivery: Delivery, path: Path) -> None:
    """One object."""
    check_diagnostic(await _receive(request, delivery, path))
    response.status = 202


async def get_pixel(request: Request, response: Response, delivery: Delivery, path: Path) -> None:
    """Events in the query of an image, from pages that may not post; the path is `/a/{environment}.gif`."""
    environment_id, dot, suffix = path["file"].rpartition(".")
    if not dot or suffix != "gif":
        raise NotFound
    await delivery.client_admission.authenticate(identify(request, {"environment": environment_id}))
    check_json(decode_base64((request.get_param("d") or "").replace(" ", "+")))
    response.content_type = "image/gif"
    response.set_header("Cache-Control", "no-cache")
    response.data = PIXEL


async def _receive(request: Request, delivery: Delivery, path: Path) -> bytes | None:
    await delivery.client_admission.authenticate(identify(request, path))
    return await delivery.event_bodies.read(request.stream, request.get_header("Content-Encoding") or "")
