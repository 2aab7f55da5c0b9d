"""Multipart forms with files, which are streamed from where they are."""

import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from launch_darkly_python_sdk.request import Form


def build_form(part: str, file: Any, fields: Mapping[str, str]) -> Form:
    """A form with one file: a path, an open binary file, or bytes.

    Raises FileNotFoundError and its like for a path that cannot be read, TypeError for other values.
    """
    if isinstance(file, bytes | bytearray):
        content = bytes(file)
        return Form(
            fields, part, f"{part}.csv", lambda: io.BytesIO(content), close_file=True, rewindable=True
        )
    if isinstance(file, str | os.PathLike):
        path = Path(file)
        path.open("rb").close()  # fails here, before anything is sent
        return Form(fields, part, path.name, lambda: path.open("rb"), close_file=True, rewindable=True)
    if isinstance(file, io.TextIOBase) or not callable(getattr(file, "read", None)):
        raise TypeError(f"{part} takes a path, a file opened with 'rb', or bytes, not {type(file).__name__}")
    return _form_of_open_file(part, file, fields)


def _form_of_open_file(part: str, file: BinaryIO, fields: Mapping[str, str]) -> Form:
    name = getattr(file, "name", None)
    filename = Path(name).name if isinstance(name, str) else f"{part}.csv"
    seekable = callable(getattr(file, "seekable", None)) and file.seekable()

    def rewind() -> BinaryIO:
        if seekable:
            file.seek(0)  # as httpx does before it reads
        return file

    return Form(fields, part, filename, rewind, close_file=False, rewindable=seekable)
