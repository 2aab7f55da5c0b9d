"""Filters as SQL: expressions become one condition with named parameters; no value ever enters the text."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from flagstaff.kernel.filters.expression import Expression, Or, Term, Value

Condition: TypeAlias = tuple[str, Mapping[str, Any]]  # SQL and the parameters that it names
Translate: TypeAlias = Callable[[str, Value], Condition]  # of one field: operator and value to condition

NAME = re.compile(r"(?<![:\w]):(\w+)")  # `::` is a cast
LIKE_MARKS = re.compile(r"[\\%_]")


def translate_filter(expression: Expression | None, fields: Mapping[str, Translate]) -> Condition:
    """Return the SQL of `expression`, made of what `fields` give for each term, and its parameters.

    The parameters are renamed `p1`, `p2`, ..., so the fields need not know of each other. No filter is TRUE.
    """
    if expression is None:
        return "TRUE", {}
    parameters: dict[str, Any] = {}
    return _translate(expression, fields, parameters), parameters


def _translate(expression: Expression, fields: Mapping[str, Translate], parameters: dict[str, Any]) -> str:
    if isinstance(expression, Term):
        sql, values = fields[expression.field](expression.operator, expression.value)
        return f"({_rename(sql, values, parameters)})"
    joint = " OR " if isinstance(expression, Or) else " AND "
    parts = [_translate(part, fields, parameters) for part in expression.parts]
    return f"({joint.join(parts)})" if parts else "TRUE"


def _rename(sql: str, values: Mapping[str, Any], parameters: dict[str, Any]) -> str:
    names = {name: f"p{len(parameters) + number}" for number, name in enumerate(values, 1)}
    parameters.update({names[name]: value for name, value in values.items()})
    return NAME.sub(lambda found: f":{names.get(found[1], found[1])}", sql)


def any_of(column: str, values: tuple[Any, ...]) -> Condition:
    """The column holds one of the values; none of them is FALSE."""
    if not values:
        return "FALSE", {}
    names = {f"value{number}": value for number, value in enumerate(values)}
    return f"{column} IN ({', '.join(f':{name}' for name in names)})", names


def one_of(column: str, values: Sequence[str], name: str) -> Condition:
    """The column holds one of the values, however many; the parameter is called `name`."""
    return f"{column} IN (SELECT value FROM json_each(:{name}))", {name: msgspec.json.encode(values).decode()}


def contains_text(text: str, *columns: str) -> Condition:
    """One of the columns contains the text, whatever its case and whatever marks LIKE gives a meaning."""
    likes = (rf"lower({column}) LIKE lower(:text) ESCAPE '\'" for column in columns)
    return " OR ".join(likes), {"text": f"%{escape_like(text)}%"}


def contains_folded(text: str, column: str) -> Condition:
    """The column, which holds text that was casefolded, contains the text whatever its case."""
    return rf"{column} LIKE :text ESCAPE '\'", {"text": f"%{escape_like(text.casefold())}%"}


def compares(column: str, operator: str, value: Value) -> Condition:
    """The column `equals`, `notEquals`, is `anyOf`, lies `before` or `after` the value."""
    if operator == "anyOf":
        return any_of(column, value if isinstance(value, tuple) else (value,))
    return f"{column} {COMPARISONS[operator]} :value", {"value": value}


COMPARISONS = {"equals": "=", "notEquals": "<>", "before": "<", "after": ">"}


def escape_like(text: str) -> str:
    r"""The text as a LIKE pattern that matches only itself, for use with ESCAPE '\'."""
    return LIKE_MARKS.sub(r"\\\g<0>", text)
