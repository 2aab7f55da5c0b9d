"""Conditions on what lies inside of a JSON body, in SQLite's words: members by their path, texts anywhere.

A body must be compact and escaped as msgspec writes it: a search for its bytes then spares reading most
bodies as JSON, which takes twice as long.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

import msgspec

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.filters.expression import Scalar, Value
from flagstaff.storage.conditions import Condition, escape_like

NUMBERS = "'integer', 'real'"
PLAIN = 1e15  # numbers below it are written without an exponent
OTHERS = "[{-0123456789"  # what lists, objects and numbers begin with
BEFORE_QUOTES = "{[,:"  # what may stand before the quotation mark that begins a text
HINT = 200  # characters of a text that a body is searched for before it is read


def path_of(names: Sequence[str]) -> str:
    """The members that lead to a value, as a path; raises InvalidRequest for names that no path can have."""
    for name in names:
        if '"' in name or "\\" in name or not name.isprintable():
            raise InvalidRequest(f"filter: the attribute {name[:80]!r} cannot be searched")
    return "$" + "".join(f'."{name}"' for name in names)


def member_meets(
    column: str, names: Sequence[str], operator: str, value: Value, proof: Condition | None = None
) -> Condition:
    """A member `equals` or `notEquals` a value, `exists`, `startsWith` a text, lies `before` or `after`.

    Of a list, one element must; an object equals nothing. Where a `proof` that the member does holds, a body
    is not read as JSON.
    """
    path = {"path": path_of(names)}
    if operator == "exists":
        return f"json_type({column}, :path) IS {'NOT ' if value else ''}NULL", path
    if value is None:
        return f"json_type({column}, :path) IS {'NOT ' if operator == 'notEquals' else ''}NULL", path
    scalar, values = _test(operator, value, f"json_type({column}, :path)", f"json_extract({column}, :path)")
    element, _ = _test(operator, value, "type", "atom")
    elements = f"EXISTS (SELECT 1 FROM json_each({column}, :path) WHERE {element})"
    # Each function reads the body anew: what decides most often stands first, and few bodies have a list.
    is_list = f"{column} LIKE '%[%' AND json_type({column}, :path) = 'array'"
    proved, proofs = proof or ("FALSE", {})
    hint, hints = _hint(column, "equals" if operator == "notEquals" else operator, value)
    found = f"{hint} AND (({proved}) OR ({scalar}) OR ({is_list} AND {elements}))"
    given = {**path, **values, **hints, **proofs}
    return f"NOT coalesce({found}, FALSE)" if operator == "notEquals" else found, given


def shows_member(column: str, name: str, operator: str, value: Value) -> Condition | None:
    """The bytes of the body have a member whose name ends so with this value; None where bytes cannot tell.

    It never holds without such a member, but there may be one and it does not hold: a number can be written
    in several ways, and a list is not looked through.
    """
    if name[-1:] in BEFORE_QUOTES or len(name) > HINT:
        return None
    if isinstance(value, str):
        text = _escape_glob(_inside(value))
        part = f'"{text}"' if operator in {"equals", "notEquals"} else f'"{text}'
        known = operator in {"equals", "notEquals", "startsWith"} and len(value) <= HINT
    elif isinstance(value, bool):
        part, known = "true" if value else "false", operator in {"equals", "notEquals"}
    else:
        known = operator in {"equals", "notEquals"} and _is_plain(value)
        part = f"{int(value)}[,}}]" if _is_plain(value) else ""
    return (f"{column} GLOB :shown", {"shown": f'*{_escape_glob(name)}":{part}*'}) if known else None


def any_value_contains(column: str, text: str, *, but: str) -> Condition:
    """Some text or number in the body contains the text, whatever its case, but for the member `but`."""
    elements = f"SELECT 1 FROM json_tree({column}) WHERE NOT (path = '$' AND key = :but)"
    return _contains(column, text, elements, {"but": but})


def member_contains(column: str, text: str, names: Sequence[str]) -> Condition:
    """One of the members of the body is a text or number that contains the text, whatever its case."""
    members = {f"member{number}": name for number, name in enumerate(names)}
    places = ", ".join(f":{name}" for name in members)
    return _contains(column, text, f"SELECT 1 FROM json_each({column}) WHERE key IN ({places})", members)


def _contains(column: str, text: str, elements: str, values: Mapping[str, str]) -> Condition:
    like = r"{} LIKE {} ESCAPE '\'" if text.isascii() else r"lower({}) LIKE lower({}) ESCAPE '\'"
    test = f"type IN ('text', 'integer', 'real') AND {like.format('atom', ':text')}"
    patterns = {"text": f"%{escape_like(text)}%", "hint": f"%{escape_like(_inside(text))}%"}
    return f"{like.format(column, ':hint')} AND EXISTS ({elements} AND {test})", {**values, **patterns}


def element_starts_with(column: str, prefix: str) -> Condition:
    """An element of what `json_each` reads out of the column is a text that begins so."""
    test, values = _test("startsWith", prefix, "type", "atom")
    hint, hints = _hint(column, "startsWith", prefix)
    return f"{hint} AND {test}", {**values, **hints}


def _test(operator: str, value: Value, kind: str, atom: str) -> Condition:
    """What one value must be: `kind` is the SQL of its type, `atom` that of itself."""
    if operator in {"before", "after"}:
        return f"{_moment(kind, atom)} {'<' if operator == 'before' else '>'} :value", {"value": value}
    if operator == "startsWith":
        starts = f"substr({atom}, 1, length(:value)) = :value"
        return starts + (f" AND {kind} = 'text'" if _may_be_other(value) else ""), {"value": value}
    if isinstance(value, bool):
        return f"{kind} = :value", {"value": "true" if value else "false"}
    if isinstance(value, str):
        return f"{atom} = :value" + (f" AND {kind} = 'text'" if _may_be_other(value) else ""), {
            "value": value
        }
    return f"{atom} = :value AND {kind} IN ({NUMBERS})", {"value": value}


def _may_be_other(value: Value) -> bool:
    """Whether what is no text may be read as one that begins so: to ask for its type costs a second look."""
    return not isinstance(value, str) or value[:1] in OTHERS


def _moment(kind: str, atom: str) -> str:
    """A time in milliseconds, whether it is a number or a text."""
    from_text = f"round((julianday({atom}) - 2440587.5) * 86400000)"
    return f"CASE WHEN {kind} = 'text' THEN {from_text} WHEN {kind} IN ({NUMBERS}) THEN {atom} END"


def _hint(column: str, operator: str, value: Value) -> Condition:
    """What the bytes of the body must contain, as far as it is known."""
    part = ""
    if isinstance(value, str) and value and operator in {"equals", "startsWith"}:
        # Not with the quote before it: what begins with a rare character is found sooner.
        part = _inside(value) + ('"' if operator == "equals" else "")
    elif operator == "equals" and isinstance(value, bool):
        part = "true" if value else "false"
    elif operator == "equals" and _is_plain(value):
        part = str(int(value))  # and behind it nothing, `.0` or other digits
    return (f"{column} GLOB :hint", {"hint": f"*{_escape_glob(part[:HINT])}*"}) if part else ("TRUE", {})


def _is_plain(value: Value) -> TypeGuard[float]:
    """Whether every way to write the number in a body has its digits in it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < PLAIN and value == int(value)


def _escape_glob(text: str) -> str:
    return "".join(f"[{letter}]" if letter in "[*?" else letter for letter in text)


def _inside(text: Scalar | Any) -> str:
    """A text as it stands between its quotes in JSON."""
    return msgspec.json.encode(text).decode()[1:-1]
