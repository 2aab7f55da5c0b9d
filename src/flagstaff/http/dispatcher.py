"""The one way through for every operation: from a request on the loop, through its unit, to the answer.

The order of the steps is the order of errors: route, size, identity, limits, version, beta, media type, body,
then what the handler finds (architecture 7).
"""

from asyncio import CancelledError
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import falcon
import msgspec
import structlog
from falcon.asgi import Request, Response

from flagstaff.access.checks import read_actions
from flagstaff.http import cors
from flagstaff.http.answers import Answer, Redirect, refuse, send
from flagstaff.http.call import Call, Installation
from flagstaff.http.console import Console
from flagstaff.http.denials import Denials
from flagstaff.http.identity import ANONYMOUS, Identify, Identity, bare_token
from flagstaff.http.metrics import ELSEWHERE, RequestMetrics
from flagstaff.http.operations import ANY_CALLER, BY_CHANGE, VIEW, Edge, Endpoint, Operation
from flagstaff.http.patch_notes import note_patch
from flagstaff.http.rate_limits import RateLimits
from flagstaff.http.requests import Received, receive
from flagstaff.http.router import Router
from flagstaff.http.site import Visit
from flagstaff.kernel.errors import ApiError, Forbidden, InvalidRequest, NotFound, Unauthorized, Unavailable
from flagstaff.kernel.versions import choose_version
from flagstaff.storage.transaction import Transaction

ENDING = "The server is shutting down; a later call tells whether this one was still done"
CHANGE = "X-Flagstaff-Change"  # the position of what a write has noted in the outbox
OVERRIDABLE = {"PATCH", "PUT", "DELETE"}
log = structlog.get_logger()
_encoder = msgspec.json.Encoder()


