"""Keeps the documentation whole: every setting, command and instruction kind is named in it."""

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from types import ModuleType

from typer.core import TyperGroup
from typer.main import get_group

import flagstaff
from flagstaff import cli, config
from flagstaff.kernel.instructions import Vocabulary
from tools.tree import ROOT, list_files, read_files, report

MIGRATIONS = "flagstaff.storage.migrations"  # run by Alembic, not to be imported by others


def list_settings() -> list[str]:
    return [setting.name for setting in config.SETTINGS]


def list_commands(group: TyperGroup, path: str) -> Iterator[str]:
    """Name the commands of a group, and of the groups in it, as an operator types them."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from list_commands(command, f"{path} {name}")
        elif not command.hidden:
            yield f"{path} {name}"


def import_modules(package: ModuleType) -> list[ModuleType]:
    """Import every module below a package."""
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    names = [module.name for module in found if not module.name.startswith(MIGRATIONS)]
    return [importlib.import_module(name) for name in names]


def list_kinds(modules: list[ModuleType]) -> list[str]:
    """Name the instruction kinds that a caller may send, of every vocabulary that the modules hold."""
    values = (value for module in modules for value in vars(module).values())
    vocabularies = [value for value in values if isinstance(value, Vocabulary)]
    kinds = (kind for vocabulary in vocabularies for kind in vocabulary.kinds.values())
    return sorted({kind.kind for kind in kinds if not kind.internal})


def find_missing(what: str, names: list[str], documents: str) -> list[str]:
    """Say which names no document has as whole words."""
    return [
        f"no document names the {what} {name}"
        for name in names
        if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", documents)
    ]


def main() -> int:
    names = [name for name in list_files(ROOT) if name == "README.md" or name.startswith("docs/")]
    documents = "\n".join(read_files(ROOT, names).values())
    commands = list(list_commands(get_group(cli.app), "flagstaff"))
    return report(
        [
            *find_missing("setting", list_settings(), documents),
            *find_missing("command", commands, documents),
            *find_missing("instruction kind", list_kinds(import_modules(flagstaff)), documents),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
