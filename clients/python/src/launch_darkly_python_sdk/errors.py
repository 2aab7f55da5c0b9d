"""What can go wrong once a call is on its way.

ApiException
  BadRequest 400, Unauthorized 401, Forbidden 403, NotFound 404, MethodNotAllowed 405, Conflict 409,
  TooLarge 413, UnsupportedMediaType 415, Unprocessable 422, RateLimited 429
  ServerError 5xx
    ServiceUnavailable 503
  UnexpectedRedirect 3xx    to somewhere the access token must not be sent
  UnreadableAnswer          the status is one of success, but the body is not JSON
  NoAnswer                  the connection failed or broke off; there is no status
    TimedOut

Wrong arguments are no ApiException: they raise TypeError or ValueError before anything is sent.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NamedTuple


class Received(NamedTuple):
    """An HTTP answer as it came; `seconds` is the round-trip time."""

    status: int
    reason: str
    headers: Mapping[str, str]
    content: bytes
    seconds: float
    body: Any = None


class ApiException(Exception):
    """A call failed. Everything that is known of the answer is an attribute.

    `body` is the parsed JSON, the text if it is not JSON, or None; `status` is None if there was no answer.
    """

    def __init__(
        self,
        message: str,
        *,
        call: str = "",
        received: Received | None = None,
        round_trip_time: float = 0.0,
    ) -> None:
        super().__init__(message)
        body = received.body if received else None
        fields = body if isinstance(body, dict) else {}
        headers: Mapping[str, str] = received.headers if received else {}
        self.call = call
        self.message = message
        self.status = received.status if received else None
        self.reason = received.reason if received else ""
        self.headers = headers
        self.body: Any = body
        self.code: str | None = _find_text(fields, "code")
        self.request_id: str | None = _find_text(fields, "id") or headers.get("X-Request-Id")
        self.round_trip_time = received.seconds if received else round_trip_time

    def __str__(self) -> str:
        status = f"{self.status} {self.reason}".strip() if self.status else ""
        code = f" ({self.code})" if self.code else ""
        request = f", request {self.request_id}" if self.request_id else ""
        said = f"{status}{code}: {self.message}" if status else self.message
        return f"{said} [{self.call}{request}]" if self.call else said


class BadRequest(ApiException):
    """400: the request is malformed, or asks for what is not possible."""


class Unauthorized(ApiException):
    """401: the access token is missing or not valid."""


class Forbidden(ApiException):
    """403: the access token may not do this."""


class NotFound(ApiException):
    """404: the path names something that does not exist."""


class MethodNotAllowed(ApiException):
    """405: not this way; where approvals are required, also a change without one."""


class Conflict(ApiException):
    """409: the key is in use, others still need the resource, or its version is another one."""


class TooLarge(ApiException):
    """413: the body is too large."""


class UnsupportedMediaType(ApiException):
    """415: the body is in a format that is not taken here."""


class Unprocessable(ApiException):
    """422: the patch cannot be applied."""


class RateLimited(ApiException):
    """429: too many calls, also after the retries."""


class ServerError(ApiException):
    """5xx: the service, or a proxy before it, failed."""


class ServiceUnavailable(ServerError):
    """503: overloaded, or starting."""


class UnexpectedRedirect(ApiException):
    """The service pointed to another address, where the access token is not sent."""


class UnreadableAnswer(ApiException):
    """The call succeeded, but what came is not JSON or breaks off in the middle."""


class NoAnswer(ApiException):
    """The connection failed, or broke off before the answer was complete."""


class TimedOut(NoAnswer):
    """There was no answer in time."""


BY_STATUS: dict[int, type[ApiException]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    405: MethodNotAllowed,
    409: Conflict,
    413: TooLarge,
    415: UnsupportedMediaType,
    422: Unprocessable,
    429: RateLimited,
    503: ServiceUnavailable,
}
LONGEST_TEXT = 200  # characters of a body that is no JSON, in a message


def make_error(received: Received, call: str) -> ApiException:
    """The error of an answer that is no success; `received.body` is already parsed."""
    default = ServerError if received.status >= 500 else ApiException
    return BY_STATUS.get(received.status, default)(_describe(received), call=call, received=received)


def describe_status(status: int) -> str:
    """The usual phrase of a status, for answers that come without one."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _find_text(fields: Mapping[str, Any], name: str) -> str | None:
    """A member of an error, which others than the service write as they like."""
    value = fields.get(name)
    return value if isinstance(value, str) else None


def _describe(received: Received) -> str:
    body = received.body
    if isinstance(body, dict) and isinstance(body.get("message"), str):
        return str(body["message"])
    if isinstance(body, str) and body.strip():
        kind = received.headers.get("Content-Type", "no media type").partition(";")[0]
        return f"not JSON but {kind}: {' '.join(body.split())[:LONGEST_TEXT]}"
    return describe_status(received.status) or "the call failed"
