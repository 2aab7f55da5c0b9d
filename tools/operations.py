"""Writes what is made from the operation rows: docs/operations.txt, and the table in README.md.

Beside them the actions of each type of resource, which the console offers where a policy is written.

`--check` says instead whether they are up to date.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from flagstaff.access.actions import RESOURCE_TYPES
from flagstaff.features.flags import listing
from flagstaff.http.operations import Operation
from flagstaff.rows import OPERATIONS
from tools import status
from tools.tree import ROOT, report

FILE = "docs/operations.txt"
ACTIONS = "console/src/format/actions.ts"
ACTIONS_HEADER = """// The actions of each type of resource, by its path. Written by `make operations`.

export const ACTIONS: Record<string, readonly string[]> = {
"""
HEADER = (
    "# Every operation: id, method, path, permission action, marks, group and method of client libraries.\n"
)


def describe_row(row: Operation) -> str:
    """One line; words within a column are joined by dashes, `-` alone is an empty column."""
    marks = [name for name, given in (("beta", row.beta), ("open", row.open), ("reads", row.reads)) if given]
    columns = (
        row.id,
        row.method,
        row.path,
        "-" if row.open else row.action.replace(" ", "-"),
        ",".join(marks) or "-",
        ".".join(row.sdk),
    )
    return " ".join(columns)


def describe_rows(rows: Iterable[Operation]) -> str:
    """The whole file, in the order of paths."""
    ordered = sorted(rows, key=lambda row: (row.path, row.method))
    return HEADER + "".join(f"{describe_row(row)}\n" for row in ordered)


def describe_actions() -> str:
    """The module of the console: one line for each type of resource."""
    lines = (f"  '{path}': {sorted(row.actions)},\n" for path, row in sorted(RESOURCE_TYPES.items()))
    return f"{ACTIONS_HEADER}{''.join(lines)}}};\n"


def make_files(root: Path) -> dict[str, str]:
    """The text that belongs into each file that is made from the rows."""
    table = status.describe(OPERATIONS, {"flags": listing.WAITING})
    readme = (root / status.FILE).read_text()
    return {
        FILE: describe_rows(OPERATIONS),
        ACTIONS: describe_actions(),
        status.FILE: status.replace_table(readme, table),
    }


def find_differences(root: Path, files: dict[str, str]) -> list[str]:
    """Name the files whose text is not the one that belongs there."""
    return [
        f"{name} is not up to date: make operations"
        for name, text in files.items()
        if not (root / name).exists() or (root / name).read_text() != text
    ]


def main(arguments: list[str]) -> int:
    files = make_files(ROOT)
    if "--check" in arguments:
        return report(find_differences(ROOT, files))
    for name, text in files.items():
        (ROOT / name).write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
