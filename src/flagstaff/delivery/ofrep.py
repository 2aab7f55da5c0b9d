"""OpenFeature Remote Evaluation (OFREP): one flag, or all, evaluated for the context in the body.

The credential decides what is seen: with an SDK key every flag, else those that such clients may see.
"""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from falcon.asgi import Request, Response

from flagstaff.delivery.admission import read_filter
from flagstaff.delivery.client_data import Prepared
from flagstaff.delivery.client_polls import read_body, send_packed
from flagstaff.delivery.client_requests import MOBILE_PREFIX, MOST_CONTEXT, find_parameter
from flagstaff.delivery.delivery import Delivery
from flagstaff.delivery.keyring import PREFIX
from flagstaff.delivery.memberships import bind
from flagstaff.delivery.ofrep_contexts import Refused, read_ofrep_context
from flagstaff.delivery.polling import is_unchanged
from flagstaff.evaluation.context import Context
from flagstaff.evaluation.dataset import Availability
from flagstaff.kernel.errors import ApiError, NotFound, Unauthorized
from flagstaff.storage.credentials import MOBILE, SDK

BEARER = "bearer "
SDK_PREFIX = "sdk-"
POLL_EVERY = 30_000  # milliseconds, at the least, between two polls of one client
REASONS = {
    "OFF": "DISABLED",
    "FALLTHROUGH": "DEFAULT",
    "TARGET_MATCH": "TARGETING_MATCH",
    "RULE_MATCH": "TARGETING_MATCH",
    "PREREQUISITE_FAILED": "DEFAULT",
}
Path = dict[str, str]
Respond = Callable[[Request, Response, Delivery, Path], Awaitable[None]]


class _Caller(msgspec.Struct, frozen=True):
    """Whose flags are evaluated, and which of them."""

    environment_id: str
    only: Availability
    key: str


def answering(respond: Respond) -> Respond:
    """Errors in the shapes that OpenFeature clients know."""

    async def answer(request: Request, response: Response, delivery: Delivery, path: Path) -> None:
        named = {"key": path["key"]} if "key" in path else {}
        try:
            await respond(request, response, delivery, path)
        except Refused as error:
            body = {**named, "errorCode": error.code, "errorDetails": error.details}
            _send(response, body, 404 if error.code == "FLAG_NOT_FOUND" else 400)
        except ApiError as error:
            if error.retry_after is not None:
                response.set_header("Retry-After", str(error.retry_after))
            status = 401 if isinstance(error, NotFound) else error.status  # 404 would be about the flag
            general = {**named, "errorCode": "GENERAL"} if status == 400 else {}
            _send(response, {**general, "errorDetails": error.message}, status)

    return answer


@answering
async def post_flag(request: Request, response: Response, delivery: Delivery, path: Path) -> None:
    """One flag."""
    caller, prepared, context = await _admit(request, delivery)
    if not prepared.dataset.is_seen(path["key"], caller.only):
        raise Refused("FLAG_NOT_FOUND", "There is no such flag")
    result = represent_result(prepared, path["key"], context)
    _send(response, result, 400 if "errorCode" in result else 200)


@answering
async def post_flags(request: Request, response: Response, delivery: Delivery, _: Path) -> None:
    """Every flag that the caller may see, with an ETag."""
    caller, prepared, context = await _admit(request, delivery)
    snapshot = prepared.snapshot
    marks = repr((caller.only, sorted(context.kinds.items()))).encode(errors="surrogatepass")
    seen = hashlib.blake2b(marks, digest_size=12).hexdigest()
    if not is_unchanged(
        request, response, snapshot, f"{snapshot.payload_id}-ofrep-{prepared.version}-{seen}"
    ):
        flags = [represent_result(prepared, key, context) for key in prepared.dataset.list_keys(caller.only)]
        await send_packed(request, response, msgspec.json.encode({"flags": flags}))


@answering
async def get_configuration(request: Request, response: Response, delivery: Delivery, _: Path) -> None:
    """What clients may ask to set themselves up."""
    await _authenticate(request, delivery)
    polling = {"name": "polling", "enabled": True, "minPollingIntervalMs": POLL_EVERY}
    types = ["int", "float", "string", "boolean", "object"]
    capabilities = {
        "cacheInvalidation": {"polling": polling},
        "flagEvaluation": {"supportedTypes": types},
        "caching": {"enabled": False},
    }
    _send(response, {"name": "flagstaff", "capabilities": capabilities}, 200)


def represent_result(prepared: Prepared, key: str, context: Context) -> dict[str, Any]:
    """The evaluation of one flag. Where there is no value the client serves the default in its code."""
    detail = prepared.dataset.evaluate_context(key, context, None, big_segments=prepared.big_segments)
    reason = detail.reason
    if reason["kind"] == "ERROR":
        return {"key": key, "errorCode": "GENERAL", "errorDetails": reason["errorKind"]}
    word = "SPLIT" if reason.get("inExperiment") else REASONS[reason["kind"]]
    result: dict[str, Any] = {"key": key, "reason": word, "metadata": reason}
    if detail.variation_index is not None:
        result["variant"] = str(detail.variation_index)
    if detail.value is not None:
        result["value"] = detail.value
    return result


def read_credential(request: Request) -> str:
    """The key that is shown, whichever header has it and with whatever scheme; raises Unauthorized."""
    shown = (request.get_header("Authorization") or request.get_header("X-API-Key") or "").strip()
    key = shown[len(BEARER) :] if shown.lower().startswith(BEARER) else shown.removeprefix(PREFIX)
    if not key.strip() or " " in key.strip():
        raise Unauthorized("An SDK key, a mobile key or a client-side ID is needed")
    return key.strip()


async def _authenticate(request: Request, delivery: Delivery) -> _Caller:
    key = read_credential(request)
    if key.startswith(SDK_PREFIX):
        return _Caller((await delivery.keyring.get(key, SDK)).environment_id, "all", key)
    if key.startswith(MOBILE_PREFIX):
        return _Caller((await delivery.keyring.get(key, MOBILE)).environment_id, "mobile", key)
    return _Caller((await delivery.client_environments.get(key)).id, "environment_id", key)


async def _admit(request: Request, delivery: Delivery) -> tuple[_Caller, Prepared, Context]:
    body = await read_body(request) or b""
    while True:
        caller = await _authenticate(request, delivery)
        if len(body) > MOST_CONTEXT:
            raise Refused("INVALID_CONTEXT", f"The body is longer than {MOST_CONTEXT} bytes")
        filter_key, context = read_filter(request.query_string), read_ofrep_context(body)
        before = await delivery.client_data.get(caller.environment_id, filter_key)
        find = await delivery.memberships.find(before, context)
        await delivery.turns.take()
        # Keys, secure mode, data and memberships may have changed while it waited.
        prepared = bind(delivery.client_data.find(caller.environment_id, filter_key), before, find)
        if prepared is not None and _is_still_let_in(request, delivery, caller, context):
            return caller, prepared, context


def _is_still_let_in(request: Request, delivery: Delivery, caller: _Caller, context: Context) -> bool:
    """Whether that is known, and so; raises InvalidRequest where secure mode refuses."""
    if caller.only != "environment_id":
        return delivery.keyring.find(caller.key, SDK if caller.only == "all" else MOBILE) is not None
    environment = delivery.client_environments.find(caller.key)
    if environment is not None:
        environment.admit(context, find_parameter(request.query_string, "h"), delivery.clock())
    return environment is not None


def _send(response: Response, body: dict[str, Any], status: int) -> None:
    response.status = status
    response.content_type = "application/json"
    response.data = msgspec.json.encode(body)
