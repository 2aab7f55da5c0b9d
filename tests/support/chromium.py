"""Where Chromium is, for tests that open pages."""

import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@cache
def find_chromium() -> str:
    """Where it is; without one the test is skipped, and says what is missing."""
    command = ["sh", str(ROOT / "tools/chromium.sh")]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    if found.returncode != 0:
        pytest.skip(found.stderr.strip().splitlines()[-1])
    return found.stdout.strip()
