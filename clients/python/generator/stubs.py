"""Writes the stubs of the groups: every form of every method with its types."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.annotations import Annotations
from generator.arguments import ArgumentRow, list_arguments
from generator.groups import NOTE
from generator.names import pascal
from generator.table import Row, Table
from generator.wording import describe
from launch_darkly_python_sdk.kinds import parse_kind

IMPORTS = """
import builtins
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime
from os import PathLike
from typing import Any, BinaryIO, overload

from launch_darkly_python_sdk import bodies, models
from launch_darkly_python_sdk.raw import RawResponse
"""


@dataclass(frozen=True)
class Form:
    """One of the forms of a method: its name, whether it is awaited, and what it answers."""

    name: str
    is_awaited: bool
    answer: str


def write_stubs(table: Table) -> Iterator[tuple[str, str]]:
    """Paths below the package and their texts."""
    yield "groups/__init__.pyi", _directory(table)
    for group in table.about:
        yield f"groups/{group}.pyi", _module(table, group)


def _directory(table: Table) -> str:
    imports = [
        f"from launch_darkly_python_sdk.groups.{group} import {pascal(group)}" for group in table.about
    ]
    lines = [
        f"    @property\n    def {group}(self) -> {pascal(group)}:\n        {_quote(table.about[group], 8)}"
        for group in table.about
    ]
    return "\n".join([f"# {NOTE}", *imports, "class Groups:", *lines])


def _module(table: Table, group: str) -> str:
    name = pascal(group)
    rows = table.group(group)
    lists = [
        _list_class(table, row, awaited=awaited)
        for row in rows
        if row.kind("pages")
        for awaited in (False, True)
    ]
    methods = [line for row in rows for line in _methods(table, row)]
    raw = [line for row in rows for line in _raw_methods(table, row)]
    return "\n".join(
        [
            f"# {NOTE}",
            IMPORTS,
            *lists,
            f"class {name}:\n    {_quote(table.about[group], 4)}",
            f"    @property\n    def raw(self) -> Raw{name}:",
            '        """The same methods, which answer status, headers and body."""',
            *methods,
            f"class Raw{name}:",
            '    """The methods of the group, which answer status, headers and body."""',
            *raw,
        ]
    )


def _methods(table: Table, row: Row) -> Iterator[str]:
    arguments = list_arguments(table, row)
    if row.kind("pages"):
        for awaited in (False, True):
            prefix = "a" if awaited else ""
            yield f"    @property\n    def {prefix}{row.method}(self) -> {_list_name(row, awaited=awaited)}:"
            yield f"        {_quote(describe(row, arguments), 8)}"
        return
    answer = _annotations(table).answered(row.kind("answer"))
    yield from _define(
        table, row, Form(row.method, is_awaited=False, answer=answer), describe(row, arguments)
    )
    yield from _define(
        table, row, Form(f"a{row.method}", is_awaited=True, answer=answer), f"As `{row.method}`, awaited."
    )


def _raw_methods(table: Table, row: Row) -> Iterator[str]:
    answer = f"RawResponse[{_annotations(table).answered(row.kind('answer') or 'any')}]"
    doc = row.facts["does"]
    yield from _define(table, row, Form(row.method, is_awaited=False, answer=answer), doc)
    yield from _define(table, row, Form(f"a{row.method}", is_awaited=True, answer=answer), doc)


def _list_class(table: Table, row: Row, *, awaited: bool) -> str:
    """The class of a method that can be walked."""
    page = _annotations(table).answered(row.kind("answer"))
    item = _item(table, row)
    walk = "AsyncIterator" if awaited else "Iterator"
    doc = describe(row, list_arguments(table, row))
    forms = [
        (Form("__call__", awaited, page), doc),
        (
            Form("pages", is_awaited=False, answer=f"{walk}[{page}]"),
            "Page after page; takes the same arguments.",
        ),
        (Form("iter", is_awaited=False, answer=f"{walk}[{item}]"), "Item after item, from all pages."),
    ]
    lines = [line for form, words in forms for line in _define(table, row, form, words)]
    return "\n".join([f"class {_list_name(row, awaited=awaited)}:", *lines])


def _item(table: Table, row: Row) -> str:
    """What walking the items gives: where items have keys, pairs."""
    shape = table.shapes[row.kind("answer")]
    items = next(member.kind for member in shape.members if member.wire == "items")
    inner = parse_kind(items).of
    text = _annotations(table).answered(items[1:-1]) if inner else "Any"
    return f"tuple[str, {text}]" if parse_kind(items).name == "map" else text


def _list_name(row: Row, *, awaited: bool) -> str:
    return f"{'Async' if awaited else ''}{pascal(row.group)}{pascal(row.method)}"


def _define(table: Table, row: Row, form: Form, doc: str) -> Iterator[str]:
    """A definition for each way to give the body; the first one is documented."""
    ways = list_ways(row, list_arguments(table, row))
    for index, way in enumerate(ways):
        if len(ways) > 1:
            yield "    @overload"
        signature = ", ".join(["self", *_parameters(table, way)])
        head = f"    {'async ' if form.is_awaited else ''}def {form.name}({signature}) -> {form.answer}:"
        yield head + (f"\n        {_quote(doc, 8)}" if index == 0 else " ...")


def list_ways(row: Row, arguments: list[ArgumentRow]) -> list[list[ArgumentRow]]:
    """The ways to call a method: with the fields of a body, each format of a patch, or a whole body."""
    ways = _list_full_ways(arguments)
    bare = [one for one in arguments if one.place == "path"]
    return [*ways, bare] if row.facts.get("bare") else ways


def _list_full_ways(arguments: list[ArgumentRow]) -> list[list[ArgumentRow]]:
    fixed = [one for one in arguments if one.place in ("path", "query", "form")]
    fields = [one for one in arguments if one.place == "field"]
    formats = [
        one for one in arguments if one.place == "patch" and one.name not in ("comment", "environment_key")
    ]
    besides = [one for one in arguments if one.place == "patch" and one not in formats]
    whole = [one for one in arguments if one.place == "body"]
    if formats:
        by_format = [[*fixed, _needed(one), *_besides(one, besides)] for one in formats]
        return [*by_format, *([*fixed, _needed(one)] for one in whole)]
    if any(one.required for one in fields):
        return [[*fixed, *fields], [*fixed, *map(_needed, whole)]]
    return [[*fixed, *fields, *whole]]


def _besides(chosen: ArgumentRow, besides: list[ArgumentRow]) -> list[ArgumentRow]:
    return [one for one in besides if one.name == "comment" or chosen.name == "instructions"]


def _needed(one: ArgumentRow) -> ArgumentRow:
    return ArgumentRow(one.name, one.place, one.kind, one.wire, one.words, required=True)


def _parameters(table: Table, arguments: list[ArgumentRow]) -> Iterator[str]:
    if arguments:
        yield "*"
    doubled = {one.same_as for one in arguments}
    annotations = _annotations(table)
    for one in arguments:
        kind = annotations.in_query(one.kind) if one.place == "query" else annotations.given(one.kind)
        if one.place == "body":
            kind = "Mapping[str, Any] | Sequence[Any]"
        needed = one.required and one.name not in doubled
        yield f"{one.name}: {kind}" if needed else f"{one.name}: {_optional(kind)} = ..."


def _optional(kind: str) -> str:
    return kind if kind == "Any" else f"{kind} | None"


def _annotations(table: Table) -> Annotations:
    return Annotations(table, bodies="bodies.", models="models.", in_class=True)


def _quote(text: str, indent: int) -> str:
    """A docstring at this indentation."""
    lines = text.split("\n")
    if len(lines) == 1:
        return f'"""{text}"""'
    space = " " * indent
    return (
        '"""'
        + "\n".join(f"{space}{line}" if line and number else line for number, line in enumerate(lines))
        + f'\n{space}"""'
    )
