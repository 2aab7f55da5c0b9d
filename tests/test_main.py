"""How the program starts: what it leaves out, and what it leaves as it was."""

import subprocess
import sys
from importlib.metadata import version

PROGRAM = """
import gc, sys
from flagstaff.__main__ import load_commands
load_commands()
print([name for name in sys.modules if name.split(".")[0] in {"alembic", "attr", "numpy", "pygments"}])
print([name for name in sys.modules if name.startswith("rich.")], gc.isenabled())
"""


def test_a_start_imports_nothing_that_only_paints_text_and_leaves_the_collector_on() -> None:
    assert run("-c", PROGRAM) == "[]\n[] True\n"


def test_the_package_is_the_program() -> None:
    assert run("-m", "flagstaff", "version") == f"{version('flagstaff')}\n"


def run(*words: str) -> str:
    return subprocess.run([sys.executable, *words], check=True, capture_output=True, text=True).stdout
