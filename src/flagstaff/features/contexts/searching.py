"""Searches of contexts and of their instances: which filters there are, and what each means in SQL."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from flagstaff.evaluation.references import InvalidReference, parse_reference
from flagstaff.features.contexts.model import instance_id, keys_of_instance
from flagstaff.features.contexts.shapes import attribute_meets
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.filters.comparisons import parse_comparisons
from flagstaff.kernel.filters.expression import Value, list_terms
from flagstaff.kernel.filters.fields import Field
from flagstaff.kernel.sorting import parse_sort
from flagstaff.storage.conditions import Condition, Translate, any_of, compares, translate_filter
from flagstaff.storage.json_conditions import any_value_contains

ONE_OF = ("equals", "notEquals", "anyOf")
LIST = ("equals", "anyOf", "contains")
APPLICATION = Field("applicationId", ONE_OF)
ATTRIBUTE = Field(
    "<kind>.<attribute>",
    ("equals", "notEquals", "exists", "startsWith", "before", "after"),
    "any",
    pattern=r"(\*|[A-Za-z0-9_.-]+?)\..+",
)
CONTEXTS = (
    APPLICATION,
    Field("id", ONE_OF),
    Field("key", (*ONE_OF, "startsWith")),
    Field("kind", ONE_OF),
    Field("kinds", LIST),
    Field("kindKey", ONE_OF),
    Field("kindKeys", LIST),
    Field("q"),
    Field("name", (*ONE_OF, "exists", "startsWith")),
    ATTRIBUTE,
)
INSTANCES = (APPLICATION, Field("id", ONE_OF), Field("kinds", LIST), Field("kindKeys", LIST))
ANY_KIND = "*"


class Search(msgspec.Struct, frozen=True):
    """A condition, and whether it can only be judged by reading every body."""

    condition: Condition
    reads_bodies: bool = False


def search_contexts(text: str, declared: Sequence[Field] = CONTEXTS) -> Search:
    """The filter over the table `contexts`; raises InvalidRequest."""
    expression = parse_comparisons(text, declared)
    attributes = {term.field for term in list_terms(expression) if term.field not in CONTEXT_FIELDS}
    fields = {**CONTEXT_FIELDS, **{name: _attribute(name) for name in attributes}}
    slow = any(term.field in attributes or term.field in {"q", "name"} for term in list_terms(expression))
    return Search(translate_filter(expression, fields), slow)


def search_instances(text: str, declared: Sequence[Field] = INSTANCES) -> Search:
    """The filter over the table `context_instances`; raises InvalidRequest."""
    expression = parse_comparisons(text, declared)
    slow = any(term.field == "kinds" for term in list_terms(expression))
    return Search(translate_filter(expression, INSTANCE_FIELDS), slow)


def both(one: Search, other: Condition) -> Search:
    """A search with one more condition, whose parameters have names of their own."""
    sql, values = one.condition
    return Search((f"{other[0]} AND {sql}", {**values, **other[1]}), one.reads_bodies)


def is_ascending(sort: str) -> bool:
    """Whether the oldest come first; raises InvalidRequest."""
    fields = parse_sort(sort, ("ts",))
    return bool(fields) and not fields[0].descending


def starts_with(column: str, prefix: str) -> Condition:
    """The column begins with the text; an index on it serves."""
    end = prefix[:-1] + chr(ord(prefix[-1]) + 1) if prefix and ord(prefix[-1]) < 0xD7FF else ""
    if not end:
        return f"substr({column}, 1, length(:prefix)) = :prefix", {"prefix": prefix}
    return f"{column} >= :prefix AND {column} < :end", {"prefix": prefix, "end": end}


def _texts(value: Value) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, tuple) else (str(value),)


def _key(operator: str, value: Value) -> Condition:
    return starts_with("key", str(value)) if operator == "startsWith" else compares("key", operator, value)


def _name(operator: str, value: Value) -> Condition:
    if operator == "exists":
        return "name <> ''" if value else "name = ''", {}
    return starts_with("name", str(value)) if operator == "startsWith" else compares("name", operator, value)


def _pairs(operator: str, wanted: Iterable[tuple[str, str] | None]) -> Condition:
    """The context is one of those with these kinds and keys, or with `notEquals` none of them."""
    parts: list[str] = []
    values: dict[str, str] = {}
    for number, pair in enumerate(wanted):
        if pair is not None:
            parts.append(f"(:kind{number}, :key{number})")
            values |= {f"kind{number}": pair[0], f"key{number}": pair[1]}
    if not parts:
        return "TRUE" if operator == "notEquals" else "FALSE", {}
    return f"(kind, key) {'NOT ' if operator == 'notEquals' else ''}IN (VALUES {', '.join(parts)})", values


def _split(text: str) -> tuple[str, str] | None:
    kind, colon, key = text.partition(":")
    return (kind, key) if colon else None


def _id(operator: str, value: Value) -> Condition:
    keys = [keys_of_instance(text) for text in _texts(value)]
    return _pairs(operator, (next(iter(found.items())) if len(found) == 1 else None for found in keys))


def _kind_keys(operator: str, value: Value) -> Condition:
    wanted = dict.fromkeys(_texts(value))
    if operator != "anyOf" and len(wanted) > 1:
        return "FALSE", {}  # a context has one kind and one key
    return _pairs("anyOf", map(_split, wanted))


def _kinds(operator: str, value: Value) -> Condition:
    wanted = tuple(dict.fromkeys(_texts(value)))
    return ("FALSE", {}) if operator != "anyOf" and len(wanted) > 1 else any_of("kind", wanted)


def _attribute(name: str) -> Translate:
    """Of one kind, or of any: `user.email`, `*./address/city`."""
    kind, _, reference = name.partition(".") if name.startswith(ANY_KIND) else _split_attribute(name)
    try:
        path = parse_reference(reference, kind)
    except InvalidReference as error:
        raise InvalidRequest(f"filter: {error} in the field {name[:80]!r}") from None

    def translate(operator: str, value: Value) -> Condition:
        sql, values = attribute_meets(path, operator, value)
        return (sql, values) if kind == ANY_KIND else (f"kind = :kind AND {sql}", {"kind": kind, **values})

    return translate


def _split_attribute(name: str) -> tuple[str, str, str]:
    """A kind may have dots itself: a reference that is a path tells where the kind ends."""
    kind, slash, path = name.partition("./")
    return (kind, slash, f"/{path}") if slash else name.partition(".")


def _instance_kinds(operator: str, value: Value) -> Condition:
    wanted = sorted(set(_texts(value)))
    if operator == "equals":
        return "kinds = :kinds", {"kinds": ",".join(wanted)}
    parts = [f"instr(',' || kinds || ',', :kind{number}) > 0" for number in range(len(wanted))]
    values = {f"kind{number}": f",{kind}," for number, kind in enumerate(wanted)}
    return f"({(' AND ' if operator == 'contains' else ' OR ').join(parts)})", values


def _instance_members(operator: str, value: Value) -> Condition:
    pairs = [_split(text) for text in dict.fromkeys(_texts(value))]
    known = [pair for pair in pairs if pair is not None]
    if operator != "anyOf" and len(known) < len(pairs):
        return "FALSE", {}
    if operator == "equals":
        kinds = dict(known)
        return ("id = :id", {"id": instance_id(kinds)}) if len(kinds) == len(known) else ("FALSE", {})
    parts: list[str] = []
    values: dict[str, str] = {}
    for number, (kind, key) in enumerate(known):
        parts.append(MEMBER.format(number))
        values |= {f"kind{number}": kind, f"key{number}": key, f"id{number}": instance_id({kind: key})}
    return f"({(' AND ' if operator == 'contains' else ' OR ').join(parts) or 'FALSE'})", values


MEMBER = (
    "(id = :id{0} OR id IN (SELECT instance_id FROM instance_contexts "
    "WHERE environment_id = :environment AND kind = :kind{0} AND key = :key{0}))"
)
CONTEXT_FIELDS: Mapping[str, Translate] = {
    "applicationId": lambda operator, value: compares("application_id", operator, value),
    "id": _id,
    "key": _key,
    "kind": lambda operator, value: compares("kind", operator, value),
    "kinds": _kinds,
    "kindKey": lambda operator, value: _pairs(operator, map(_split, _texts(value))),
    "kindKeys": _kind_keys,
    "q": lambda _, value: any_value_contains("body", str(value), but="kind"),
    "name": _name,
}
INSTANCE_FIELDS: Mapping[str, Translate] = {
    "applicationId": lambda operator, value: compares("application_id", operator, value),
    "id": lambda operator, value: compares("id", operator, value),
    "kinds": _instance_kinds,
    "kindKeys": _instance_members,
}
