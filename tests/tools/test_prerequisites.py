"""What `make` says on a machine that lacks something: one line, with the Debian packages."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRESENT = "#!/bin/sh\nexit 0\n"
ABSENT = "#!/bin/sh\necho v18.19.0\nexit 1\n"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A search path with everything that is needed and nothing else."""
    for name in ("node", "npm", "git", "cc"):
        install(tmp_path, name, PRESENT)
    return tmp_path


def install(machine: Path, name: str, script: str) -> None:
    (machine / name).write_text(script)
    (machine / name).chmod(0o755)


def run(script: str, machine: Path, python: str = sys.executable) -> tuple[int, str]:
    command = ["/bin/sh", ROOT / "tools" / script, python]
    done = subprocess.run(
        command, env={**os.environ, "PATH": str(machine)}, capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


def test_a_machine_with_everything_passes_in_silence(machine: Path) -> None:
    assert run("prerequisites.sh", machine) == (0, "")


@pytest.mark.parametrize("name", ["npm", "git"])
def test_a_missing_command_is_named_with_its_package(machine: Path, name: str) -> None:
    (machine / name).unlink()

    assert run("prerequisites.sh", machine) == (1, f"Missing: {name} (package {name})\n")


def test_everything_that_is_missing_stands_in_one_line(tmp_path: Path) -> None:
    status, line = run("prerequisites.sh", tmp_path, python="python3")

    assert status == 1
    assert line.count("\n") == 1
    assert [package for package in ("python3", "nodejs", "npm", "git") if f"package {package}" in line] == [
        "python3",
        "nodejs",
        "npm",
        "git",
    ]


def test_an_old_node_is_named_with_its_version(machine: Path) -> None:
    install(machine, "node", ABSENT)

    expected = "Missing: Node.js 20.19 or newer, v18.19.0 is here (package nodejs)\n"
    assert run("prerequisites.sh", machine) == (1, expected)


@pytest.mark.parametrize(
    ("failing", "said"),
    [("version_info", "Python 3.11 or newer (package python3;"), ("ensurepip", "(package python3-venv)")],
)
def test_an_old_python_and_one_without_venv_are_told_apart(machine: Path, failing: str, said: str) -> None:
    install(machine, "python", f'#!/bin/sh\ncase "$*" in *{failing}*) exit 1 ;; esac\n')

    status, line = run("prerequisites.sh", machine, python="python")
    assert (status, said in line) == (1, True)


def test_a_machine_without_compiler_cannot_compile(machine: Path) -> None:
    (machine / "cc").unlink()

    assert run("compiler.sh", machine) == (1, "Missing: a C compiler (package gcc)\n")


def test_a_machine_without_headers_of_python_cannot_compile(machine: Path) -> None:
    install(machine, "python", "#!/bin/sh\necho /nowhere\n")

    status, line = run("compiler.sh", machine, python="python")
    assert (status, "package python3-dev" in line) == (1, True)
