"""Filters of the form `field operator value`, joined by `,` or `and`, by `|` or `or`, with parentheses.

    either = both *( "|" both )        both = term *( "," term )
    term   = "(" either ")" | field operator value | field ":" value

`,` binds more strongly than `|`. A value is a JSON scalar, an array of these, or a word without quotes.
After a colon it may also be an object from operators to values, as in `kind:{"equals": ["user"]}`.
"""

import re
from collections.abc import Sequence
from typing import Any

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.filters.expression import And, Expression, Or, list_terms
from flagstaff.kernel.filters.fields import Field, Word, check_count, choose_field, make_term
from flagstaff.kernel.filters.scanner import Scanner

DEEPEST = 16  # levels of parentheses

NAME = re.compile(r"""[^\s:,|()\[\]{}"']+""")
OPERATOR = re.compile(r"[A-Za-z]+")
WORD = re.compile(r"""[^\s,|()\[\]{}"'][^\s,|()\]]*""")
AND = re.compile(r",|and\b", re.IGNORECASE)
OR = re.compile(r"\||or\b", re.IGNORECASE)


def parse_comparisons(text: str, declared: Sequence[Field]) -> Expression | None:
    """Return what the filter says, None if it is empty; raise InvalidRequest naming field or position."""
    scanner = Scanner(text)
    if scanner.ended:
        return None
    expression = _read_either(scanner, declared, 0)
    if not scanner.ended:
        raise scanner.failure("',', '|' or the end")
    check_count(sum(1 for _ in list_terms(expression)))
    return expression


def _read_either(scanner: Scanner, declared: Sequence[Field], depth: int) -> Expression:
    if depth > DEEPEST:
        raise InvalidRequest(f"filter: parentheses nested more than {DEEPEST} levels deep")
    parts = [_read_both(scanner, declared, depth)]
    while scanner.take(OR):
        parts.append(_read_both(scanner, declared, depth))
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def _read_both(scanner: Scanner, declared: Sequence[Field], depth: int) -> Expression:
    parts = [_read_term(scanner, declared, depth)]
    while scanner.take(AND):
        parts.append(_read_term(scanner, declared, depth))
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _read_term(scanner: Scanner, declared: Sequence[Field], depth: int) -> Expression:
    if scanner.accept("("):
        inside = _read_either(scanner, declared, depth + 1)
        if not scanner.accept(")"):
            raise scanner.failure("')'")
        return inside
    name = scanner.take_quoted()
    if name is None:
        name = scanner.take(NAME)
    if name is None:
        raise scanner.failure("a field or '('")
    field = choose_field(declared, name)
    if scanner.accept(":"):
        return _read_pair(scanner, field)
    operator = scanner.take(OPERATOR)
    if operator is None:
        raise scanner.failure("an operator")
    return make_term(field, operator, _read_value(scanner))


def _read_pair(scanner: Scanner, field: Field) -> Expression:
    members = scanner.take_object()
    if members is None:
        return make_term(field, "equals", _read_value(scanner))
    terms = tuple(make_term(field, operator, value) for operator, value in members.items())
    return terms[0] if len(terms) == 1 else And(terms)


def _read_value(scanner: Scanner) -> Any:
    if not scanner.accept("["):
        return _read_scalar(scanner)
    elements: list[Any] = []
    while not scanner.accept("]"):
        if elements and not scanner.accept(","):
            raise scanner.failure("',' or ']'")
        elements.append(_read_scalar(scanner))
    return elements


def _read_scalar(scanner: Scanner) -> str | Word:
    text = scanner.take_quoted()
    if text is not None:
        return text
    word = scanner.take(WORD)
    if word is None:
        raise scanner.failure("a value")
    return Word(word)
