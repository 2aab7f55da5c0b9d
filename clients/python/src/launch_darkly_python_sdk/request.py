"""A request that is ready to be sent, apart from what the client adds: host, key, version."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

JSON = "application/json"


class Form(NamedTuple):
    """A multipart form: texts, and at most one file, which `open_file` opens, or rewinds for a retry.

    `close_file` says whether the file is ours to close; `rewindable` whether it can be sent again.
    """

    fields: Mapping[str, str]
    part: str
    filename: str
    open_file: Callable[[], BinaryIO]
    close_file: bool
    rewindable: bool


class Request(NamedTuple):
    """`path` is percent-encoded, `query` too; `repeatable` calls may be sent twice."""

    title: str
    http: str
    path: str
    query: str = ""
    content: bytes | None = None
    form: Form | None = None
    headers: Mapping[str, str] = MappingProxyType({})
    repeatable: bool = False

    @property
    def target(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path
