"""Polls of server-side SDKs: everything at once with an ETag, or one flag or segment.

Each raises Unauthorized, NotFound (for a payload filter, and for what SDKs do not see) and Unavailable.
"""

from functools import lru_cache
from typing import Any, Literal

from falcon.asgi import Request, Response

from flagstaff.delivery.admission import read_filter
from flagstaff.delivery.bodies import SharedBody
from flagstaff.delivery.delivery import Delivery
from flagstaff.delivery.entries import Entry
from flagstaff.delivery.snapshot import Snapshot
from flagstaff.kernel.errors import NotFound, Unavailable

Path = dict[str, str]
Kind = Literal["flags", "segments"]


async def get_latest_all(request: Request, response: Response, delivery: Delivery, _: Path) -> None:
    """`{"flags": {...}, "segments": {...}}`."""
    snapshot = await _admit(request, delivery)
    note_poll(request, delivery, snapshot, "server")
    if not is_unchanged(request, response, snapshot, name_version(snapshot, snapshot.data_version)):
        await _send_shared(request, response, snapshot.body)


async def get_transfer(request: Request, response: Response, delivery: Delivery, _: Path) -> None:
    """`{"events": [...]}`: the way from the `basis` in the query to the newest data version."""
    snapshot = await _admit(request, delivery)
    note_poll(request, delivery, snapshot, "server")
    if not is_unchanged(request, response, snapshot, name_version(snapshot, snapshot.data_version)):
        basis = request.get_param("basis") or ""
        await _send_shared(request, response, snapshot.transfers.begin(basis).body)


async def get_flags(request: Request, response: Response, delivery: Delivery, _: Path) -> None:
    """The map of flags."""
    snapshot = await _admit(request, delivery)
    if not is_unchanged(request, response, snapshot, name_version(snapshot, snapshot.data_version)):
        await _send_shared(request, response, snapshot.flags_body)


async def get_flag(request: Request, response: Response, delivery: Delivery, path: Path) -> None:
    await _send_entry(request, response, delivery, "flags", path["key"])


async def get_segment(request: Request, response: Response, delivery: Delivery, path: Path) -> None:
    await _send_entry(request, response, delivery, "segments", path["key"])


async def get_stream(request: Request, response: Response, delivery: Delivery, _: Path) -> None:
    """A request that the stream protocol could not take, because it was sent behind another one."""
    del response
    await _admit(request, delivery)
    raise Unavailable("A stream needs a connection of its own", retry_after=1)


async def get_relay_stream(request: Request, response: Response, delivery: Delivery, _: Path) -> None:
    """The same for the stream of a Relay Proxy."""
    del response
    await delivery.relays.admit(request.get_header("Authorization"), request.query_string)
    raise Unavailable("A stream needs a connection of its own", retry_after=1)


async def _admit(request: Request, delivery: Delivery) -> Snapshot:
    filter_key = read_filter(request.query_string)
    _, snapshot = await delivery.admission.get(request.headers.get("authorization"), filter_key)
    return snapshot


async def _send_entry(request: Request, response: Response, delivery: Delivery, kind: Kind, key: str) -> None:
    snapshot = await _admit(request, delivery)
    entry = _find_entry(snapshot, kind, key)
    if entry is None:
        whole = await delivery.snapshots.get_confirmed(snapshot.environment_id)
        snapshot = await delivery.filters.get(whole, snapshot.filter_key)
        entry = _find_entry(snapshot, kind, key)
    if entry is None:
        raise NotFound
    if not is_unchanged(request, response, snapshot, name_version(snapshot, entry.version)):
        response.content_type = "application/json"
        response.data = entry.payload


def note_poll(request: Request, delivery: Delivery, snapshot: Snapshot, kind: str) -> None:
    """Remember who asked; an SDK that does not say which instance it is, is known by its address."""
    told = request.headers.get
    agent = told("x-launchdarkly-user-agent") or told("user-agent", "")
    sdk = delivery.receipts.name_sdk(agent, told("x-launchdarkly-tags", ""), kind)
    instance = told("x-launchdarkly-instance-id", "")[:64]
    client = instance or f"{(request.scope['client'] or ('',))[0]} {agent[:64]}"
    delivery.receipts.note_poll(snapshot.environment_id, client, sdk, snapshot.data_version)


def _find_entry(snapshot: Snapshot, kind: Kind, key: str) -> Entry | None:
    return (snapshot.flags if kind == "flags" else snapshot.segments).get(key)


def name_version(snapshot: Snapshot, version: int) -> str:
    """The ETag of what all callers see alike: environment and data version, never content."""
    return f"{snapshot.payload_id}-{version}"


def is_unchanged(request: Request, response: Response, snapshot: Snapshot, etag: str) -> bool:
    """Set the headers of a poll; true where the caller holds this ETag already, which is then the answer.

    It is weak: packed and plain bodies share it.
    """
    response.set_headers(
        [
            ("ETag", f'W/"{etag}"'),
            ("Cache-Control", "no-cache"),
            ("Vary", "Authorization, Accept-Encoding"),
            ("X-LD-EnvID", snapshot.environment_id),
        ]
    )
    held: list[Any] = request.if_none_match or []
    if etag not in held and "*" not in held:
        return False
    response.status = 304
    return True


async def _send_shared(request: Request, response: Response, body: SharedBody) -> None:
    response.content_type = "application/json"
    if accepts_gzip(request.headers.get("accept-encoding", "")):
        response.set_header("Content-Encoding", "gzip")
        response.data = await body.packed
    else:
        response.data = body.plain


@lru_cache(maxsize=64)
def accepts_gzip(accept_encoding: str) -> bool:
    """Whether a value of Accept-Encoding allows gzip."""
    weights: dict[str, str] = {}
    for choice in accept_encoding.lower().replace(" ", "").split(","):
        name, _, weight = choice.partition(";q=")
        weights[name] = weight
    weight = weights.get("gzip", weights.get("x-gzip", weights.get("*", "0")))
    return weight == "" or weight.strip("0.") != ""
