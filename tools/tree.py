"""Which files of the repository the checks look at."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent


def list_files(root: Path) -> list[str]:
    """Name every file that is committed or could be, relative to the root, in order."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    return sorted(name for name in set(listed.split("\0")) if name and (root / name).is_file())


def read_files(root: Path, names: list[str]) -> dict[str, str]:
    """Read files as text; those that are not text are left out."""
    contents = {name: (root / name).read_bytes() for name in names}
    return {
        name: content.decode("utf-8", "replace") for name, content in contents.items() if b"\0" not in content
    }


def read_exceptions(path: Path) -> dict[str, str]:
    """Read an exception list: a name and its figure or reason on each line, `#` opens a comment."""
    lines = (line.partition("#")[0].split(maxsplit=1) for line in path.read_text().splitlines())
    return {words[0]: words[1].strip() if len(words) > 1 else "" for words in lines if words}


def report(problems: list[str]) -> int:
    """Print the problems of a check and give its exit status."""
    for problem in problems:
        print(problem)
    return 1 if problems else 0
