"""A request that is ready to be sent, apart from what the client adds: host, key, version."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Form:
    """A multipart form: texts, and at most one file, which `open_file` opens, or rewinds for a retry.

    `close_file` says whether the file is ours to close; `rewindable` whether it can be sent again.
    """

    fields: Mapping[str, str]
    part: str
    filename: str
    open_file: Callable[[], BinaryIO]
    close_file: bool
    rewindable: bool


@dataclass(frozen=True, slots=True)
class Request:
    """`path` is percent-encoded, `query` too; `repeatable` calls may be sent twice."""

    title: str
    http: str
    path: str
    query: str = ""
    content: bytes | None = None
    form: Form | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    repeatable: bool = False

    @property
    def target(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path
