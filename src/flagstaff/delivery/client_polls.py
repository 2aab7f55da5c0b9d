"""Polls of client-side SDKs: every flag that they may see, evaluated for the context they send."""

from falcon.asgi import Request, Response
from msgspec.structs import replace

from flagstaff.delivery.bodies import pack
from flagstaff.delivery.client_requests import MOST_CONTEXT, ClientRequest, request_transfer
from flagstaff.delivery.client_transfers import list_state, name_results
from flagstaff.delivery.delivery import Delivery
from flagstaff.delivery.polling import accepts_gzip, is_unchanged, note_poll
from flagstaff.delivery.transfers import join_events
from flagstaff.kernel.errors import InvalidRequest, Unavailable

KINDS = {"all": "server", "mobile": "mobile", "environment_id": "browser"}
PACKED_FROM = 1_400  # bytes: what is shorter fits into one packet
Path = dict[str, str]


async def get_results(request: Request, response: Response, delivery: Delivery, path: Path) -> None:
    """`{"<flag>": {"value": ..., "variation": ..., "version": ..., "flagVersion": ...}, ...}`."""
    await _send_results(request, response, delivery, await read_request(request, path))


async def get_all_results(request: Request, response: Response, delivery: Delivery, path: Path) -> None:
    """The same of every flag, for whoever holds an SDK key: a Relay Proxy answers this, too."""
    await _send_results(request, response, delivery, replace(await read_request(request, path), client="all"))


async def _send_results(
    request: Request, response: Response, delivery: Delivery, asked: ClientRequest
) -> None:
    admitted = await delivery.client_admission.get(asked)
    prepared = admitted.prepared
    note_poll(request, delivery, prepared.snapshot, KINDS[asked.client])
    etag = f"{name_results(asked, prepared)}-{prepared.version}"
    if is_unchanged(request, response, prepared.snapshot, etag):
        return
    body = prepared.dataset.evaluate_all(
        admitted.context,
        asked.with_reasons,
        only=asked.client,
        version=prepared.version,
        big_segments=prepared.big_segments,
    )
    await send_packed(request, response, body)


async def get_result_transfer(request: Request, response: Response, delivery: Delivery, path: Path) -> None:
    """The same in the second protocol: `{"events": [...]}`."""
    asked = await read_transfer_request(request, path)
    admitted = await delivery.client_admission.get(asked)
    prepared, context = admitted.prepared, admitted.context
    if context is None:
        raise InvalidRequest("The context is missing")
    note_poll(request, delivery, prepared.snapshot, KINDS[asked.client])
    if not is_unchanged(
        request, response, prepared.snapshot, f"{name_results(asked, prepared)}-{prepared.version}"
    ):
        events = list_state(asked, prepared, context, asked.basis or "")
        await send_packed(request, response, join_events(events))


async def send_packed(request: Request, response: Response, body: bytes) -> None:
    """Answer with JSON, compressed where that is worth it and understood."""
    response.content_type = "application/json"
    if len(body) >= PACKED_FROM and accepts_gzip(request.headers.get("accept-encoding", "")):
        response.set_header("Content-Encoding", "gzip")
        body = await pack(body)
    response.data = body


async def get_goals(request: Request, response: Response, delivery: Delivery, path: Path) -> None:
    """The metrics that a page is to watch for: `[{"key", "kind", "urls", "selector"}]`."""
    environment_id = await delivery.client_admission.authenticate(identify(request, path))
    response.content_type = "application/json"
    response.set_header("Cache-Control", "no-cache")
    response.set_header("X-LD-EnvID", path["environment"])
    response.data = await delivery.goals.get(environment_id)


async def get_client_stream(request: Request, response: Response, delivery: Delivery, path: Path) -> None:
    """A request that the stream protocol could not take, because it was sent behind another one."""
    del response
    await _refuse_stream(delivery, identify(request, path))


async def get_transfer_stream(request: Request, response: Response, delivery: Delivery, path: Path) -> None:
    """The same in the second protocol."""
    del response
    await _refuse_stream(delivery, await read_transfer_request(request, path))


async def _refuse_stream(delivery: Delivery, request: ClientRequest) -> None:
    await delivery.client_admission.authenticate(request)
    raise Unavailable("A stream needs a connection of its own", retry_after=1)


async def read_request(request: Request, path: Path) -> ClientRequest:
    """The request with its body, as far as a context may be long."""
    return identify(request, path, await read_body(request))


async def read_transfer_request(request: Request, path: Path) -> ClientRequest:
    """The same in the second protocol."""
    body = await read_body(request)
    media = request.get_header("Content-Type") or ""
    authorization = request.get_header("Authorization")
    return request_transfer(request.query_string, authorization, path.get("context"), body, media)


async def read_body(request: Request) -> bytes | None:
    """The body, and no more of it than tells that it is too long; None for a GET."""
    if request.method == "GET":
        return None
    body = bytearray()
    async for chunk in request.stream:
        body += chunk
        if len(body) > MOST_CONTEXT:
            break
    return bytes(body)


def identify(request: Request, path: Path, body: bytes | None = None) -> ClientRequest:
    """Who asks for what: a client-side ID in the path, else a mobile key."""
    environment_id = path.get("environment")
    return ClientRequest(
        "mobile" if environment_id is None else "environment_id",
        request.headers.get("authorization") if environment_id is None else environment_id,
        request.query_string,
        path.get("context"),
        body,
        request.headers.get("content-type", ""),
    )
