"""What the dispatcher reads from a request on the event loop: the bounded body, its media type, the query."""

from asyncio import to_thread
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from falcon.asgi import Request

from flagstaff.access.checks import HEADER as CHECKS
from flagstaff.http.operations import Operation
from flagstaff.http.site import NOWHERE, Visit
from flagstaff.http.uploads import FORM, parse_fields, read_bounded, receive_upload
from flagstaff.kernel.errors import ApiError, InvalidRequest, OAuthError, UnsupportedMediaType
from flagstaff.kernel.json_bounds import convert_json, decode_json, refuse_type
from flagstaff.kernel.media import MediaType, parse_media_type
from flagstaff.kernel.patches import parse_patch

LARGEST_BODY = 5_000_000
LARGE = 100_000  # bytes above which decoding would hold up the event loop
JSON = "application/json"
FIELDS = "application/x-www-form-urlencoded"
LARGEST_FIELDS = 64_000
LARGEST_INTEGER = 2**63 - 1  # that a database holds


class Received(msgspec.Struct, frozen=True):
    """A request as it came in. A body that is not JSON keeps its error until the caller is known."""

    operation: Operation
    path: dict[str, str]
    url: str
    query: list[tuple[str, str]]
    authorization: str
    version: str | None
    checks: str
    media: MediaType
    body: Any = None
    body_error: ApiError | None = None
    has_body: bool = False
    visit: Visit = NOWHERE

    def typed_query(self) -> Any:
        """The query as the operation's struct; raises InvalidRequest naming the parameter."""
        given: dict[str, list[str]] = {}
        for name, value in self.query:
            given.setdefault(name, []).append(value)
        wanted = self.operation.query
        values = {
            name: given[name] if is_list else given[name][-1]
            for name, is_list in _list_parameters(wanted)
            if name in given
        }
        try:
            typed = msgspec.convert(values, wanted, strict=False)
        except msgspec.ValidationError as error:
            raise InvalidRequest(f"query: {error}".replace("`$.", "`")) from None
        for name, value in zip(wanted.__struct_encode_fields__, msgspec.structs.astuple(typed), strict=True):
            if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
                raise InvalidRequest(f"query: Integer value out of range - at `{name}`")
        return typed

    def typed_body(self) -> Any:
        """The body as the operation's type, or as a patch; raises UnsupportedMediaType or InvalidRequest."""
        operation = self.operation
        if operation.form is not None:
            return self._typed_form(operation.form, FORM, getattr(self.body, "fields", None))
        if operation.fields is not None:
            return self._typed_form(operation.fields, FIELDS, self.body)
        if not operation.takes_body:
            return None
        if self.media.essence not in {"", JSON}:
            raise UnsupportedMediaType
        if self.body_error is not None:
            raise self.body_error
        if not self.has_body and operation.optional_body:
            return operation.body()
        if not self.has_body:
            raise InvalidRequest("The request needs a JSON body")
        if operation.patch:
            return parse_patch(self.body, semantic=self.media.is_semantic_patch, allowed=operation.patch)
        return convert_json(self.body, operation.body)

    def _typed_form(self, form: type[msgspec.Struct], media: str, fields: Any) -> Any:
        if self.media.essence != media:
            raise UnsupportedMediaType(f"The request body must be {media}")
        if self.body_error is not None:
            raise self.body_error
        try:
            return msgspec.convert(fields, form, strict=False)
        except msgspec.ValidationError as error:
            raise refuse_type(error) from None


async def receive(
    request: Request, operation: Operation, path: dict[str, str], visit: Visit = NOWHERE
) -> Received:
    """Read the request; raises TooLarge before it has read more than the body may have."""
    largest = LARGEST_FIELDS if operation.fields is not None else LARGEST_BODY
    content = await read_bounded(request, largest) if operation.is_read else b""
    media = parse_media_type(request.content_type or "")
    body: Any = None
    body_error: ApiError | None = None
    try:
        body = await _decode(request, operation, media, content)
    except (InvalidRequest, OAuthError) as error:
        body_error = error
    return Received(
        operation,
        path,
        request.scope["raw_path"].decode("latin-1"),
        parse_qsl(request.query_string, keep_blank_values=True) if request.query_string else [],
        request.get_header("Authorization") or "",
        request.get_header("LD-API-Version"),
        request.get_header(CHECKS) or "",
        media,
        body,
        body_error,
        bool(content),
        visit,
    )


async def _decode(request: Request, operation: Operation, media: MediaType, content: bytes) -> Any:
    """The body in the form that the operation takes, as far as its media type says that it is in it."""
    if operation.form is not None:
        return await receive_upload(request, operation.largest_file) if media.essence == FORM else None
    if operation.fields is not None:
        return parse_fields(content) if media.essence == FIELDS else None
    if not content or media.essence not in {"", JSON}:
        return None
    return decode_json(content) if len(content) < LARGE else await to_thread(decode_json, content)


@cache
def _list_parameters(query: type[msgspec.Struct]) -> list[tuple[str, bool]]:
    """The names of a query's parameters, and whether each may be given several times."""
    return [
        (field.encode_name, getattr(field.type, "__origin__", None) in {list, tuple})
        for field in msgspec.structs.fields(query)
    ]
