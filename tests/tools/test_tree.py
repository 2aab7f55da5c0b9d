"""Which files the checks see."""

import subprocess
from pathlib import Path

import pytest

from tools.tree import list_files, read_exceptions, read_files, report


@pytest.fixture
def root(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("*.log\n")
    (tmp_path / "new.py").write_text("a = 1\n")
    (tmp_path / "gone.py").write_text("b = 2\n")
    (tmp_path / "noise.log").write_text("c\n")
    (tmp_path / "image.png").write_bytes(b"\x89PNG\0")
    subprocess.run(["git", "add", "gone.py", ".gitignore"], cwd=tmp_path, check=True)
    (tmp_path / "gone.py").unlink()
    return tmp_path


def test_new_files_are_seen_and_ignored_and_deleted_ones_are_not(root: Path) -> None:
    assert list_files(root) == [".gitignore", "image.png", "new.py"]


def test_what_is_not_text_is_left_out(root: Path) -> None:
    assert read_files(root, ["image.png", "new.py"]) == {"new.py": "a = 1\n"}


def test_an_exception_is_a_name_and_what_is_said_of_it(tmp_path: Path) -> None:
    path = tmp_path / "exceptions.txt"
    path.write_text("# a list\n\na.py 520\nb.py tried by the tests of c  # and d\nc.py\n")

    assert read_exceptions(path) == {"a.py": "520", "b.py": "tried by the tests of c", "c.py": ""}


def test_a_check_with_problems_prints_them_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(["first", "second"]) == 1
    assert capsys.readouterr().out == "first\nsecond\n"
    assert report([]) == 0
