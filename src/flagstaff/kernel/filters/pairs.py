"""Filters of the form `field:value,field:value`: every pair must hold.

A value is text, a list joined by `+` (all of) or `|` (any of), or a JSON object such as `{"before": 1}`.
"""

import re
from collections.abc import Sequence

from flagstaff.kernel.filters.expression import Term
from flagstaff.kernel.filters.fields import LISTS, Field, Word, check_count, choose_field, make_term
from flagstaff.kernel.filters.scanner import Scanner

NAME = re.compile(r"[^\s:,]+")
TEXT = re.compile(r"[^,]+")
SEPARATORS = {"contains": ("+", re.compile(r"[^,+]+")), "anyOf": ("|", re.compile(r"[^,|]+"))}


def parse_pairs(text: str, declared: Sequence[Field]) -> tuple[Term, ...]:
    """Return the terms of the filter, all of which must hold; raise InvalidRequest naming field or position.

    Each member of a JSON object becomes a term of its own, with the member's name as its operator.
    """
    scanner = Scanner(text)
    terms: list[Term] = []
    while not scanner.ended:
        terms += _read_pair(scanner, declared)
        if not scanner.ended and not (scanner.accept(",") and not scanner.ended):
            raise scanner.failure("',' and another field:value, or the end")
    check_count(len(terms))
    return tuple(terms)


def _read_pair(scanner: Scanner, declared: Sequence[Field]) -> list[Term]:
    name = scanner.take(NAME)
    if name is None or not scanner.accept(":"):
        raise scanner.failure("field:value")
    field = choose_field(declared, name)
    members = scanner.take_object()
    if members is not None:
        return [make_term(field, operator, value) for operator, value in members.items()]
    for operator in LISTS:
        if operator in field.operators:
            return [make_term(field, operator, _read_list(scanner, *SEPARATORS[operator]))]
    return [make_term(field, "equals", _read_text(scanner, TEXT))]


def _read_list(scanner: Scanner, separator: str, element: re.Pattern[str]) -> list[Word]:
    elements = [_read_text(scanner, element)]
    while scanner.accept(separator):
        elements.append(_read_text(scanner, element))
    return elements


def _read_text(scanner: Scanner, pattern: re.Pattern[str]) -> Word:
    text = scanner.take_quoted()
    if text is None:
        text = scanner.take(pattern)
    if text is None:
        raise scanner.failure("a value")
    return Word(text)
