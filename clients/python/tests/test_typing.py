"""Type checkers find nothing wrong with right uses, and every mistake in wrong ones."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CLIENT = Path(__file__).parent.parent
PROGRAMS = Path(__file__).parent / "typing"
PYRIGHT = CLIENT / "node_modules" / ".bin" / "pyright"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of somebody else with the two programs in it."""
    for name in ("uses.py", "misuses.py"):
        shutil.copy(PROGRAMS / name, tmp_path / name)
    settings = {
        "extraPaths": [str(CLIENT / "src"), *sys.path[1:]],
        "typeCheckingMode": "strict",
        "reportUnknownMemberType": "warning",  # which repeats what is not there at all
        "pythonVersion": "3.11",
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    return tmp_path


def wrong_lines(project: Path) -> set[int]:
    lines = (project / "misuses.py").read_text().splitlines()
    return {number for number, line in enumerate(lines, 1) if line.endswith("# wrong")}


def test_mypy_finds_the_mistakes_and_nothing_else(project: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        "--no-error-summary",
        "--hide-error-context",
    ]
    environment = {**os.environ, "MYPYPATH": str(CLIENT / "src")}
    done = subprocess.run(
        [*command, "--cache-dir", str(CLIENT / ".mypy_cache"), "uses.py", "misuses.py"],
        cwd=project, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    errors = [line.split(":")[:2] for line in done.stdout.splitlines() if ": error:" in line]
    assert [line for name, line in errors if name != "misuses.py"] == [], done.stdout
    assert {int(line) for _name, line in errors} == wrong_lines(project), done.stdout


def test_pyright_finds_the_mistakes_and_nothing_else(project: Path) -> None:
    assert PYRIGHT.exists(), "`make setup` installs pyright"
    command = [str(PYRIGHT), "--project", str(project), "--pythonpath", sys.executable, "--outputjson"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    found = [one for one in json.loads(done.stdout)["generalDiagnostics"] if one["severity"] == "error"]
    errors = {(Path(one["file"]).name, one["range"]["start"]["line"] + 1) for one in found}
    assert errors == {("misuses.py", line) for line in wrong_lines(project)}, done.stdout
