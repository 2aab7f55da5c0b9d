"""Compares JSON schemas of two documents: what one may send must be what the other expects."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Schema = dict[str, Any]
Direction = Literal["answer", "body"]
TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
OTHERS = {"string", "boolean", "integer", "number", "array", "object"}


@dataclass
class Comparison:
    """Of one direction: answers must fit what the contract promises, and bodies that it allows must be taken.

    A place is named as the contract names it: `answer:Project.environments`, `body:FlagPost.tags[]`.
    """

    direction: Direction
    contract: Schema
    ours: Schema
    seen: set[tuple[str, str]] = field(default_factory=set)

    def compare(self, contract: Schema, ours: Schema, place: str) -> Iterator[str]:
        """Name each place where the schemas differ in a way that matters."""
        pair = (contract.get("$ref", ""), ours.get("$ref", ""))
        if contract.get("$ref"):
            place = f"{self.direction}:{contract['$ref'].rpartition('/')[2]}"
            if pair in self.seen:
                return
            self.seen.add(pair)
        contract = resolve(self.contract, contract)
        branches = list_branches(self.ours, ours)
        wanted, given = list_types([contract]), list_types(branches)
        if not self._fits(wanted, given):
            yield f"{place}:type"
            return
        for branch in branches:
            if list_types([branch]) & wanted:
                yield from self._compare_inside(contract, branch, place)

    def _fits(self, wanted: set[str], given: set[str]) -> bool:
        if self.direction == "body":
            return wanted <= given
        return given <= (wanted | {"integer"} if "number" in wanted else wanted)

    def _is_surer(self, contract: bool, ours: bool, member: Schema) -> bool:
        """Whether one side counts on a member that the other may leave out. We send defaults."""
        if self.direction == "body":
            return ours and not contract
        return contract and not ours and "default" not in member

    def _compare_inside(self, contract: Schema, ours: Schema, place: str) -> Iterator[str]:
        if "items" in contract and "items" in ours:
            yield from self.compare(contract["items"], ours["items"], f"{place}[]")
        if is_map(contract) and is_map(ours):
            inner = contract["additionalProperties"], ours["additionalProperties"]
            yield from self.compare(*inner, f"{place}.*")
        if "properties" in contract and "properties" in ours:
            yield from self._compare_members(contract, ours, place)

    def _compare_members(self, contract: Schema, ours: Schema, place: str) -> Iterator[str]:
        theirs, own = contract["properties"], ours["properties"]
        yield from (f"{place}.{name}" for name in sorted(theirs.keys() - own.keys()))
        yield from (f"{place}.{name}:extra" for name in sorted(own.keys() - theirs.keys()))
        for name in sorted(theirs.keys() & own.keys()):
            if self._is_surer(
                name in contract.get("required", ()), name in ours.get("required", ()), own[name]
            ):
                yield f"{place}.{name}:required"
            yield from self.compare(theirs[name], own[name], f"{place}.{name}")


def resolve(document: Schema, schema: Schema) -> Schema:
    """Follow a reference into the components of a document."""
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def list_branches(document: Schema, schema: Schema) -> list[Schema]:
    """The alternatives of a schema, one if it has none; those of older API versions left out."""
    schema = resolve(document, schema)
    alternatives = schema.get("anyOf") or schema.get("oneOf")
    if not alternatives:
        return [schema]
    current = [alternative for alternative in alternatives if not alternative.get("deprecated")]
    return [branch for alternative in current for branch in list_branches(document, alternative)]


def list_types(branches: list[Schema]) -> set[str]:
    """The JSON types that values of one of the schemas can have; a schema that says nothing allows all."""
    return set().union(*map(_types, branches))


def is_map(schema: Schema) -> bool:
    return isinstance(schema.get("additionalProperties"), dict)


def _types(schema: Schema) -> set[str]:
    stated = schema.get("type")
    if stated is not None:
        return {stated} if isinstance(stated, str) else set(stated)
    values = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
    if values:
        return {TYPES[type(value)] for value in values}
    if "properties" in schema or "additionalProperties" in schema:
        return {"object"}
    return OTHERS
