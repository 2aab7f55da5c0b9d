"""Kinds as Python annotations, for values that are given and for those that are answered."""

from collections.abc import Callable
from dataclasses import dataclass

from generator.table import Shape, Table
from launch_darkly_python_sdk.kinds import Kind, parse_kind

GIVEN = {
    "str": "str", "int": "int", "millis": "int", "float": "float", "bool": "bool", "any": "Any",
    "time": "datetime | int | str", "file": "str | PathLike[str] | bytes | BinaryIO",
}  # fmt: skip


@dataclass(frozen=True)
class Annotations:
    """`in_class` says that names of methods, such as `list`, hide those of Python."""

    table: Table
    bodies: str = ""
    models: str = ""
    in_class: bool = False

    def given(self, kind: str) -> str:
        """What may be given as a value of this kind."""
        return self._given(parse_kind(kind))

    def in_query(self, kind: str) -> str:
        """The same for parameters of the query, where a list of texts may also be a single one."""
        return f"str | {self.given(kind)}" if parse_kind(kind).name == "list" else self.given(kind)

    def answered(self, kind: str) -> str:
        """What an answer of this kind is; empty is None."""
        return self._answered(parse_kind(kind)) if kind else "None"

    def _given(self, kind: Kind) -> str:
        if kind.name == "list" and kind.of:
            return f"Sequence[{self._given(kind.of)}]"
        if kind.name == "map" and kind.of:
            return f"Mapping[str, {self._given(kind.of)}]"
        if kind.name == "shape":
            return "Mapping[str, Any]" if self.table.shapes[kind.shape].is_open else self.bodies + kind.shape
        return GIVEN[kind.name]

    def _answered(self, kind: Kind) -> str:
        if kind.name == "list" and kind.of:
            return f"{'builtins.' if self.in_class else ''}list[{self._answered(kind.of)}]"
        if kind.name == "map" and kind.of:
            return f"dict[str, {self._answered(kind.of)}]"
        return self.models + kind.shape if kind.name == "shape" else GIVEN[kind.name]


def order_families(shapes: list[Shape]) -> dict[str, list[Shape]]:
    """Shapes by the file they stand in."""
    families: dict[str, list[Shape]] = {}
    for shape in shapes:
        families.setdefault(shape.family, []).append(shape)
    return families


def list_imports(shapes: list[Shape], table: Table, find: Callable[[str], str], package: str) -> list[str]:
    """Import lines for the shapes of other families that these refer to; `find` gives a kind's shape."""
    family = shapes[0].family
    names = {find(member.kind) for shape in shapes for member in shape.members} - {""}
    foreign: dict[str, list[str]] = {}
    for name in sorted(names):
        if table.shapes[name].family != family:
            foreign.setdefault(table.shapes[name].family, []).append(name)
    return [f"from {package}.{other} import {', '.join(used)}" for other, used in sorted(foreign.items())]
