"""Values made from schemas: what a document allows, with every member that it names."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from hypothesis import Phase, find, settings, strategies

from generator.names import snake

Schema = Mapping[str, Any]
FREE = {"snake_case": [1, {"camelCase": None}]}  # must arrive as it is
DEEPEST = 6  # objects within objects; below, and there alone, only what is required
# Of all of Unicode it would first make tables, which takes seconds.
PRINTED = strategies.characters(min_codepoint=32, max_codepoint=126)
PLAIN = {"integer": 7, "number": 0.5, "boolean": True}


def make_text(name: str) -> str:
    """A text that needs to be encoded, another one for each name."""
    return f"{name} & more/ü"


@cache
def find_text(pattern: str) -> str:
    """A text of this pattern, always the same."""
    texts = strategies.from_regex(pattern, fullmatch=True, alphabet=PRINTED)
    first = settings(database=None, derandomize=True, phases=[Phase.generate])
    return find(texts, lambda _text: True, settings=first)


def make_value(schemas: Schema, schema: Schema, name: str, depth: int = 0) -> Any:
    """A value with every documented member; of lists whose items are of several kinds, one of each."""
    schema = resolve(schemas, schema)
    if "oneOf" in schema:
        return make_value(schemas, schema["oneOf"][0], name, depth)
    if "enum" in schema or "const" in schema:
        return schema.get("enum", [schema.get("const")])[-1]
    kind = schema.get("type")
    if kind == "object":
        return _make_object(schemas, schema, name, depth)
    if kind == "array":
        return [make_value(schemas, one, name, depth) for one in list_branches(schemas, schema["items"])]
    if kind == "string":
        return find_text(schema["pattern"]) if "pattern" in schema else make_text(name)
    return min(PLAIN[kind], schema.get("maximum", 7)) if kind in PLAIN else FREE


def make_least(schemas: Schema, schema: Schema, name: str) -> Any:
    """As `make_value`, with the members alone that are required."""
    return make_value(schemas, schema, name, DEEPEST)


def document_names(schemas: Schema, schema: Schema, value: Any) -> Any:
    """The value with names in snake_case where the schema names the member, and nowhere else.

    Instructions have no names with a line in front, but for one of ours; it is always written so.
    """
    schema = resolve(schemas, schema)
    schema = schema.get("oneOf", [schema])[0]
    if isinstance(value, list) and "items" in schema:
        branches = list_branches(schemas, schema["items"])
        return [document_names(schemas, one, item) for one, item in zip(branches, value, strict=True)]
    if not isinstance(value, dict):
        return value
    members, others = schema.get("properties", {}), schema.get("additionalProperties")
    inner = others if isinstance(others, dict) else {}
    is_instruction = "const" in members.get("kind", {})
    kept = value.keys() - members.keys() | {name for name in members if is_instruction and name[0] == "_"}
    kept |= {name for name in members if name[0].isupper()}  # the same as another one, as an old spelling
    return {
        name if name in kept else snake(name): document_names(schemas, members.get(name, inner), item)
        for name, item in value.items()
    }


def resolve(schemas: Schema, schema: Schema) -> Schema:
    """A schema itself, without references, and the first of several that is not null."""
    while "$ref" in schema or "anyOf" in schema:
        if "$ref" in schema:
            schema = schemas[schema["$ref"].rpartition("/")[2]]
        else:
            schema = next(one for one in schema["anyOf"] if one != {"type": "null"})
    return schema


def list_branches(schemas: Schema, schema: Schema) -> list[Schema]:
    """What an item of a list may be: one schema, or each of several, such as the kinds of instructions."""
    found = resolve(schemas, schema)
    branches: list[Schema] = found.get("oneOf", [found])
    return branches


def _make_object(schemas: Schema, schema: Schema, name: str, depth: int) -> dict[str, Any]:
    members: Schema = schema.get("properties", {})
    others = schema.get("additionalProperties")
    if not members:
        return {"aKey": make_value(schemas, others, name, depth + 1)} if isinstance(others, dict) else FREE
    return {
        member: make_value(schemas, inner, member, depth + 1)
        for member, inner in members.items()
        if depth < DEEPEST or member in schema.get("required", ())
    }