@dataclass
class Dispatcher:
    """Serves every row of its router."""

    router: Router[Operation | Endpoint]
    edge: Edge
    identify: Identify
    limits: RateLimits
    installation: Installation
    metrics: RequestMetrics
    identify_session: Identify = lambda *_: None  # by the secret in the cookie of a browser
    note_use: Callable[[Identity], None] = lambda _: None  # told of each caller who was answered
    denials: Denials = field(init=False)
    console: Console | None = None  # serves what no row has

    def __post_init__(self) -> None:
        self.denials = Denials(self.edge.database)

    async def __call__(self, request: Request, response: Response) -> None:
        """Answer one request; nothing that a client can send makes this raise."""
        started = perf_counter()
        request_id = self.edge.database.ids.uuid()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        route = ELSEWHERE
        try:
            row, path = self._find_row(request, response)
            if row is None:
                return
            route = (row.method, row.path)
            answer = await self._answer(request, response, row, path, request_id)
        except ApiError as error:
            log.info("answered", status=error.status)
            answer = refuse(error, request_id)
        except falcon.HTTPError as error:  # a header that Falcon cannot read
            log.info("answered", status=InvalidRequest.status)
            answer = refuse(InvalidRequest(error.description or error.title), request_id)
        except CancelledError:  # the server ends, and has waited for this request long enough
            log.info("answered", status=Unavailable.status)
            answer = refuse(Unavailable(ENDING, retry_after=1), request_id)
        except Exception:
            log.exception("internal_error")
            answer = refuse(ApiError(), request_id)
        if answer is not None:
            cors.allow(request, response, self.installation.site.origins)
            send(response, answer)
        self.metrics.count(route, response.status_code, perf_counter() - started)

    def _find_row(
        self, request: Request, response: Response
    ) -> tuple[Operation | Endpoint | None, dict[str, str]]:
        """The row that is meant, with its parameters; None where it is answered: a preflight, a page."""
        raw_path = request.scope["raw_path"]
        if request.method == "OPTIONS":
            methods = self.router.list_methods(raw_path)
            if not methods:
                raise NotFound
            if "OPTIONS" not in methods:
                cors.answer_preflight(request, response, methods, self.installation.site.origins)
                return None, {}
        try:
            return self.router.find(_method(request), raw_path)
        except NotFound:
            if self.console is not None and self.console.answer(request, response):
                return None, {}
            raise

    async def _answer(
        self,
        request: Request,
        response: Response,
        row: Operation | Endpoint,
        path: dict[str, str],
        request_id: str,
    ) -> Answer | None:
        """The answer of an operation; None where an endpoint has filled the response."""
        structlog.contextvars.bind_contextvars(route=f"{row.method} {row.path}")
        if isinstance(row, Endpoint):
            await row.respond(request, response, path)
            return None
        answer = await self._operate(request, row, path, request_id)
        if answer.status >= 400 or not row.reads:
            log.info("answered", status=answer.status)
        return answer

    async def _operate(
        self, request: Request, operation: Operation, path: dict[str, str], request_id: str
    ) -> Answer:
        received = await self._receive(request, operation, path)
        unit = _Unit(self, received, await _prepare(self.edge, received))
        try:
            body = await self._run(operation, unit)
        except ApiError as error:
            if error.status == Unauthorized.status:
                self.limits.count_failure(request.remote_addr)
            if isinstance(error, Forbidden) and not operation.reads:
                await self.denials.note((unit.identity or ANONYMOUS).actor, error.accesses)
            if isinstance(error, Unavailable) and error.__cause__ is not None:  # a full or failing disk
                log.warning("unavailable", cause=repr(error.__cause__))
            return refuse(error, request_id, unit.headers)
        if unit.identity is not None:
            self.note_use(unit.identity)
        if unit.refusal is not None:
            return refuse(unit.refusal, request_id, unit.headers)
        if operation.follow is not None:
            operation.follow(self.edge, received)
        if unit.redirects:
            return Answer(302, b"", unit.headers)
        if operation.stream is not None:
            stream = operation.stream(self.edge, unit.result)
            return Answer(200, b"", unit.headers, stream, emits=operation.emits)
        status = 207 if unit.is_partial else operation.status
        return Answer(status if body else 204, body, unit.headers)

    async def _run(self, operation: Operation, unit: "_Unit") -> bytes:
        """Run the unit and what completes it; the body of the answer."""
        database = self.edge.database
        body = await (database.read if operation.reads else database.write)(unit.run)
        if operation.complete is not None and unit.refusal is None:
            await operation.complete(self.edge, unit.result, unit.prepared)
        return body

    async def _receive(self, request: Request, operation: Operation, path: dict[str, str]) -> Received:
        visit = self.installation.site.read_visit(request)
        if (visit.session or operation.is_of_pages) and not operation.arrives:
            self.installation.site.check_visit(visit)
        if operation.form is not None:
            await self._admit_upload(request, visit)
        return await receive(request, operation, path, visit)

    def find_identity(self, tx: Transaction, authorization: str, visit: Visit) -> Identity | None:
        """Who calls: with an access token if there is one, else with a session."""
        token = bare_token(authorization)
        if token:
            return self.identify(tx, token)
        return self.identify_session(tx, visit.session) if visit.session else None

    async def _admit_upload(self, request: Request, visit: Visit) -> None:
        """Raise Unauthorized before a large body is read for nobody."""
        given = request.get_header("Authorization") or ""
        if await self.edge.database.read(lambda tx: self.find_identity(tx, given, visit)) is None:
            self.limits.count_failure(request.remote_addr)
            raise Unauthorized


async def _prepare(edge: Edge, received: Received) -> Any:
    """What the unit needs beforehand. An error is kept for its place: the caller is not known yet."""
    if received.operation.prepare is None:
        return None
    try:
        return await received.operation.prepare(edge, received)
    except ApiError as error:
        return error


def _method(request: Request) -> str:
    """The verb that is meant: a POST may carry another one in a header."""
    override = (request.get_header("X-HTTP-Method-Override") or "").upper()
    return override if request.method == "POST" and override in OVERRIDABLE else str(request.method)


