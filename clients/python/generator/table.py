"""The table of operations, read and checked: what is generated follows from nothing else."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launch_darkly_python_sdk.kinds import PLAIN, Kind, parse_kind

FOLDER = Path(__file__).parent.parent / "src" / "launch_darkly_python_sdk" / "table"
ROW_KEYS = frozenset(
    {
        "does", "call", "query", "form", "body", "patch", "environment", "answer", "pages", "reads", "beta",
        "errors", "sent_in_body", "sent_in_query", "bare",
    }
)  # fmt: skip
OPEN = "*"  # stands for members of an object that the table does not name


@dataclass(frozen=True)
class Member:
    """A member of an object: its name on the wire, its kind, and whether it is always there."""

    wire: str
    kind: str
    required: bool


@dataclass(frozen=True)
class Shape:
    """An object with documented members; `family` is the file it stands in."""

    name: str
    family: str
    members: tuple[Member, ...]
    is_open: bool


@dataclass(frozen=True)
class Row:
    """One operation; `facts` are its line of the table."""

    group: str
    method: str
    facts: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.group}.{self.method}"

    @property
    def http(self) -> str:
        return str(self.facts["call"]).partition(" ")[0]

    @property
    def path(self) -> str:
        return str(self.facts["call"]).partition(" ")[2]

    @property
    def path_names(self) -> list[str]:
        return re.findall(r"\{(\w+)\}", self.path)

    def members(self, place: str) -> list[Member]:
        """The parameters of the query, or the parts of the form."""
        return [read_member(wire, kind) for wire, kind in self.facts.get(place, {}).items()]

    def kind(self, place: str) -> str:
        """The kind of the body or the answer, empty if there is none."""
        return str(self.facts.get(place, ""))


@dataclass(frozen=True)
class Table:
    """`about` describes each group; `words` what arguments mean."""

    rows: tuple[Row, ...]
    shapes: Mapping[str, Shape]
    about: Mapping[str, str]
    words: Mapping[str, Mapping[str, Any]]

    def group(self, name: str) -> list[Row]:
        return [row for row in self.rows if row.group == name]

    def reach(self, kinds: Iterator[str]) -> list[str]:
        """The names of all shapes within these kinds, at any depth, in the order of the table."""
        found: set[str] = set()
        waiting = [parse_kind(kind) for kind in kinds if kind]
        while waiting:
            shape = find_shape(waiting.pop())
            if shape and shape not in found:
                found.add(shape)
                waiting += [parse_kind(member.kind) for member in self.shapes[shape].members]
        return [name for name in self.shapes if name in found]


def find_shape(kind: Kind) -> str:
    """The shape that a kind is about, empty if it is about none."""
    while kind.of is not None:
        kind = kind.of
    return kind.shape


def read_member(wire: str, text: str) -> Member:
    """A kind with `!` at its end is required."""
    return Member(wire, text.removesuffix("!"), required=text.endswith("!"))


def read_table(folder: Path = FOLDER) -> Table:
    """Read all files of the table; raises ValueError for what does not fit together."""
    groups = {path.stem: _load(path) for path in sorted((folder / "operations").glob("*.toml"))}
    shapes = {
        name: read_shape(name, path.stem, members)
        for path in sorted((folder / "shapes").glob("*.toml"))
        for name, members in _load(path).items()
    }
    table = Table(
        rows=tuple(Row(group, name, facts) for group, rows in groups.items() for name, facts in _rows(rows)),
        shapes=shapes,
        about={group: rows["about"] for group, rows in groups.items()},
        words=_load(folder / "words.toml"),
    )
    if problems := list(find_problems(table)):
        raise ValueError("\n".join(problems))
    return table


def read_shape(name: str, family: str, members: Mapping[str, str]) -> Shape:
    fields = tuple(read_member(wire, kind) for wire, kind in members.items() if wire != OPEN)
    return Shape(name, family, fields, is_open=OPEN in members)


def find_problems(table: Table) -> Iterator[str]:
    """Name unknown keys of rows and kinds that are neither plain nor a shape."""
    for row in table.rows:
        for key in row.facts.keys() - ROW_KEYS:
            yield f"{row.name}: {key} is not known"
        kinds = [member.kind for place in ("query", "form") for member in row.members(place)]
        yield from _unknown_kinds(table, row.name, [*kinds, row.kind("body"), row.kind("answer")])
    for shape in table.shapes.values():
        yield from _unknown_kinds(table, shape.name, [member.kind for member in shape.members])


def _unknown_kinds(table: Table, where: str, kinds: list[str]) -> Iterator[str]:
    for kind in filter(None, kinds):
        shape = find_shape(parse_kind(kind))
        if shape and shape not in table.shapes and shape not in PLAIN:
            yield f"{where}: no shape {shape}"


def _rows(rows: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((name, facts) for name, facts in rows.items() if name != "about")


def _load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
