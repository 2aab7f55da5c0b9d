"""Polls of client-side SDKs: every flag that they may see, evaluated for the context they send."""

import hashlib

from falcon.asgi import Request, Response

from flagstaff.delivery.bodies import pack
from flagstaff.delivery.client_requests import MOST_CONTEXT, ClientRequest
from flagstaff.delivery.delivery import Delivery
from flagstaff.delivery.polling import accepts_gzip, is_unchanged
from flagstaff.kernel.errors import Unavailable

PACKED_FROM = 1_400  # bytes: what is shorter fits into one packet
Path = dict[str, str]


async def get_results(request: Request, response: Response, delivery: Delivery, path: Path) -> None:
    """`{"<flag>": {"value": ..., "variation": ..., "version": ..., "flagVersion": ...}, ...}`."""
    asked = await read_request(request, path)
    admitted = await delivery.client_admission.get(asked)
    prepared = admitted.prepared
    context_json = asked.context_json or b""
    marks = b"%d%s" % (asked.with_reasons, asked.client.encode())
    seen = hashlib.blake2b(context_json, digest_size=12, key=marks).hexdigest()
    etag = f"{prepared.snapshot.environment_id}-{prepared.version}-{seen}"
    if is_unchanged(request, response, prepared.snapshot, etag):
        return
    body = prepared.dataset.evaluate_all(
        admitted.context, asked.with_reasons, only=asked.client, version=prepared.version
    )
    response.content_type = "application/json"
    if len(body) >= PACKED_FROM and accepts_gzip(request.get_header("Accept-Encoding") or ""):
        response.set_header("Content-Encoding", "gzip")
        body = await pack(body)
    response.data = body


async def get_goals(request: Request, response: Response, delivery: Delivery, path: Path) -> None:
    """The metrics that a page is to watch for: none are kept yet."""
    await delivery.client_admission.authenticate(identify(request, path))
    response.content_type = "application/json"
    response.set_header("Cache-Control", "no-cache")
    response.set_header("X-LD-EnvID", path["environment"])
    response.data = b"[]"


async def get_client_stream(request: Request, response: Response, delivery: Delivery, path: Path) -> None:
    """A request that the stream protocol could not take, because it was sent behind another one."""
    del response
    await delivery.client_admission.authenticate(identify(request, path))
    raise Unavailable("A stream needs a connection of its own", retry_after=1)


async def read_request(request: Request, path: Path) -> ClientRequest:
    """The request with its body, as far as a context may be long."""
    if request.method != "REPORT":
        return identify(request, path)
    body = bytearray()
    async for chunk in request.stream:
        body += chunk
        if len(body) > MOST_CONTEXT:
            break
    return identify(request, path, bytes(body))


def identify(request: Request, path: Path, body: bytes | None = None) -> ClientRequest:
    """Who asks for what: a client-side ID in the path, else a mobile key."""
    environment_id = path.get("environment")
    return ClientRequest(
        "mobile" if environment_id is None else "environment_id",
        request.get_header("Authorization") if environment_id is None else environment_id,
        request.query_string,
        path.get("context"),
        body,
        request.get_header("Content-Type") or "",
    )
