"""Routes: a trie over the path segments of the operation rows.

A path is split at `/` before its segments are decoded, so a key may hold any character. A literal segment
goes before a parameter; where the literal way ends without the wanted method, the others are tried.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, NamedTuple, Protocol, TypeVar
from urllib.parse import unquote_to_bytes

from flagstaff.kernel.errors import MethodNotAllowed, NotFound


class Routed(Protocol):
    """What a row must have to be routed to: methods, and a path such as `/flags/{projectKey}`."""

    @property
    def methods(self) -> tuple[str, ...]: ...
    @property
    def path(self) -> str: ...


Row = TypeVar("Row", bound=Routed)


class _Route(NamedTuple):
    number: int  # of the row
    parameters: tuple[tuple[int, str], ...]  # the place of each in the path, and its name


@dataclass
class _Node:
    literals: dict[str, "_Node"] = field(default_factory=dict)
    parameter: "_Node | None" = None
    routes: dict[str, _Route] = field(default_factory=dict)  # by method


class Router(Generic[Row]):
    """Finds the row for a method and a raw path. Two rows for the same are refused with ValueError."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        self._root = _plant(tuple((row.methods, row.path) for row in self.rows))

    def find(self, method: str, raw_path: bytes) -> tuple[Row, dict[str, str]]:
        """Return the row and the parameters; raise NotFound, or MethodNotAllowed with those allowed."""
        segments = _split(raw_path)
        route = _find_straight(self._root, segments, method) or _find(self._root, segments, 0, method)
        if route is not None:
            return self.rows[route.number], {name: segments[place] for place, name in route.parameters}
        allowed = self.list_methods(raw_path)
        raise MethodNotAllowed(allowed=allowed) if allowed else NotFound("There is no such resource")

    def list_methods(self, raw_path: bytes) -> tuple[str, ...]:
        """The methods that the path has, in order; none if there is no such path."""
        try:
            segments = _split(raw_path)
        except NotFound:
            return ()
        return tuple(sorted({method for node in _walk(self._root, segments) for method in node.routes}))


@cache
def _plant(paths: tuple[tuple[tuple[str, ...], str], ...]) -> _Node:
    """The trie of rows, by the methods and the path of each; routers of the same rows share it."""
    root = _Node()
    for number, (methods, path) in enumerate(paths):
        segments, named = _parse(path)
        node = _descend(root, segments, named)
        for method in methods:
            if method in node.routes:
                other = paths[node.routes[method].number][1]
                raise ValueError(f"{method} {path} and {other} are the same route")
            node.routes[method] = _Route(number, tuple(named.items()))
    return root


def _descend(node: _Node, segments: Sequence[str], named: Mapping[int, str]) -> _Node:
    """The node at the end of a path, with all on the way to it."""
    for place, segment in enumerate(segments):
        if place in named:
            node.parameter = node.parameter or _Node()
            node = node.parameter
        else:
            node = node.literals.setdefault(segment, _Node())
    return node


def _find_straight(node: _Node, segments: Sequence[str], method: str) -> _Route | None:
    """The route of the most literal way, where it needs no step back."""
    for segment in segments:
        following = node.literals.get(segment) or node.parameter
        if following is None:
            return None
        node = following
    return node.routes.get(method)


def _find(node: _Node, segments: Sequence[str], depth: int, method: str) -> _Route | None:
    """The route of the most literal way that has the method."""
    if depth == len(segments):
        return node.routes.get(method)
    literal = node.literals.get(segments[depth])
    found = None if literal is None else _find(literal, segments, depth + 1, method)
    if found is None and node.parameter is not None:
        found = _find(node.parameter, segments, depth + 1, method)
    return found


def _walk(node: _Node, segments: Sequence[str], depth: int = 0) -> Iterator[_Node]:
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
        if b"%" not in raw_path:
            return [part for part in raw_path.decode().split("/") if part]
        return [unquote_to_bytes(part).decode() for part in raw_path.split(b"/") if part]
    except UnicodeDecodeError:
        raise NotFound("There is no such resource: the path is not UTF-8") from None


def _parse(path: str) -> tuple[tuple[str, ...], Mapping[int, str]]:
    """The segments of a row's path, and the names of those that are parameters, by their place."""
    parts = tuple(part for part in path.split("/") if part)
    named = {place: part[1:-1] for place, part in enumerate(parts) if part[0] == "{" and part[-1] == "}"}
    for place, part in enumerate(parts):
        if place not in named and ("{" in part or "}" in part):
            raise ValueError(f"{path}: a parameter is a whole segment")
    return parts, named
