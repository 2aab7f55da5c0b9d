"""Reading an attribute of a context as the type that an operator compares."""

from collections.abc import Callable
from sys import intern
from typing import Any

from flagstaff.evaluation.context import Context

# Stands for what was not read yet, since None says that there is no such attribute.
UNREAD: tuple[Any, ...] = ("unread",)


class Reading:
    """Which attribute to read, and as what. `name` tells it from every other reading.

    `kind` None reads the kinds of the context themselves. `each` reads the elements of an array instead of
    the array, as clauses do.
    """

    __slots__ = ("convert", "each", "kind", "name", "path")

    def __init__(
        self, kind: str | None, path: tuple[str, ...], convert: Callable[[Any], Any], *, each: bool = True
    ) -> None:
        self.kind = kind
        self.path = path
        self.convert = convert
        self.each = each
        # Interned, since what is looked up is found sooner where it is the same text.
        self.name = intern(repr((kind, path, convert.__name__, each)))


def read(reading: Reading, context: Context) -> tuple[Any, ...] | None:
    """Give the values that have the type, empty if none has; None if the context has no such attribute."""
    known = context.readings.get(reading.name, UNREAD)
    if known is not UNREAD:
        return known
    found = find_attribute(reading, context)
    values = None if found is None else _convert(reading, found)
    context.readings[reading.name] = values
    return values


def find_attribute(reading: Reading, context: Context) -> Any:
    """Follow the path into the context; None where there is nothing (arrays have no members)."""
    if reading.kind is None:
        return list(context.kinds)
    value: Any = context.kinds.get(reading.kind)
    for name in reading.path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def _convert(reading: Reading, found: Any) -> tuple[Any, ...]:
    elements = found if reading.each and isinstance(found, (list, tuple)) else [found]
    converted = [reading.convert(element) for element in elements]
    return tuple(value for value in converted if value is not None)
