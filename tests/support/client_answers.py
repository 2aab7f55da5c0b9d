"""Whether answers are what the Python client says of them to editors and type checkers."""

import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any

from launch_darkly_python_sdk.kinds import Kind, parse_kind

SHAPES: dict[str, dict[str, str]] = {
    name: members
    for file in (resources.files("launch_darkly_python_sdk") / "table" / "shapes").iterdir()
    for name, members in tomllib.loads(file.read_text(encoding="utf-8")).items()
}
OPEN = "*"  # the shape has members besides those that it names
TYPES: dict[str, type | tuple[type, ...]] = {
    "str": str, "int": int, "millis": int, "float": (int, float), "bool": bool,
}  # fmt: skip


def find_slips(kind: Kind, value: Any, where: str = "answer") -> Iterator[str]:
    """Name members of a JSON value that the client does not know, lacks, or says to be of another kind."""
    if kind.name == "any":
        return
    if kind.name == "list" and kind.of and isinstance(value, list):
        for index, item in enumerate(value):
            yield from find_slips(kind.of, item, f"{where}[{index}]")
    elif kind.name == "map" and kind.of and isinstance(value, dict):
        for key, item in value.items():
            yield from find_slips(kind.of, item, f"{where}[{key!r}]")
    elif kind.name == "shape" and isinstance(value, dict):
        yield from _find_in_members(kind.shape, value, where)
    elif not _fits(kind, value):
        yield f"{where}: {value!r} is no {kind.shape or kind.name}"


def _find_in_members(shape: str, value: dict[str, Any], where: str) -> Iterator[str]:
    members = SHAPES[shape]
    for wire, text in members.items():
        if wire == OPEN:
            continue
        kind = parse_kind(text.removesuffix("!"))
        if value.get(wire) is not None:
            yield from find_slips(kind, value[wire], f"{where}.{wire}")
        elif text.endswith("!") and not (kind.name == "any" and wire in value):
            yield f"{where}.{wire}: missing, although {shape} always has it"
    if OPEN not in members:
        yield from (f"{where}.{wire}: {shape} does not have it" for wire in value.keys() - members.keys())


def _fits(kind: Kind, value: Any) -> bool:
    is_number = kind.name in {"int", "millis", "float"}
    return isinstance(value, TYPES.get(kind.name, ())) and not (is_number and isinstance(value, bool))
