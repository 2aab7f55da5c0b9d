"""A value for every kind, as a caller gives it and as it is on the wire; made from the table alone."""

from dataclasses import dataclass
from typing import Any

from generator.arguments import ArgumentRow
from generator.names import document_member
from generator.table import Row, Table
from launch_darkly_python_sdk.kinds import Kind, parse_kind

PLAIN: dict[str, Any] = {
    "str": "text & more/ü",
    "int": 7,
    "millis": 1_700_000_000_000,
    "float": 0.5,
    "bool": True,
    "any": {"snake_case": [1, {"camelCase": None}]},
    "time": 1_700_000_000_000,
    "file": b"key-1\nkey-2\n",
}
DEEPEST = 4  # shapes within shapes


@dataclass(frozen=True)
class Example:
    """The same value in documented names and in those of the wire."""

    given: Any
    wire: Any


@dataclass(frozen=True)
class ExampleCall:
    """Arguments of one way to call a method, and what has to arrive."""

    row: Row
    arguments: dict[str, Any]
    path: dict[str, str]
    query: dict[str, list[str]]
    body: Any
    media: str


def make_example(table: Table, kind: Kind, depth: int = 0) -> Example:
    """A value of this kind, with every documented member."""
    if kind.of is not None:
        inner = make_example(table, kind.of, depth)
        if kind.name == "list":
            return Example([inner.given], [inner.wire])
        return Example({"a_key": inner.given}, {"a_key": inner.wire})
    if kind.name != "shape":
        return Example(PLAIN[kind.name], PLAIN[kind.name])
    given, wire = {}, {}
    for member in table.shapes[kind.shape].members:
        if depth < DEEPEST or member.required:
            value = (
                make_example(table, parse_kind(member.kind), depth + 1)
                if depth < 2 * DEEPEST
                else Example(None, None)
            )
            given[document_member(member.wire)] = value.given
            wire[member.wire] = value.wire
    return Example(given, wire)


def make_call(table: Table, row: Row, variant: list[ArgumentRow]) -> ExampleCall:
    """All arguments of one way to call a method."""
    examples = {one.name: make_example(table, parse_kind(one.kind)) for one in variant if not one.same_as}
    body, media = _expect_body(row, variant, examples)
    return ExampleCall(
        row=row,
        arguments={name: example.given for name, example in examples.items()},
        path={one.wire: examples[one.name].wire for one in variant if one.place == "path"},
        query={one.wire: _query(examples[one.name].wire) for one in variant if one.place == "query"},
        body=body,
        media=media,
    )


def _query(wire: Any) -> list[str]:
    values = wire if isinstance(wire, list) else [wire]
    return [str(value).lower() if isinstance(value, bool) else str(value) for value in values]


def _expect_body(row: Row, variant: list[ArgumentRow], examples: dict[str, Example]) -> tuple[Any, str]:
    """The body that has to arrive, and its media type, which is empty where there is none."""
    json = "application/json"
    wires = {one.wire or one.name: examples[one.name].wire for one in variant if one.name in examples}
    whole = [one for one in variant if one.place == "body"]
    if row.facts.get("form"):
        texts = {key: _query(wires[key])[0] for key, kind in row.facts["form"].items() if kind != "file!"}
        return {"file": wires["file"], **texts}, "multipart/form-data"
    if whole:
        is_semantic = "semantic" in row.facts.get("patch", ()) and "instructions" in wires["body"]
        return wires["body"], semantic(json) if is_semantic else json
    if not row.facts.get("patch"):
        fields = {one.wire: wires[one.wire] for one in variant if one.place == "field" and not one.same_as}
        return (fields, json) if row.kind("body") else (None, "")
    return _expect_patch(row, {one.wire: wires[one.wire] for one in variant if one.place == "patch"}, wires)


def _expect_patch(row: Row, patch: dict[str, Any], wires: dict[str, Any]) -> tuple[Any, str]:
    if "instructions" in patch:
        environment = {"environmentKey": wires["environmentKey"]} if row.facts.get("environment") else {}
        return {**patch, **environment}, semantic("application/json")
    return (patch, "application/json") if patch else (None, "")


def semantic(media: str) -> str:
    return f"{media}; domain-model=launchdarkly.semanticpatch"
