"""Forms: files (multipart/form-data), read within bounds and at most two at a time, and plain fields."""

import asyncio
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

import falcon
import msgspec
from falcon.asgi import Request
from falcon.media.multipart import MultipartFormHandler

from flagstaff.kernel.errors import InvalidRequest, OAuthError, TooLarge, Unavailable

FORM = "multipart/form-data"
FRAMING = 64 * 1024  # bytes of a form that are not the file
MOST_AT_ONCE = 2
_running = 0


class Upload(msgspec.Struct, frozen=True):
    """A form: its one file, and its other fields as text."""

    filename: str
    content: bytes
    fields: dict[str, str]


async def receive_upload(request: Request, largest: int) -> Upload:
    """Read a form whose file has at most so many bytes.

    Raises TooLarge before it has read more, InvalidRequest for what is no form with a `file`, and Unavailable
    while others are read.
    """
    global _running  # noqa: PLW0603 - memory is what the whole process has
    if _running >= MOST_AT_ONCE:
        raise Unavailable("Other files are being received; try again", retry_after=1)
    _running += 1
    try:
        content = await read_bounded(request, largest + FRAMING)
        upload = await asyncio.to_thread(parse_form, content, request.content_type or "")
    finally:
        _running -= 1
    if len(upload.content) > largest:
        raise TooLarge(f"The file is longer than {largest:,} bytes")
    return upload


def parse_form(content: bytes, content_type: str) -> Upload:
    """Take a form apart; raises InvalidRequest."""
    handler = MultipartFormHandler()
    handler.parse_options.max_body_part_buffer_size = len(content) + 1
    fields: dict[str, str] = {}
    file: tuple[str, bytes] | None = None
    try:
        for part in handler.deserialize(BytesIO(content), content_type, len(content)):
            if part.name == "file":
                file = (part.filename or "", part.get_data())
            else:
                fields[part.name or ""] = part.get_data().decode()
    except (falcon.HTTPError, UnicodeDecodeError) as error:
        raise InvalidRequest(f"The body is not a form that can be read: {_explain(error)}") from None
    if file is None:
        raise InvalidRequest("The form has no file - at `$.file`")
    return Upload(*file, fields)


def parse_fields(content: bytes) -> dict[str, str]:
    """The fields of a plain form, as clients of OAuth 2.0 send them; raises OAuthError.

    None may come twice (RFC 6749, 3.2), and one without a value counts as left out.
    """
    try:
        pairs = parse_qsl(content.decode(), max_num_fields=100, errors="strict")
    except ValueError:
        raise OAuthError("The body is not a form that can be read") from None
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise OAuthError("The body holds a field twice")
    return fields


async def read_bounded(request: Request, most: int) -> bytes:
    """The body; raises TooLarge before it has read more than it may have."""
    length = request.content_length
    if length is not None and length > most:
        raise TooLarge
    parts = bytearray()
    async for part in request.stream:
        parts += part
        if len(parts) > most:
            raise TooLarge
    return bytes(parts)


def _explain(error: Any) -> str:
    return getattr(error, "description", None) or str(error)
