"""Keeps words out: empty names, marks of unfinished work, databases outside storage, hosts and paths."""

import ast
import re
import sys
from dataclasses import dataclass
from pathlib import PurePosixPath

from tools.tree import ROOT, list_files, read_files, report

EMPTY_WORDS = {"manager", "helper", "helpers", "util", "utils", "common", "base", "impl"}
PRODUCT_WORDS = ("base_url", "base_uri")  # names of settings, ours and those of SDKs
SAMPLES = {"tools/words.py", "tests/tools/test_words.py"}
REGISTRIES = {  # the last part of each name, and what may stand before it; no file may name one whole
    "org": ("pypi", "pythonhosted", "npmjs"),
    "com": ("npmjs", "yarnpkg"),
    "io": ("crates",),
    "debian.org": ("deb", "security", "ftp"),
}


@dataclass(frozen=True)
class Rule:
    """A pattern that must not stand in files whose path matches `where` and not `but`."""

    why: str
    pattern: re.Pattern[str]
    where: re.Pattern[str] = re.compile("")
    but: re.Pattern[str] = re.compile(r"(?!)")


REGISTRY = Rule(
    "the host of a package registry",
    re.compile(
        "|".join(
            rf"(?<![\w-])(?:{'|'.join(names)})\.{re.escape(last)}(?![\w-])"
            for last, names in REGISTRIES.items()
        )
    ),
)
RULES = (
    REGISTRY,
    Rule("unfinished work", re.compile(r"\b(TODO|FIXME|XXX)\b")),
    Rule(
        "a database is named outside storage",
        re.compile(r"sqlite|postgres(ql)?", re.IGNORECASE),
        where=re.compile(r"^src/flagstaff/"),
        but=re.compile(r"^src/flagstaff/(storage/|config\.py|cli\.py|cli/)"),
    ),
    Rule("a path of one machine", re.compile(r"(?<![\w.])/(root|work|home/\w+|Users/\w+|opt/wheels)/")),
)


def find_words(name: str, text: str) -> list[str]:
    """Check the text of one file, line by line, against the rules that hold for its path."""
    held = (REGISTRY,) if name in SAMPLES else RULES
    rules = [rule for rule in held if rule.where.search(name) and not rule.but.search(name)]
    return [
        f"{name}:{number}: {rule.why}: {found.group()}"
        for number, line in enumerate(text.splitlines(), 1)
        for rule in rules
        if (found := rule.pattern.search(line))
    ]


def find_names(name: str, text: str) -> list[str]:
    """Check the names of a Python file, of its classes and, outside tests, of its functions."""
    problems = [
        f"{name}:{node.lineno}: says nothing: {node.name}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and is_empty(node.name)
        and (isinstance(node, ast.ClassDef) or not name.startswith("tests/"))
    ]
    parts = PurePosixPath(name).with_suffix("").parts
    return [f"{name}: says nothing: {part}" for part in parts if is_empty(part)] + problems


def is_empty(name: str) -> bool:
    """Tell whether one of the words that make up a name is an empty one."""
    for words in PRODUCT_WORDS:
        name = name.replace(words, "")
    return any(
        word.lower() in EMPTY_WORDS for word in re.findall(r"[A-Z0-9]+(?![a-z])|[A-Z]?[a-z0-9]+", name)
    )


def find_problems(texts: dict[str, str]) -> list[str]:
    python = {name: text for name, text in texts.items() if name.endswith(".py") and name not in SAMPLES}
    return [
        *(problem for name, text in texts.items() for problem in find_words(name, text)),
        *(problem for name, text in python.items() for problem in find_names(name, text)),
    ]


def main() -> int:
    return report(find_problems(read_files(ROOT, list_files(ROOT))))


if __name__ == "__main__":
    sys.exit(main())
