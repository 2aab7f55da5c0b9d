"""Event posts of server-side SDKs: checked and answered, so that SDKs go on sending them.

What they say is not kept yet. Each raises Unauthorized, InvalidRequest and Unavailable.
"""

from falcon.asgi import Request, Response

from flagstaff.delivery.delivery import Delivery
from flagstaff.kernel.errors import InvalidRequest

Path = dict[str, str]


async def post_bulk(request: Request, response: Response, delivery: Delivery, _: Path) -> None:
    """An array of events; or an object, the diagnostic that some SDKs repeat here after a failure."""
    await _receive(request, delivery)
    response.status = 202


async def post_diagnostic(request: Request, response: Response, delivery: Delivery, _: Path) -> None:
    """One object."""
    check_diagnostic(await _receive(request, delivery))
    response.status = 202


def check_diagnostic(body: bytes | None) -> None:
    """Raise InvalidRequest unless the body is an object, or was discarded."""
    if body is not None and not body.lstrip().startswith(b"{"):
        raise InvalidRequest("The body must be a JSON object")


async def _receive(request: Request, delivery: Delivery) -> bytes | None:
    await delivery.admission.authenticate(request.get_header("Authorization"))
    return await delivery.event_bodies.read(request.stream, request.get_header("Content-Encoding") or "")
