"""Writes the pages of shapes: the members of every object that is given or answered."""

from collections.abc import Iterator

from generator.annotations import order_families
from generator.names import document_member
from generator.table import Member, Shape, Table, find_shape
from generator.wording import describe_kind
from launch_darkly_python_sdk.kinds import parse_kind

FOLDER = "shapes"


def write_shapes(table: Table, note: str) -> Iterator[tuple[str, str]]:
    """Paths below the folder of pages and their texts, one for each family; each begins with `note`."""
    for family, shapes in order_families(list(table.shapes.values())).items():
        parts = [note, "", f"# Shapes: {family.replace('_', ' ')}", ""]
        sections = [line for shape in shapes for line in _section(table, shape)]
        yield f"{FOLDER}/{family}.md", "\n".join([*parts, *sections])


def link_kind(table: Table, kind: str, *, folder: str = f"{FOLDER}/") -> str:
    """A kind in words, with a link to the shape in it, seen from a page above `folder`."""
    parsed = parse_kind(kind)
    name = find_shape(parsed)
    words = describe_kind(parsed)
    if not name:
        return words
    return words.replace(name, f"[`{name}`]({folder}{table.shapes[name].family}.md#{name.lower()})")


def _section(table: Table, shape: Shape) -> Iterator[str]:
    yield from (f"## {shape.name}", "", "| member | on the wire | | |", "|---|---|---|---|")
    yield from (_member(table, one) for one in shape.members)
    if shape.is_open:
        yield "| | | any JSON | further members, under any names |"
    yield ""


def _member(table: Table, member: Member) -> str:
    kind = link_kind(table, member.kind, folder="")
    always = "always there" if member.required else ""
    return f"| `{document_member(member.wire)}` | `{member.wire}` | {kind} | {always} |"
