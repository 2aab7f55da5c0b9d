"""What an operation answers: its success, and the errors that the dispatcher or the handler may give."""

from collections.abc import Iterator
from typing import Any

from flagstaff.http.answers import ErrorRep, OAuthErrorRep
from flagstaff.http.openapi.components import Components, Schema
from flagstaff.http.operations import Operation

JSON = "application/json"
SUCCESSES = {
    200: "Done",
    201: "Created",
    202: "Taken; it is done a moment later",
    204: "Done; the answer has no body",
    207: "Not all of it is possible, and nothing was done",
    302: "The browser is sent on",
}
ERRORS = {
    400: ("InvalidRequest", "The request is malformed, or asks for what is not possible"),
    401: ("Unauthorized", "The access token is missing or not valid"),
    403: ("Forbidden", "The caller may not do this, or the operation is in beta and was not asked for so"),
    404: ("NotFound", "The path names something that does not exist, or that the caller may not see"),
    409: ("Conflict", "The key is in use, others still need the resource, or its version is another one"),
    413: ("TooLarge", "The body is too large"),
    415: ("UnsupportedMediaType", "The body is not JSON"),
    422: ("PatchFailed", "The patch cannot be applied to the resource"),
    429: ("RateLimited", "Too many calls; `Retry-After` or `X-Ratelimit-Reset` say when to come again"),
    503: ("Unavailable", "Overloaded or starting; nothing was changed, and `Retry-After` says when to try"),
}


def describe_answers(operation: Operation, components: Components) -> Schema:
    """Every status that the operation answers."""
    success: Schema = {"description": SUCCESSES[operation.status]}
    if operation.stream is not None:
        media = "text/event-stream" if operation.emits else "text/csv"
        success["content"] = {media: {"schema": {"type": "string"}}}
    elif operation.status not in {204, 302}:
        success["content"] = {JSON: {"schema": _describe_success(operation, components)}}
    errors = {
        str(status): {"$ref": f"#/components/responses/{ERRORS[status][0]}"}
        for status in list_errors(operation)
    }
    if operation.oauth:
        errors |= _oauth_errors(components)
    empty = {"204": {"description": SUCCESSES[204]}} if operation.may_be_empty else {}
    partial = {"207": {**success, "description": SUCCESSES[207]}} if operation.is_partial else {}
    elsewhere = {"302": {"description": SUCCESSES[302]}} if operation.redirects else {}
    return {str(operation.status): success, **empty, **partial, **elsewhere, **errors}


def _oauth_errors(components: Components) -> Schema:
    schema = {"anyOf": [components.refer(ErrorRep), components.refer(OAuthErrorRep)]}
    return {
        str(status): {"description": ERRORS[status][1], "content": {JSON: {"schema": schema}}}
        for status in (400, 401)
    }


def _describe_success(operation: Operation, components: Components) -> Schema:
    now: Schema = {} if operation.answer is None else components.refer(operation.answer)
    if operation.older_answer is None:
        return now
    return {"anyOf": [now, {"allOf": [components.refer(operation.older_answer)], "deprecated": True}]}


def list_errors(operation: Operation) -> Iterator[int]:
    """The statuses of the errors that a call of this operation can meet, in order."""
    yield 400
    if not operation.open:
        yield from (401, 403)
    if "{" in operation.path:
        yield 404
    if not operation.reads:
        yield 409
    if operation.is_read or operation.form is not None:
        yield from (413, 415)
    yield from operation.errors
    yield from (429, 503)


def describe_errors(components: Components) -> dict[str, Any]:
    """The shared answers of errors: all have one shape."""
    content = {JSON: {"schema": components.refer(ErrorRep)}}
    return {name: {"description": description, "content": content} for name, description in ERRORS.values()}
