"""Operation rows: one per REST operation, from which routes, checks, documents and sweeps are derived."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from flagstaff.evaluation import Dataset
from flagstaff.http.news import News
from flagstaff.http.throttle import Throttle
from flagstaff.http.work_pool import WorkPool
from flagstaff.kernel.instructions import Vocabulary
from flagstaff.kernel.patches import PatchFormat
from flagstaff.storage.audit_watch import AuditWatch
from flagstaff.storage.database import Database

BY_CHANGE = "by change"  # the permission actions follow from what a patch touches
ANY_CALLER = "any caller"  # nothing to decide: whoever has a valid token may
VIEW = "viewProject"
# Where operations that no other service has are.
OWN = ("/api/v2/flagstaff/", "/auth/", "/oauth/", "/.well-known/")
PAGES = "/auth/"  # where those that only pages of the own origin call are


class Edge(msgspec.Struct, frozen=True):
    """What a `prepare` function may use on the event loop, before the unit.

    `load_dataset` gives an environment's newest prepared flags and segments with their data version,
    `read_receipts` what each process knows of the connections of SDKs. Passwords are hashed in `hashing`,
    attempts to sign in counted by `throttle`; `welcome` is called when somebody has signed in. `news` tells
    streams that there is something new, `chain` whether the audit log holds.
    """

    database: Database
    load_dataset: Callable[[str], Awaitable[tuple[int, Dataset]]]
    read_receipts: Callable[[], Awaitable[list[Any]]]
    throttle: Throttle
    hashing: WorkPool = msgspec.field(default_factory=WorkPool)
    welcome: Callable[[], None] = lambda: None
    news: News = msgspec.field(default_factory=News)
    chain: AuditWatch = msgspec.field(default_factory=AuditWatch)
    provider: Any = None  # of identities, where the operator names one


class NoQuery(msgspec.Struct, frozen=True):
    """An operation without query parameters."""


@dataclass(frozen=True)
class Operation:
    """One operation: `handler(call)` returns a model object, `represent(call, result)` its wire shape.

    `action` is the permission action that the handler must put to the caller's policies (`Call.require`);
    the dispatcher refuses to commit an operation that did not. The handler's docstring documents it.
    `prepare(edge, received)` does beforehand what a unit may not do; `call.prepared` is its result.
    `complete(edge, result, prepared)` is awaited once the unit has succeeded and is committed: what else must
    be written before the answer, in units of its own. `follow(edge, received)` is called on the loop then.
    """

    handler: Callable[[Any], Any]
    method: str
    path: str
    sdk: tuple[str, str]  # group and method of the API's client libraries
    action: str = VIEW
    represent: Callable[[Any, Any], Any] | None = None
    query: type[msgspec.Struct] = NoQuery
    body: Any = None
    optional_body: bool = False  # without one, the body is as if it were empty
    patch: frozenset[PatchFormat] = frozenset()
    unlogged: frozenset[str] = frozenset()  # members whose values the audit log does not keep of a patch
    vocabulary: Vocabulary[Any] | None = None  # the instructions that a semantic patch may hold
    answer: Any = None
    older_answer: Any = None  # its shape in API versions of old
    status: int = 200
    is_partial: Callable[[Any], bool] | None = None  # of a result: then the answer is 207
    may_be_empty: bool = False  # a handler that returns None is then answered with 204
    errors: tuple[int, ...] = ()  # statuses beyond those that follow from the rest of the row
    beta: bool = False
    open: bool = False
    session: bool = False  # only for a member who has signed in: no access token opens it
    reads: bool = False
    steady: bool = False  # a read whose answer follows from the request and the database, not from the time
    prepare: Callable[[Edge, Any], Awaitable[Any]] | None = None
    complete: Callable[[Edge, Any, Any], Awaitable[None]] | None = None
    follow: Callable[[Edge, Any], None] | None = None
    form: type[msgspec.Struct] | None = None  # the fields beside the file of a form that is sent
    largest_file: int = 0
    fields: type[msgspec.Struct] | None = None  # of a body that is sent as a plain form, each a text
    oauth: bool = False  # its errors may have the names of OAuth 2.0
    redirects: bool = False  # it may return a Redirect
    writes: bool = False  # although it is a GET
    arrives: bool = False  # browsers come to it from the pages of others; it knows who has signed in, if any
    stream: Callable[[Edge, Any], AsyncIterator[Any]] | None = (
        None  # of text in bytes, from what the handler returns
    )
    emits: bool = False  # the stream is one of server-sent events

    @property
    def id(self) -> str:
        """The handler's name in camelCase."""
        first, *rest = self.handler.__name__.split("_")
        return first + "".join(word.capitalize() for word in rest)

    @property
    def is_own(self) -> bool:
        """Whether only Flagstaff has it: no contract and no client of another service knows it."""
        return self.path.startswith(OWN)

    @property
    def is_of_pages(self) -> bool:
        """Whether no page of another origin may call it, with or without a session."""
        return self.path.startswith(PAGES)

    def __post_init__(self) -> None:
        if self.method == "GET" and not self.writes:
            object.__setattr__(self, "reads", True)
        if not self.handler.__doc__:
            raise ValueError(f"{self.id}: the handler needs a docstring, which is its documentation")

    @property
    def methods(self) -> tuple[str, ...]:
        """Those that it answers: HEAD as GET, but for the body, which Falcon leaves out."""
        return ("GET", "HEAD") if self.method == "GET" and self.reads else (self.method,)

    @property
    def takes_body(self) -> bool:
        return self.body is not None or bool(self.patch)

    @property
    def is_read(self) -> bool:
        """Whether its body is read at once, in whatever form."""
        return self.takes_body or self.fields is not None


class Endpoint(msgspec.Struct, frozen=True):
    """A route that is not an operation of the API: the SDK plane, health and metrics.

    `respond(request, response, parameters)` fills the response, or raises ApiError.
    """

    method: str
    path: str
    respond: Callable[[Any, Any, dict[str, str]], Awaitable[None]]

    @property
    def methods(self) -> tuple[str, ...]:
        return (self.method,)
