"""The arguments of each method, which follow from its path, query, form, body and patch formats."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.names import document_argument
from generator.table import Member, Row, Table
from launch_darkly_python_sdk.kinds import parse_kind
from launch_darkly_python_sdk.operation import Place

JSON_PATCH = "[PatchOperation]"
INSTRUCTIONS = "[Instruction]"
MERGE = "{any}"
FORMAT_ARGUMENTS = {
    "json": ("patch", JSON_PATCH),
    "merge": ("merge", MERGE),
    "semantic": ("instructions", INSTRUCTIONS),
}


@dataclass(frozen=True)
class ArgumentRow:
    """An argument as it is generated; `words` describe it."""

    name: str
    place: Place
    kind: str
    wire: str
    words: str
    required: bool = False
    same_as: str = ""


def list_arguments(table: Table, row: Row) -> list[ArgumentRow]:
    """Every argument, those that have to be given first within their place.

    Raises ValueError for two of one name, unless the row says where that one goes.
    """
    found = [*_path(table, row), *_query(table, row), *_form(table, row), *_body(table, row)]
    names = [argument.name for argument in found]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"{row.name}: {', '.join(sorted(twice))} stands in two places")
    return found


def _path(table: Table, row: Row) -> Iterator[ArgumentRow]:
    for wire in row.path_names:
        words = find_words(table, row, wire)
        yield ArgumentRow(document_argument(wire), "path", "str", wire, words, required=True)


def _query(table: Table, row: Row) -> Iterator[ArgumentRow]:
    members = [
        member for member in row.members("query") if member.wire not in row.facts.get("sent_in_body", ())
    ]
    yield from _from_members(table, row, members, "query")


def _form(table: Table, row: Row) -> Iterator[ArgumentRow]:
    yield from _from_members(table, row, row.members("form"), "form")


def _from_members(table: Table, row: Row, members: list[Member], place: Place) -> Iterator[ArgumentRow]:
    for member in sorted(members, key=lambda member: not member.required):
        name = document_argument(member.wire)
        words = find_words(table, row, member.wire)
        yield ArgumentRow(name, place, member.kind, member.wire, words, required=member.required)
        if name == "_true":
            yield ArgumentRow("on", place, member.kind, member.wire, words, same_as="_true")


def _body(table: Table, row: Row) -> Iterator[ArgumentRow]:
    if not row.kind("body"):
        return
    if row.facts.get("patch"):
        yield from _patch(table, row)
    else:
        shape = table.shapes.get(parse_kind(row.kind("body")).shape)
        members = [
            one
            for one in (shape.members if shape else ())
            if one.wire not in row.facts.get("sent_in_query", ())
        ]
        yield from _from_members(table, row, members, "field")
    is_list = parse_kind(row.kind("body")).name == "list" and not row.facts.get("patch")
    words = "The whole body; what it holds is sent in place of all arguments that would be parts of it."
    yield ArgumentRow("body", "body", row.kind("body"), "", words, required=is_list)


def _patch(table: Table, row: Row) -> Iterator[ArgumentRow]:
    shape = table.shapes.get(parse_kind(row.kind("body")).shape)
    own = {member.wire: member.kind for member in shape.members} if shape else {}
    for patch_format in row.facts["patch"]:
        name, kind = FORMAT_ARGUMENTS[patch_format]
        yield ArgumentRow(name, "patch", own.get(name, kind), name, find_words(table, row, name))
    yield ArgumentRow("comment", "patch", "str", "comment", find_words(table, row, "comment"))
    if row.facts.get("environment") == "argument":
        words = "Key of the environment that the instructions are about."
        yield ArgumentRow("environment_key", "patch", "str", "environmentKey", words)


def find_words(table: Table, row: Row, wire: str) -> str:
    """What an argument means; raises KeyError if nobody has said."""
    own = table.words["operations"].get(row.name, {})
    words = own.get(wire) or table.words["names"].get(wire)
    if words is None:
        raise KeyError(f"{row.name}: words.toml does not say what {wire} is")
    return str(words)
