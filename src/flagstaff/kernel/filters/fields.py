"""What a list can be filtered by: its fields, their operators, and the values that each operator takes."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec.structs import replace

from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.filters.expression import Scalar, Term, Value

Kind: TypeAlias = Literal["text", "boolean", "integer", "any"]

LISTS = ("contains", "anyOf")  # operators whose value is a list: all of it, any of it
MOMENTS = ("before", "after")
MOST_TERMS, MOST_ELEMENTS = 200, 500  # both may become SQL terms, which a database nests to a depth of 1000

INTEGER = re.compile(r"-?[0-9]{1,15}")  # every such number is exact, as a float and as a 64-bit integer
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?([eE][-+]?[0-9]{1,2})?")
BOOLEANS = {"true": True, "false": False}


class Field(msgspec.Struct, frozen=True):
    """A field that a list can be filtered by; `values` are the only ones it takes, if any are given.

    With `contains` among its operators it is a list: `equals` then compares whole lists. One that is not
    available is known, but nothing can be filtered by it yet. With a `pattern` it stands for every field
    whose whole name the pattern matches, such as all attributes.
    """

    name: str
    operators: tuple[str, ...] = ("equals",)
    kind: Kind = "text"
    values: tuple[str, ...] = ()
    available: bool = True
    pattern: str = ""


class Word(msgspec.Struct, frozen=True):
    """A value without quotes: what type it is of, the field decides."""

    text: str


def choose_field(declared: Iterable[Field], name: str) -> Field:
    """Return the field called `name`, or raise InvalidRequest that lists those that can be used."""
    declared = tuple(declared)
    for field in declared:
        if field.name == name and field.available:
            return field
        if field.name == name:
            raise InvalidRequest(f"filter: {name} is not available yet - at `{name}`")
    for field in declared:
        if field.pattern and re.fullmatch(field.pattern, name, re.DOTALL):
            return replace(field, name=name)
    allowed = ", ".join(sorted(field.name for field in declared if field.available))
    raise InvalidRequest(f"filter: unknown field {name[:80]!r}; allowed fields: {allowed}")


def check_count(terms: int) -> None:
    """Raise InvalidRequest for more terms than a database would take."""
    if terms > MOST_TERMS:
        raise InvalidRequest(f"filter: more than {MOST_TERMS} terms")


def make_term(field: Field, operator: str, literal: Any) -> Term:
    """Return the typed term for a literal: a Word, a JSON scalar, or a list of these.

    Raises InvalidRequest for an operator or a value that the field does not take.
    """
    if operator not in field.operators:
        allowed = ", ".join(field.operators)
        raise InvalidRequest(
            f"filter: field {field.name!r} does not take {operator[:80]!r}; allowed operators: {allowed}"
        )
    return Term(field.name, operator, _read(field, operator, literal))


def _read(field: Field, operator: str, literal: Any) -> Value:
    if operator in MOMENTS:
        return _read_moment(field, literal)
    if operator == "exists":
        return _read_boolean(field, literal)
    if operator == "startsWith":
        return _read_text(field, literal)
    whole_list = "contains" in field.operators and isinstance(literal, list)
    if operator in LISTS or whole_list:
        elements = literal if isinstance(literal, list) else [literal]
        if not 0 < len(elements) <= MOST_ELEMENTS:
            raise _refusal(field, f"a list of 1 to {MOST_ELEMENTS} values", literal)
        return tuple(_read_scalar(field, element) for element in elements)
    if isinstance(literal, list) and len(literal) == 1:  # as in `kind:{"equals": ["user"]}`
        return _read_scalar(field, literal[0])
    return _read_scalar(field, literal)


def _read_scalar(field: Field, literal: Any) -> Scalar:
    match field.kind:
        case "text":
            return _read_text(field, literal)
        case "boolean":
            return _read_boolean(field, literal)
        case "integer":
            return _read_integer(field, literal)
        case "any":
            return _read_any(field, literal)


def _read_text(field: Field, literal: Any) -> str:
    text = _plain(literal)
    if not isinstance(text, str):
        raise _refusal(field, "text", literal)
    if field.values and text not in field.values:
        raise _refusal(field, f"one of {', '.join(field.values)}", literal)
    return text


def _read_boolean(field: Field, literal: Any) -> bool:
    value = BOOLEANS.get(literal.text) if isinstance(literal, Word) else literal
    if not isinstance(value, bool):
        raise _refusal(field, "true or false", literal)
    return value


def _read_integer(field: Field, literal: Any) -> int:
    text = str(_plain(literal))
    if isinstance(literal, bool) or not INTEGER.fullmatch(text):
        raise _refusal(field, "a whole number", literal)
    return int(text)


def _read_any(field: Field, literal: Any) -> Scalar:
    value = literal
    if isinstance(literal, Word):
        text = literal.text
        is_json = text in {"true", "false", "null"} or NUMBER.fullmatch(text)
        value = msgspec.json.decode(text) if is_json else text
    if isinstance(value, int) and not isinstance(value, bool) and not INTEGER.fullmatch(str(value)):
        raise _refusal(field, "a number of at most 15 digits", literal)
    if value is not None and not isinstance(value, (str, int, float, bool)):
        raise _refusal(field, "a single value", literal)
    return value


def _read_moment(field: Field, literal: Any) -> Millis:
    text = str(_plain(literal))
    if INTEGER.fullmatch(text) and not isinstance(literal, bool):
        return int(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise _refusal(field, "Unix milliseconds or an RFC 3339 time", literal)
    return round(moment.timestamp() * 1000)


def _plain(literal: Any) -> Any:
    return literal.text if isinstance(literal, Word) else literal


def _refusal(field: Field, expected: str, literal: Any) -> InvalidRequest:
    return InvalidRequest(f"filter: field {field.name!r} takes {expected}, not {str(_plain(literal))[:80]!r}")
