"""Files that only their owner may read, on disk before anything relies on them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def create_private(path: Path, text: str) -> None:
    """Write a new file (0600) that survives a power cut; raises FileExistsError."""
    _write(path, text, os.O_EXCL)


@contextmanager
def create_private_file(path: Path) -> Iterator[BinaryIO]:
    """A new file (0600) to write into, on disk when it is closed; raises FileExistsError."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def write_private(path: Path, text: str) -> None:
    """The same, in place of one that may be there."""
    _write(path, text, os.O_TRUNC)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder as durable as the files behind them."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(path: Path, text: str, how: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600)
    with os.fdopen(descriptor, "w") as file:
        os.fchmod(descriptor, 0o600)
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    sync_folder(path.parent)