@dataclass
class _Unit:
    """Everything of a call that happens inside its unit."""

    dispatcher: Dispatcher
    received: Received
    prepared: Any
    headers: dict[str, str] = field(default_factory=dict)
    identity: Identity | None = None  # once it is known
    result: Any = None  # of the handler: what is to be streamed, or completed
    refusal: ApiError | None = None  # of a unit whose writes stay
    is_partial: bool = False
    redirects: bool = False

    def run(self, tx: Transaction) -> bytes:
        """The body of the answer; that of a steady read is made once in each state of the database."""
        received = self.received
        if not received.operation.steady or received.visit.session:  # a session ends by the clock
            return self._answer(tx)
        key = (
            *(received.authorization, received.version, received.checks),
            *(received.url, tuple(received.query)),
        )
        held: tuple[str, Identity | None, bytes] | None = tx.recall(key)
        if held is None or not (held[1] or ANONYMOUS).is_current(tx.now):
            body = self._answer(tx)
            tx.remember(key, (self.headers["LD-API-Version"], self.identity, body), len(body))
            return body
        self._count()
        self.headers["LD-API-Version"], self.identity, body = held
        return body

    def _answer(self, tx: Transaction) -> bytes:
        operation = self.received.operation
        identity = self._identify(tx)
        version = choose_version(self.received.version, identity.default_version)
        self.headers["LD-API-Version"] = str(version)
        if operation.beta and not version.beta:
            raise Forbidden("This resource is in beta: send the header LD-API-Version: beta")
        body = self.received.typed_body()
        query = self.received.typed_query()
        if operation.patch:
            tx.patch = note_patch(body, operation.unlogged)
        if isinstance(self.prepared, ApiError):
            raise self.prepared
        call = Call(
            tx,
            operation,
            identity,
            version,
            self.dispatcher.installation,
            self.received.url,
            self.received.path,
            query,
            self.received.query,
            body,
            self.prepared,
            filename=getattr(self.received.body, "filename", ""),
            headers=self.headers,
            checks=read_actions(self.received.checks),
            visit=self.received.visit,
            identify_again=self._identify_again,
        )
        written = tx.connection.total_changes
        try:
            result = operation.handler(call)
        except ApiError as error:
            if not error.keeps:
                raise
            self.refusal = error
            return b""
        _assert_decided(call, wrote=tx.connection.total_changes > written)
        if tx.noted and not tx.discarded:
            self.headers[CHANGE] = str(tx.noted)
        if isinstance(result, Redirect):
            self.headers["Location"] = result.location
            self.redirects = True
            return b""
        self.result = result
        if operation.stream is not None:
            return b""
        self.is_partial = operation.is_partial is not None and operation.is_partial(result)
        if operation.status == 204 or (result is None and operation.may_be_empty):
            return b""
        return _encoder.encode(operation.represent(call, result) if operation.represent else result)

    def _identify(self, tx: Transaction) -> Identity:
        received = self.received
        if received.operation.is_of_pages or received.operation.oauth:
            self.headers["Cache-Control"] = "no-store"
        if received.operation.open:
            return self._greet(tx) if received.operation.arrives else ANONYMOUS
        identity = self.dispatcher.find_identity(tx, received.authorization, received.visit)
        if identity is None:
            raise Unauthorized
        self._count()
        if received.operation.session and not identity.session_id:
            raise Forbidden("This is for members who have signed in: no access token opens it")
        self.identity = identity
        return identity

    def _identify_again(self, tx: Transaction) -> Identity | None:
        """Who calls, as of now."""
        return self.dispatcher.find_identity(tx, self.received.authorization, self.received.visit)

    def _greet(self, tx: Transaction) -> Identity:
        """Whoever has signed in, or nobody in particular."""
        identify, visit = self.dispatcher.identify_session, self.received.visit
        return (identify(tx, visit.session) if visit.session else None) or ANONYMOUS

    def _count(self) -> None:
        operation = self.received.operation
        self.headers.update(self.dispatcher.limits.count_call(f"{operation.method} {operation.path}"))


def _assert_decided(call: Call, *, wrote: bool) -> None:
    """An operation that forgot to ask for permission is a defect: nothing of it may be kept."""
    action = call.operation.action
    if action == BY_CHANGE:  # a patch that changes nothing needs nothing but to see the resource
        asked = bool(call.decided - {VIEW} if wrote else call.decided)
    else:
        asked = action in call.decided
    if not asked and action != ANY_CALLER and not call.operation.open:
        raise RuntimeError(f"{call.operation.id} did not decide on {action}")
