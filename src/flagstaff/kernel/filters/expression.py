"""What a filter says once it is read: terms, joined by And and Or."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import msgspec

Scalar: TypeAlias = str | int | float | bool | None
Value: TypeAlias = Scalar | tuple[Scalar, ...]


class Term(msgspec.Struct, frozen=True):
    """One condition; `value` has the type that the field and the operator ask for."""

    field: str
    operator: str
    value: Value


class And(msgspec.Struct, frozen=True):
    parts: tuple["Expression", ...]


class Or(msgspec.Struct, frozen=True):
    parts: tuple["Expression", ...]


Expression: TypeAlias = Term | And | Or


def list_terms(expression: Expression | None) -> Iterator[Term]:
    """Every term of the expression, from left to right."""
    if isinstance(expression, Term):
        yield expression
    elif expression is not None:
        for part in expression.parts:
            yield from list_terms(part)


def find_value(terms: Iterable[Term], field: str) -> Value:
    """The value of the first term about `field`, or None."""
    return next((term.value for term in terms if term.field == field), None)
