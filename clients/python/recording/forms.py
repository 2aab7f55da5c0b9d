"""Reads bodies as they arrived."""

from email.parser import BytesParser
from typing import Any

from recording.server import Recorded


def read_form(request: Recorded) -> dict[str, Any]:
    """The parts of a multipart form: files as bytes, others as texts."""
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    message: Any = BytesParser().parsebytes(head + request.content)
    return dict(map(_read_part, message.get_payload()))


def _read_part(part: Any) -> tuple[str, Any]:
    name = part.get_param("name", header="content-disposition")
    content = part.get_payload(decode=True)
    return name, content if part.get_filename() else content.decode()
