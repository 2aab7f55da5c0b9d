"""Keeps files and functions short: hard limits, a share of long ones, and exceptions that only shrink."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from tools.tree import ROOT, list_files, read_exceptions, read_files, report

EXCEPTIONS = "tools/sizes-exceptions.txt"
CODE = (".py", ".js", ".mjs", ".ts", ".tsx")
GENERATED = ("console/src/api/schema.d.ts",)

AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Limit:
    """No longer than `hard`, and nine in ten no longer than `usual`."""

    what: str
    usual: int
    hard: int


FILES = Limit("file", 300, 500)
REACT_FILES = Limit("React file", 150, 250)
FUNCTIONS = Limit("function", 25, 60)


@dataclass(frozen=True)
class Size:
    """The lines of a file (`path`) or of a function (`path::Class.name`)."""

    name: str
    lines: int


def measure_file(name: str, text: str) -> Size:
    return Size(name, len(text.splitlines()))


def measure_functions(name: str, text: str) -> list[Size]:
    """Measure each function of a Python file; its docstring and decorators do not count."""
    found = walk_functions(ast.parse(text), "")
    return [Size(f"{name}::{qualified}", count_lines(function)) for qualified, function in found]


def walk_functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, AnyFunction]]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from walk_functions(child, prefix)
            continue
        if not isinstance(child, ast.ClassDef):
            yield prefix + child.name, child
        yield from walk_functions(child, f"{prefix}{child.name}.")


def count_lines(function: AnyFunction) -> int:
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function, clean=False) is None:
        return lines
    docstring = function.body[0]
    return lines - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def check_hard_limit(sizes: list[Size], limit: Limit, exceptions: dict[str, str]) -> list[str]:
    """Name what is over the hard limit, unless it is listed with exactly its length."""
    return [
        f"{size.name}: a {limit.what} of {size.lines} lines, the limit is {allowed}"
        for size in sizes
        if size.lines > (allowed := max(limit.hard, int(exceptions.get(size.name, 0))))
    ]


def check_share(sizes: list[Size], limit: Limit) -> list[str]:
    """Refuse more than one in ten over the usual length."""
    long = sorted((size for size in sizes if size.lines > limit.usual), key=lambda size: -size.lines)
    if len(long) * 10 <= len(sizes):
        return []
    names = ", ".join(f"{size.name} ({size.lines})" for size in long)
    return [
        f"{len(long)} of {len(sizes)} {limit.what}s are over {limit.usual} lines, one in ten may be: {names}"
    ]


def check_exceptions(sizes: list[Size], exceptions: dict[str, str]) -> list[str]:
    """Refuse exceptions that are longer than what they excuse, or excuse nothing."""
    lines = {size.name: size.lines for size in sizes}
    return [
        f"{EXCEPTIONS}: {name} has {lines.get(name, 0)} lines, not {figure}: lower it or remove the line"
        for name, figure in exceptions.items()
        if lines.get(name, 0) < int(figure) or int(figure) <= (FUNCTIONS if "::" in name else FILES).hard
    ]


def find_problems(texts: dict[str, str], exceptions: dict[str, str]) -> list[str]:
    """Check all files, and the functions of everything but the tests."""
    files = [
        measure_file(name, text)
        for name, text in texts.items()
        if name.endswith(CODE) and name not in GENERATED
    ]
    react = [size for size in files if size.name.endswith(".tsx")]
    ours = [size for size in files if not size.name.startswith("tests/")]
    python = [size.name for size in ours if size.name.endswith(".py")]
    functions = [size for name in python for size in measure_functions(name, texts[name])]
    return [
        *check_hard_limit(files, FILES, exceptions),
        *check_hard_limit(react, REACT_FILES, exceptions),
        *check_hard_limit(functions, FUNCTIONS, exceptions),
        *check_share(ours, FILES),
        *check_share(react, REACT_FILES),
        *check_share(functions, FUNCTIONS),
        *check_exceptions(files + functions, exceptions),
    ]


def main() -> int:
    names = [name for name in list_files(ROOT) if name.endswith(CODE)]
    return report(find_problems(read_files(ROOT, names), read_exceptions(ROOT / EXCEPTIONS)))


if __name__ == "__main__":
    sys.exit(main())
