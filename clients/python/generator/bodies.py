"""Writes what bodies hold: typed dictionaries with documented names and those of the wire."""

import keyword
from collections.abc import Iterator

from generator.annotations import Annotations, list_imports, order_families
from generator.groups import NOTE
from generator.models import list_names, write_directory, write_directory_stub
from generator.table import OPEN, Member, Shape, Table, find_shape
from launch_darkly_python_sdk.kinds import parse_kind

PACKAGE = "launch_darkly_python_sdk.bodies"


def write_bodies(table: Table) -> Iterator[tuple[str, str]]:
    """Paths below the package and their texts."""
    shapes = [table.shapes[name] for name in table.reach(_list_kinds(table))]
    closed = [shape for shape in shapes if not shape.is_open]
    yield "bodies/__init__.py", write_directory("What bodies hold.", shapes)
    yield "bodies/__init__.pyi", write_directory_stub(closed, "bodies")
    for family, members in order_families(shapes).items():
        yield f"bodies/{family}.py", _module(table, family, members)


def _list_kinds(table: Table) -> Iterator[str]:
    yield from (row.kind("body") for row in table.rows)
    yield from ("[PatchOperation]", "[Instruction]")


def _shape(shape: Shape) -> str:
    """The members by their documented names, with the name on the wire and the kind."""
    lines = [
        f'    "{list_names(member)[0]}": ("{member.wire}", "{member.kind}"),' for member in shape.members
    ]
    others = [f'    "{OPEN}": ("{OPEN}", "any"),'] if shape.is_open else []
    return "\n".join([f'SHAPES["{shape.name}"] = {{', *lines, *others, "}\n"])


def _module(table: Table, family: str, shapes: list[Shape]) -> str:
    def find(kind: str) -> str:
        name = find_shape(parse_kind(kind))
        return "" if name and table.shapes[name].is_open else name

    imports = list_imports(shapes, table, find, PACKAGE)
    hidden = [f"    {line}" for line in imports]
    return "\n".join(
        [
            f'"""Bodies: {family.replace("_", " ")}.\n\n{NOTE}\n"""\n',
            "from __future__ import annotations\n",
            "from collections.abc import Mapping, Sequence",
            "from typing import TYPE_CHECKING, Any, Required, TypedDict\n",
            *(["if TYPE_CHECKING:", *hidden, ""] if hidden else []),
            "SHAPES: dict[str, dict[str, tuple[str, str]]] = {}\n",
            *(_dictionary(table, shape) for shape in shapes if not shape.is_open),
            *(_shape(shape) for shape in shapes),
        ]
    )


def _dictionary(table: Table, shape: Shape) -> str:
    """A typed dictionary with both names of each member; one of two names cannot be required."""
    members = [
        (name, _annotation(table, member, needed=member.required and len(list_names(member)) == 1))
        for member in shape.members
        for name in list_names(member)
    ]
    if any(keyword.iskeyword(member) for member, _kind in members):
        fields = ", ".join(f'"{member}": "{kind}"' for member, kind in members)
        return f'{shape.name} = TypedDict("{shape.name}", {{{fields}}}, total=False)\n'
    lines = [f"    {member}: {kind}" for member, kind in members]
    return "\n".join([f"class {shape.name}(TypedDict, total=False):", *lines, ""])


def _annotation(table: Table, member: Member, *, needed: bool) -> str:
    kind = Annotations(table).given(member.kind)
    if needed:
        return f"Required[{kind}]"
    return kind if kind == "Any" else f"{kind} | None"
