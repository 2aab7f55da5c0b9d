"""What may stand for one name or tag in a specifier: text, `*`, and placeholders for role attributes.

A pattern sees one name at a time, so `*` can not reach into the next segment. Matching is linear:
policies are written by callers, and a regular expression made of many `*` would not be.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache, reduce
from itertools import product
from types import MappingProxyType

import msgspec

# Parts are the literal pieces between stars: "a*b" is ("a", "b"), "*" is ("", ""), "a" is ("a",).
Parts = tuple[str, ...]
Attributes = Mapping[str, tuple[str, ...]]

NO_ATTRIBUTES: Attributes = MappingProxyType({})
SELF = "${self}"
"""The key of a caller's own member id among the attributes; no role attribute can be called so."""

# Their values are multiplied out when a pattern is bound.
_MOST_PLACEHOLDERS = 2

_RESERVED = "%:/;,*{}$"
_ESCAPES = {f"%{ord(character):02X}": character for character in _RESERVED}
_ESCAPE_TABLE = str.maketrans({character: code for code, character in _ESCAPES.items()})
_TOKEN = re.compile(r"\*|\$\{(?:roleAttribute/(?P<name>[^{}]+)|self)\}|%[0-9A-F]{2}|[^*$%{}]+|[$%](?!\{)")


class Parameter(msgspec.Struct, frozen=True):
    """A placeholder: `${roleAttribute/<name>}`, or `${self}` under the name SELF."""

    name: str


class Pattern(msgspec.Struct, frozen=True):
    """A matcher for one name or tag. One that still has parameters matches nothing until it is bound."""

    literals: frozenset[str]
    prefixes: tuple[str, ...] = ()  # the globs that are one prefix and a star, by far the most
    globs: tuple[Parts, ...] = ()
    template: tuple[Parts | Parameter, ...] = ()

    @property
    def parameters(self) -> frozenset[str]:
        return frozenset(piece.name for piece in self.template if isinstance(piece, Parameter))

    @property
    def is_literal(self) -> bool:
        return not (self.prefixes or self.globs or self.template)

    @property
    def matches_everything(self) -> bool:
        return "" in self.prefixes

    def matches(self, text: str) -> bool:
        if text in self.literals or text.startswith(self.prefixes):
            return True
        return bool(self.globs) and any(_glob(parts, text) for parts in self.globs)

    def matches_one_of(self, texts: frozenset[str]) -> bool:
        if not self.literals.isdisjoint(texts):
            return True
        if self.prefixes:
            for text in texts:
                if text.startswith(self.prefixes):
                    return True
        return bool(self.globs) and any(_glob(parts, text) for parts in self.globs for text in texts)

    def bind(self, attributes: Attributes) -> "Pattern":
        """The pattern with each placeholder standing for any of its values; for none, it matches nothing."""
        return _pattern(_combinations(self.template, attributes)) if self.template else self


def parse_pattern(text: str) -> Pattern:
    """Read one name or tag of a specifier; ValueError with a reason if it can not be one."""
    template = tuple(_pieces(text))
    placeholders = sum(isinstance(piece, Parameter) for piece in template)
    if placeholders > _MOST_PLACEHOLDERS:
        raise ValueError(f"{text!r} has more than {_MOST_PLACEHOLDERS} placeholders in one name")
    if placeholders:
        return Pattern(frozenset(), template=template)
    return _pattern(_combinations(template, NO_ATTRIBUTES))


@lru_cache(maxsize=1024)
def parse_glob(text: str) -> Pattern:
    """Read an action specifier, in which only `*` has a meaning."""
    return _pattern(iter((tuple(text.split("*")),)))


def escape(text: str) -> str:
    """Write a name or tag so that parse_pattern reads it as exactly that text."""
    return text.translate(_ESCAPE_TABLE)


def _pieces(text: str) -> Iterator[Parts | Parameter]:
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise ValueError(f"{text[position:]!r} is neither text, `*` nor ${{roleAttribute/<name>}}")
        position = token.end()
        yield _piece(token)


def _piece(token: re.Match[str]) -> Parts | Parameter:
    found = token.group()
    if found == "*":
        return ("", "")
    if found.startswith("${"):
        return Parameter(token["name"] or SELF)
    return (_ESCAPES.get(found, found),)


def _combinations(template: tuple[Parts | Parameter, ...], attributes: Attributes) -> Iterator[Parts]:
    choices = (_choices(piece, attributes) for piece in template)
    return (reduce(_join, pieces, ("",)) for pieces in product(*choices))


def _choices(piece: Parts | Parameter, attributes: Attributes) -> tuple[Parts, ...]:
    if isinstance(piece, Parameter):
        return tuple(tuple(value.split("*")) for value in attributes.get(piece.name, ()))
    return (piece,)


def _join(left: Parts, right: Parts) -> Parts:
    return (*left[:-1], left[-1] + right[0], *right[1:])


def _pattern(alternatives: Iterator[Parts]) -> Pattern:
    found = sorted(set(map(_shorten, alternatives)))
    starred = [parts for parts in found if len(parts) > 1]
    return Pattern(
        literals=frozenset(parts[0] for parts in found if len(parts) == 1),
        prefixes=tuple(parts[0] for parts in starred if parts[1:] == ("",)),
        globs=tuple(parts for parts in starred if parts[1:] != ("",)),
    )


def _shorten(parts: Parts) -> Parts:
    """Several stars in a row are one."""
    return (parts[0], *filter(None, parts[1:-1]), parts[-1]) if len(parts) > 1 else parts


def _glob(parts: Parts, text: str) -> bool:
    first, last = parts[0], parts[-1]
    end = len(text) - len(last)
    position = len(first)
    if position > end or not text.startswith(first) or not text.endswith(last):
        return False
    for part in parts[1:-1]:
        found = text.find(part, position, end)
        if found < 0:
            return False
        position = found + len(part)
    return True
