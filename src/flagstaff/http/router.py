"""Routes: a trie over the path segments of the operation rows.

A path is split at `/` before its segments are decoded, so a key may hold any character. A literal segment
goes before a parameter; where the literal way ends without the wanted method, the others are tried.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar
from urllib.parse import unquote_to_bytes

from flagstaff.kernel.errors import MethodNotAllowed, NotFound


class Routed(Protocol):
    """What a row must have to be routed to: a method, and a path such as `/flags/{projectKey}`."""

    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...


Row = TypeVar("Row", bound=Routed)


@dataclass
class _Node(Generic[Row]):
    literals: dict[str, "_Node[Row]"] = field(default_factory=dict)
    parameter: "_Node[Row] | None" = None
    rows: dict[str, Row] = field(default_factory=dict)  # by method


class Router(Generic[Row]):
    """Finds the row for a method and a raw path. Two rows for the same are refused with ValueError."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._root: _Node[Row] = _Node()
        for row in rows:
            self._add(row)

    def find(self, method: str, raw_path: bytes) -> tuple[Row, dict[str, str]]:
        """Return the row and the parameters; raise NotFound, or MethodNotAllowed with those allowed."""
        segments = _split(raw_path)
        for node in _walk(self._root, segments):
            row = node.rows.get(method)
            if row is not None:
                return row, _name_parameters(row.path, segments)
        allowed = self.list_methods(raw_path)
        raise MethodNotAllowed(allowed=allowed) if allowed else NotFound("There is no such resource")

    def list_methods(self, raw_path: bytes) -> tuple[str, ...]:
        """The methods that the path has, in order; none if there is no such path."""
        try:
            segments = _split(raw_path)
        except NotFound:
            return ()
        return tuple(sorted({method for node in _walk(self._root, segments) for method in node.rows}))

    def _add(self, row: Row) -> None:
        node = self._root
        for part in _parts(row.path):
            if _is_parameter(part):
                node.parameter = node.parameter or _Node()
                node = node.parameter
            elif "{" in part or "}" in part:
                raise ValueError(f"{row.path}: a parameter is a whole segment")
            else:
                node = node.literals.setdefault(part, _Node())
        if row.method in node.rows:
            raise ValueError(f"{row.method} {row.path} and {node.rows[row.method].path} are the same route")
        node.rows[row.method] = row


def _walk(node: _Node[Row], segments: Sequence[str], depth: int = 0) -> Iterator[_Node[Row]]:
    """Every node that the segments lead to, the most literal one first."""
    if depth == len(segments):
        yield node
        return
    for following in (node.literals.get(segments[depth]), node.parameter):
        if following is not None:
            yield from _walk(following, segments, depth + 1)


def _split(raw_path: bytes) -> list[str]:
    """The segments of a path as it was sent, each decoded once."""
    try:
        return [unquote_to_bytes(part).decode() for part in raw_path.split(b"/") if part]
    except UnicodeDecodeError:
        raise NotFound("There is no such resource: the path is not UTF-8") from None


def _name_parameters(path: str, segments: Sequence[str]) -> dict[str, str]:
    pairs = zip(_parts(path), segments, strict=True)
    return {part[1:-1]: segment for part, segment in pairs if _is_parameter(part)}


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part]


def _is_parameter(part: str) -> bool:
    return part.startswith("{") and part.endswith("}")
