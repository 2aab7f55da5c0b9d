"""Importing the client is quick, because httpx and the groups are imported when they are needed."""

import subprocess
import sys

HEAVY = (
    "httpx",
    "asyncio",
    "ssl",
    "launch_darkly_python_sdk.groups.tags",
    "launch_darkly_python_sdk.models.tags",
)
PROGRAM = f"""
import sys
from launch_darkly_python_sdk import ApiException, LaunchDarkly
client = LaunchDarkly("token")
loaded = [name for name in {HEAVY!r} if name in sys.modules]
assert loaded == [], loaded
assert client.tags is client.tags
assert "launch_darkly_python_sdk.groups.tags" in sys.modules
assert "launch_darkly_python_sdk.groups.teams" not in sys.modules
assert client.tags.list.__doc__.startswith("List the tags")
assert "httpx" not in sys.modules
"""


def test_httpx_and_groups_are_imported_when_they_are_needed() -> None:
    subprocess.run([sys.executable, "-c", PROGRAM], check=True, env={"PYTHONPATH": ":".join(sys.path)})
