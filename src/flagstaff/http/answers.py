"""Answers on their way out: JSON bodies, the one shape of errors, and their headers."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import msgspec
from falcon.asgi import Response

from flagstaff.kernel.errors import (
    ApiError,
    Forbidden,
    InvalidClient,
    InvalidEmails,
    MethodNotAllowed,
    OAuthError,
    RateLimited,
)

MOST_DENIED = 20  # told of; a change of many members can be refused for each
CSV = "text/csv; charset=utf-8"
EVENTS = "text/event-stream"


class Answer(msgspec.Struct, frozen=True):
    """A status, an encoded JSON body (empty for 204) and headers."""

    status: int
    body: bytes
    headers: dict[str, str] = msgspec.field(default_factory=dict)
    stream: AsyncIterator[Any] | None = None  # of text, in place of the body
    emits: bool = False  # a stream of server-sent events


class Redirect(msgspec.Struct, frozen=True):
    """What a handler returns to send a browser elsewhere."""

    location: str


class MissingAccessRep(msgspec.Struct, frozen=True):
    """An action that the caller may not do to a resource, as policies name both."""

    action: str
    resource: str


class ErrorRep(msgspec.Struct, frozen=True):
    """Every error: a code for programs, a message for people, and the id of the request for support."""

    code: str
    message: str
    id: str
    invalid_emails: Annotated[
        tuple[str, ...] | msgspec.UnsetType,
        msgspec.Meta(description="The addresses under which nobody can be invited."),
    ] = msgspec.UNSET
    denied: Annotated[
        tuple[MissingAccessRep, ...] | msgspec.UnsetType,
        msgspec.Meta(description="What the policies of the caller do not allow, the first of it."),
    ] = msgspec.UNSET


class OAuthErrorRep(ErrorRep, frozen=True, kw_only=True):
    """The same with the names that RFC 6749 has for them, where clients of OAuth 2.0 expect these."""

    error: str
    error_description: str


def refuse(error: ApiError, request_id: str, headers: dict[str, str] | None = None) -> Answer:
    """The answer for an error."""
    extra = dict(headers or {})
    if error.retry_after is not None:
        extra["Retry-After"] = str(error.retry_after)
    if isinstance(error, MethodNotAllowed) and error.allowed:
        extra["Allow"] = ", ".join(error.allowed)
    if isinstance(error, RateLimited):
        extra |= error.headers
    if isinstance(error, InvalidClient):
        extra["WWW-Authenticate"] = 'Basic realm="OAuth 2.0 clients"'
    return Answer(error.status, msgspec.json.encode(_represent(error, request_id)), extra)


def _represent(error: ApiError, request_id: str) -> ErrorRep:
    if isinstance(error, OAuthError):
        told = error.message
        return OAuthErrorRep(error.code, told, request_id, error=error.error, error_description=told)
    emails = error.emails if isinstance(error, InvalidEmails) else msgspec.UNSET
    return ErrorRep(error.code, error.message, request_id, emails, _list_denied(error))


def _list_denied(error: ApiError) -> tuple[MissingAccessRep, ...] | msgspec.UnsetType:
    accesses = error.accesses[:MOST_DENIED] if isinstance(error, Forbidden) else ()
    return tuple(MissingAccessRep(action, resource) for action, resource in accesses) or msgspec.UNSET


def send(response: Response, answer: Answer) -> None:
    """Fill Falcon's response."""
    response.status = answer.status
    if answer.stream is not None and answer.emits:
        response.append_header("X-Accel-Buffering", "no")  # a proxy is to pass each event on at once
        response.cache_control = ["no-cache"]
        response.content_type = EVENTS
        response.sse = answer.stream
    elif answer.stream is not None:
        response.content_type = CSV
        response.stream = answer.stream
    elif answer.status != 204:
        response.content_type = "application/json"
        response.data = answer.body
    for name, value in answer.headers.items():
        response.append_header(name, value)  # Falcon has no other way to set a cookie that is ready
