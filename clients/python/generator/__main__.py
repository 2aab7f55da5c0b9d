"""`python -m generator` writes all that follows from the table; `--check` says whether it is up to date."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.bodies import write_bodies
from generator.groups import write_groups
from generator.models import write_models
from generator.pages import write_pages
from generator.stubs import write_stubs
from generator.table import Table, read_table

CLIENT = Path(__file__).parent.parent
PACKAGE = CLIENT / "src" / "launch_darkly_python_sdk"
PAGES = CLIENT.parent.parent / "docs" / "client"
FOLDERS = ("groups", "models", "bodies")


def write_all(table: Table) -> Iterator[tuple[Path, str]]:
    """Every generated file, with its text before formatting."""
    for writer in (write_groups, write_stubs, write_models, write_bodies):
        for name, text in writer(table):
            yield PACKAGE / name, text
    for name, text in write_pages(table):
        yield PAGES / name, text


def format_all(files: dict[Path, str]) -> dict[Path, str]:
    """The texts as the formatter leaves them, in one run for all."""
    python = {path: text for path, text in files.items() if path.suffix != ".md"}
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(CLIENT / "ruff-generated.toml", folder / "ruff.toml")
        places = {path: folder / path.relative_to(PACKAGE) for path in python}
        for path, place in places.items():
            place.parent.mkdir(exist_ok=True)
            place.write_text(python[path], encoding="utf-8")
        for command in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
            subprocess.run([sys.executable, "-m", "ruff", *command, "--no-cache", name], check=True)
        return files | {path: place.read_text(encoding="utf-8") for path, place in places.items()}


def list_present() -> set[Path]:
    """The generated files that are there."""
    folders = [*(PACKAGE / folder for folder in FOLDERS), PAGES, PAGES / "shapes"]
    return {
        path for folder in folders for path in folder.glob("*.*") if path.suffix in (".py", ".pyi", ".md")
    }


def main(arguments: list[str]) -> int:
    files = format_all(dict(write_all(read_table())))
    stale = {
        path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    }
    odd = list_present() - files.keys()
    if "--check" in arguments:
        for path in sorted(stale | odd):
            print(f"{path.relative_to(CLIENT.parent.parent)} is not up to date: make client")
        return 1 if stale | odd else 0
    for path in odd:
        path.unlink()
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
