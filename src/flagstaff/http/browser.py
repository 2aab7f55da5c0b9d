"""What pages of other origins may do on the routes of browsers, told with every answer, errors too."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

from falcon.asgi import Request, Response
from structlog.contextvars import get_contextvars

from flagstaff.http.answers import refuse, send
from flagstaff.kernel.errors import ApiError

ALLOWED = (
    "Cache-Control, Content-Type, Content-Length, Accept-Encoding, X-LaunchDarkly-User-Agent, "
    "X-LaunchDarkly-Payload-ID, X-LaunchDarkly-Wrapper, X-LaunchDarkly-Event-Schema, X-LaunchDarkly-Tags, "
    "Accept, If-None-Match, Authorization, X-API-Key"
)
EXPOSED = "Date, ETag, Retry-After, X-LD-EnvID, X-LD-FD-Fallback, X-LD-FD-Fallback-TTL"
MAX_AGE = "300"  # seconds
Respond = Callable[[Request, Response, Any, dict[str, str]], Awaitable[None]]
Row = tuple[str, str, Respond]


def cors_headers(origin: str | None, methods: Iterable[str]) -> dict[str, str]:
    """The headers for a page of that origin, on a route with these methods."""
    return {
        "Access-Control-Allow-Origin": origin or "*",
        "Access-Control-Allow-Credentials": "false",
        "Access-Control-Allow-Headers": ALLOWED,
        "Access-Control-Allow-Methods": ", ".join(methods),
        "Access-Control-Expose-Headers": EXPOSED,
        "Access-Control-Max-Age": MAX_AGE,
    }


def open_to_browsers(rows: Sequence[Row]) -> list[Row]:
    """The rows with these headers, and for each path one that answers OPTIONS to everybody."""
    methods: dict[str, list[str]] = {}
    for method, path, _ in rows:
        methods.setdefault(path, []).append(method)
    opened = [(method, path, _allow(respond, [*methods[path], "OPTIONS"])) for method, path, respond in rows]
    preflights = [
        ("OPTIONS", path, _allow(_answer_preflight, [*methods[path], "OPTIONS"])) for path in methods
    ]
    return [*opened, *preflights]


def _allow(respond: Respond, methods: Sequence[str]) -> Respond:
    headers = list(cors_headers(None, methods).items())

    async def answer(request: Request, response: Response, delivery: Any, path: dict[str, str]) -> None:
        try:
            await respond(request, response, delivery, path)
        except ApiError as error:
            send(response, refuse(error, get_contextvars().get("request_id", "")))
        response.set_headers(headers)
        origin = request.headers.get("origin")
        if origin:
            response.set_header("Access-Control-Allow-Origin", origin)
        response.append_header("Vary", "Origin")

    return answer


async def _answer_preflight(_: Request, response: Response, __: Any, ___: dict[str, str]) -> None:
    response.status = 200
