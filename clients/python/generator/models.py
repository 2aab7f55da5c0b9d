"""Writes the classes of answers: fields for the run time, stubs for the types."""

from collections.abc import Iterator

from generator.annotations import Annotations, list_imports, order_families
from generator.groups import NOTE
from generator.names import document_member
from generator.table import Member, Shape, Table, find_shape
from launch_darkly_python_sdk.kinds import parse_kind

PACKAGE = "launch_darkly_python_sdk.models"
DIRECTORY = '''
from functools import cache
from importlib import import_module
from typing import Any

MODULES = {{
{modules}
}}


@cache
def load(name: str) -> Any:
    """The class of this name, whose module is imported when it is first needed."""
    return getattr(import_module(f"{{__name__}}.{{MODULES[name]}}"), name)


def __getattr__(name: str) -> Any:
    if name in MODULES:
        return load(name)
    raise AttributeError(f"module {{__name__}} has no attribute {{name}}")


def __dir__() -> list[str]:
    return sorted(MODULES)
'''


def write_models(table: Table) -> Iterator[tuple[str, str]]:
    """Paths below the package and their texts."""
    shapes = [table.shapes[name] for name in table.reach(row.kind("answer") for row in table.rows)]
    yield "models/__init__.py", write_directory("What the methods answer.", shapes)
    yield "models/__init__.pyi", write_directory_stub(shapes, "models")
    for family, members in order_families(shapes).items():
        yield f"models/{family}.py", _module(family, members)
        yield f"models/{family}.pyi", _stub(table, members)


def write_directory(about: str, shapes: list[Shape]) -> str:
    """A package whose names are imported when they are first used."""
    modules = "\n".join(f'    "{shape.name}": "{shape.family}",' for shape in shapes)
    return f'"""{about}\n\n{NOTE}\n"""\n' + DIRECTORY.format(modules=modules)


def write_directory_stub(shapes: list[Shape], package: str) -> str:
    """The names of the package, for type checkers."""
    families = order_families(shapes)
    lines = [
        f"from launch_darkly_python_sdk.{package}.{family} import "
        + ", ".join(f"{one.name} as {one.name}" for one in members)
        for family, members in families.items()
    ]
    ends = ["MODULES: dict[str, str]", "def load(name: str) -> Any: ..."]
    return "\n".join([f"# {NOTE}", "from typing import Any", *lines, *ends])


def _module(family: str, shapes: list[Shape]) -> str:
    classes = [_class(shape) for shape in shapes]
    head = f'"""Answers: {family.replace("_", " ")}.\n\n{NOTE}\n"""\n'
    return "\n".join([head, "from launch_darkly_python_sdk.answers import Answer\n", *classes])


def _class(shape: Shape) -> str:
    fields = [
        f'        "{name}": ("{member.wire}", "{member.kind}"),'
        for member in shape.members
        for name in list_names(member)[:1]
    ]
    return "\n".join(
        [f"class {shape.name}(Answer):", "    __slots__ = ()", "    FIELDS = {", *fields, "    }\n"]
    )


def list_names(member: Member) -> list[str]:
    """The names under which a member is read, the documented one first."""
    return list(dict.fromkeys([document_member(member.wire), member.wire]))


def _stub(table: Table, shapes: list[Shape]) -> str:
    imports = list_imports(shapes, table, lambda kind: find_shape(parse_kind(kind)), PACKAGE)
    head = [f"# {NOTE}", "from typing import Any, Literal, overload", *imports]
    return "\n".join(
        [
            *head,
            "from launch_darkly_python_sdk.answers import Answer",
            *(_class_stub(table, one) for one in shapes),
        ]
    )


def _class_stub(table: Table, shape: Shape) -> str:
    annotations = Annotations(table)
    types = {member.wire: _optional(annotations.answered(member.kind), member) for member in shape.members}
    lines = [
        f"    @property\n    def {list_names(member)[0]}(self) -> {types[member.wire]}: ..."
        for member in shape.members
    ]
    by_type: dict[str, list[str]] = {}
    for member in shape.members:
        by_type.setdefault(types[member.wire], []).extend(list_names(member))
    return "\n".join([f"class {shape.name}(Answer):", *lines, *_list_getters(by_type)])


def _list_getters(by_type: dict[str, list[str]]) -> list[str]:
    """Reading by index, for documented names alone: only so are they completed, and slips found."""
    narrower = "# type: ignore[override]"
    names = [(f"name: Literal[{', '.join(map(_quoted, names))}]", kind) for kind, names in by_type.items()]
    if len(names) == 1:
        parameter, kind = names[0]
        return [f"    def __getitem__(  {narrower}\n        self, {parameter}\n    ) -> {kind}: ..."]
    decorators = [f"    @overload  {narrower}", *["    @overload"] * (len(names) - 1)]
    return [
        f"{decorator}\n    def __getitem__(self, {parameter}) -> {kind}: ..."
        for decorator, (parameter, kind) in zip(decorators, names, strict=True)
    ]


def _optional(kind: str, member: Member) -> str:
    return kind if member.required or kind == "Any" else f"{kind} | None"


def _quoted(name: str) -> str:
    return f'"{name}"'
