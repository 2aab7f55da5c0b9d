"""The kinds of values that arguments and answers hold, in the notation of the table.

`str`, `int`, `float`, `bool`, `any` (left as it is), `millis` (an int), `time`, `file`, `[X]` for lists,
`{X}` for objects whose keys are data, and the name of a shape for objects whose keys are documented.
"""

from functools import cache
from typing import NamedTuple

PLAIN = frozenset({"str", "int", "float", "bool", "any", "millis", "time", "file"})


class Kind(NamedTuple):
    """`name` is a plain kind, `list`, `map` or `shape`; `shape` names the shape, `of` says what is inside."""

    name: str
    of: "Kind | None" = None
    shape: str = ""

    @property
    def has_shapes(self) -> bool:
        """Whether documented names can occur anywhere inside."""
        return self.name == "shape" or (self.of is not None and self.of.has_shapes)


@cache
def parse_kind(text: str) -> Kind:
    """Read the notation; a word that is no plain kind is the name of a shape."""
    if text.startswith("["):
        return Kind("list", parse_kind(text[1:-1]))
    if text.startswith("{"):
        return Kind("map", parse_kind(text[1:-1]))
    return Kind(text) if text in PLAIN else Kind("shape", shape=text)
