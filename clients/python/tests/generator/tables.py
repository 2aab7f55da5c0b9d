"""Small tables of operations."""

from collections.abc import Mapping
from typing import Any

from generator.table import Row, Shape, Table, read_shape

WORDS = {
    "names": {
        "id": "Id.",
        "name": "Name.",
        "limit": "Limit.",
        "comment": "Why.",
        "patch": "Operations.",
        "instructions": "Steps.",
    },
    "operations": {},
}


def a_row(method: str = "get", call: str = "GET /api/v2/things/{id}", **facts: Any) -> Row:
    return Row("things", method, {"does": "Show one thing.", "call": call, "errors": [404], **facts})


def a_shape(title: str, family: str = "things", /, **members: str) -> Shape:
    return read_shape(title, family, members)


def a_table(*rows: Row, shapes: tuple[Shape, ...] = (), words: Mapping[str, Any] | None = None) -> Table:
    every = (*shapes, a_shape("PatchOperation", op="str!"), a_shape("Instruction", kind="str!"))
    named = {shape.name: shape for shape in every}
    return Table(rows, named, {"things": "Things."}, WORDS | (words or {}))
