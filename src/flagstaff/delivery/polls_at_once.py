"""Polls whose responders come to their end without waiting for anything (decision 0013)."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import msgspec
from falcon import RequestOptions, ResponseOptions
from falcon.asgi import Request, Response
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from flagstaff.delivery.known_heads import KnownHeads
from flagstaff.delivery.turns import Turns
from flagstaff.http.operations import Endpoint
from flagstaff.http.router import Router
from flagstaff.kernel.errors import ApiError

Scope = Any  # of ASGI: a mapping
Count = Callable[[tuple[str, str], int, float], None]
BODILESS = 304
REFUSED = 400


class Reply(msgspec.Struct, frozen=True):
    """An answer; `head` has its headers, but for what the server tells with every answer."""

    route: tuple[str, str]
    status: int
    head: bytes
    body: bytes


class PollsAtOnce:
    """Serves `rows`, all of them for GET. `counted` is told of each answer: route, status and seconds.

    `proxies` are the addresses whose word on where a request came from is taken.
    """

    def __init__(
        self, rows: Iterable[Endpoint], turns: Turns, counted: Count, proxies: Iterable[str] = ()
    ) -> None:
        self.turns = turns
        self.count = counted
        self.heads = KnownHeads()
        self._router = Router(rows)
        self._beginnings = tuple({row.path.partition("{")[0].encode() for row in self._router.rows})
        self._proxies = ProxyHeadersMiddleware(_do_nothing, list(proxies)) if proxies else None
        self._options = (RequestOptions(), ResponseOptions())

    def may_answer(self, scope: Scope) -> bool:
        """Whether the request may be for one of the rows; quick, for what is asked of every request."""
        found: bool = scope["method"] == "GET" and scope["raw_path"].startswith(self._beginnings)
        return found

    def answer(self, scope: Scope) -> Reply | None:
        """The answer to a request, or None where it must go the ordinary way: also every refusal does."""
        try:
            row, path = self._router.find("GET", scope["raw_path"])
        except ApiError:
            return None
        if self._proxies is not None:
            scope = dict(scope)
            _finishes(self._proxies(scope, _do_nothing, _do_nothing))
        try:
            request = Request(scope, _do_nothing, options=self._options[0])
            response = Response(options=self._options[1])
            if not _finishes(row.respond(request, response, path)) or response.status_code >= REFUSED:
                return None
            return _reply((row.method, row.path), response)
        except Exception:  # noqa: BLE001 - the ordinary way meets it again, and tells
            return None


def _finishes(work: Awaitable[None]) -> bool:
    """Run it until it would wait for something, if it does."""
    steps = work.__await__()
    try:
        waiting = next(steps)
    except StopIteration:
        return True
    if asyncio.isfuture(waiting):
        waiting._asyncio_future_blocking = False  # noqa: SLF001 - as tasks do, for the next who waits for it
        if not isinstance(waiting, asyncio.Task):
            waiting.cancel()  # it is this coroutine's own; a task may have others who wait for it
    steps.close()
    return False


def _reply(route: tuple[str, str], response: Response) -> Reply:
    status, body = response.status_code, response.data or b""
    headers = response.headers
    if status == BODILESS:
        headers.pop("content-type", None)
    else:
        headers["content-length"] = str(len(body))
    head = "\r\n".join(map(": ".join, headers.items()))
    return Reply(route, status, head.encode("latin-1"), body)


async def _do_nothing(*_: Any) -> Any:
    """Stands for what is neither read nor sent here: a GET has no body."""
