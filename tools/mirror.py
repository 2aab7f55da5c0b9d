"""Keeps the tests a mirror of the source: src/flagstaff/a/b.py is tested by tests/a/test_b.py.

The Python client has tests of its own beside it, which mirror its package and its generator.
"""

import ast
import sys
from pathlib import PurePosixPath

from tools.tree import ROOT, list_files, read_exceptions, read_files, report

EXCEPTIONS = "tools/mirror-exceptions.txt"
CLIENT = "clients/python/"
SOURCES = {
    "src/flagstaff/": "tests/",
    "tools/": "tests/tools/",
    f"{CLIENT}src/launch_darkly_python_sdk/": f"{CLIENT}tests/",
    f"{CLIENT}generator/": f"{CLIENT}tests/generator/",
}
GENERATED = tuple(f"{CLIENT}src/launch_darkly_python_sdk/{name}/" for name in ("groups", "models", "bodies"))
WITHOUT_TESTS = ("src/flagstaff/storage/migrations/", *GENERATED)


def name_test(module: str) -> str | None:
    """Name the test file of a source file, None for one that needs none."""
    if not module.endswith(".py") or module.startswith(WITHOUT_TESTS):
        return None
    for source, tests in SOURCES.items():
        if module.startswith(source):
            path = PurePosixPath(module.removeprefix(source))
            return str(PurePosixPath(tests) / path.parent / f"test_{path.stem.strip('_')}.py")
    return None


def has_logic(text: str) -> bool:
    """Tell whether a module has a function that does something; shapes and tables alone need no test."""
    functions = (
        node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return any(not is_empty(statement) for function in functions for statement in function.body)


def is_empty(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def find_problems(texts: dict[str, str], names: set[str], exceptions: dict[str, str]) -> list[str]:
    """Name the modules without a test, and the exceptions that excuse nothing or give no reason."""
    missing = {
        module: test
        for module, text in texts.items()
        if (test := name_test(module)) is not None and test not in names and has_logic(text)
    }
    return [
        *(f"{module}: no {test}" for module, test in missing.items() if module not in exceptions),
        *(f"{EXCEPTIONS}: {module} needs no line any more" for module in exceptions if module not in missing),
        *(f"{EXCEPTIONS}: {module} has no reason" for module, reason in exceptions.items() if not reason),
    ]


def main() -> int:
    names = list_files(ROOT)
    texts = read_files(ROOT, [name for name in names if name_test(name)])
    return report(find_problems(texts, set(names), read_exceptions(ROOT / EXCEPTIONS)))


if __name__ == "__main__":
    sys.exit(main())
