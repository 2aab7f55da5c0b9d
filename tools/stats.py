"""Prints how much code an operation takes in each slice, and how long files and functions are."""

import ast
import statistics
from pathlib import PurePosixPath

from tools.sizes import Size, measure_file, measure_functions
from tools.tree import ROOT, list_files, read_files

FEATURES = "src/flagstaff/features/"
BUDGET = 70


def count_operations(text: str) -> int:
    """Count the operation rows of a module."""
    calls = (node.func for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return sum(1 for called in calls if isinstance(called, ast.Name) and called.id == "Operation")


def sum_slices(texts: dict[str, str]) -> dict[str, tuple[int, int]]:
    """Sum lines and operations of each slice."""
    sums: dict[str, tuple[int, int]] = {}
    for name, text in texts.items():
        parts = PurePosixPath(name.removeprefix(FEATURES)).parts
        if name.startswith(FEATURES) and len(parts) > 1:
            lines, operations = sums.get(parts[0], (0, 0))
            sums[parts[0]] = lines + len(text.splitlines()), operations + count_operations(text)
    return sums


def describe_slices(sums: dict[str, tuple[int, int]]) -> list[str]:
    total = sum(lines for lines, _ in sums.values()), sum(rows for _, rows in sums.values())
    table = [*sorted(sums.items()), ("all", total)]
    return [
        f"{'slice':<16}{'lines':>8}{'operations':>12}{'lines each':>12}",
        *(
            f"{name:<16}{lines:>8}{rows:>12}{lines / rows if rows else 0:>12.0f}"
            for name, (lines, rows) in table
        ),
        f"budget: {BUDGET} lines for each operation",
    ]


def describe_sizes(what: str, sizes: list[Size]) -> str:
    """Describe a distribution of lengths in one line."""
    if not sizes:
        return f"{what}: none"
    lines = sorted(size.lines for size in sizes)
    longest = max(sizes, key=lambda size: size.lines)
    return (
        f"{what}: {len(lines)}, median {statistics.median(lines):.0f},"
        f" nine in ten up to {lines[(len(lines) * 9 - 1) // 10]}, longest {longest.lines} ({longest.name})"
    )


def main() -> None:
    names = [name for name in list_files(ROOT) if name.endswith(".py")]
    texts = read_files(ROOT, names)
    source = {name: text for name, text in texts.items() if name.startswith("src/")}
    tests = {name: text for name, text in texts.items() if name.startswith("tests/")}
    print("\n".join(describe_slices(sum_slices(texts))))
    print(describe_sizes("source files", [measure_file(*item) for item in source.items()]))
    print(describe_sizes("functions", [size for item in source.items() for size in measure_functions(*item)]))
    print(describe_sizes("test files", [measure_file(*item) for item in tests.items()]))


if __name__ == "__main__":
    main()
