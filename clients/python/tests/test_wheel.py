"""What `pip install` installs."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from launch_darkly_python_sdk import __version__

CLIENT = Path(__file__).parent.parent
NEEDED = (
    "py.typed",
    "client.py",
    "groups/tags.py",
    "groups/tags.pyi",
    "models/tags.pyi",
    "bodies/access.py",
    "table/words.toml",
    "table/operations/tags.toml",
    "table/shapes/tags.toml",
)


def test_the_wheel_has_modules_stubs_and_the_table_and_needs_httpx_alone(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    shutil.copytree(CLIENT / "src", source / "src")
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(CLIENT / name, source / name)
    build = "from setuptools.build_meta import build_wheel; print(build_wheel('..'))"
    subprocess.run([sys.executable, "-c", build], cwd=source, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name == f"flagstaff_client-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = archive.read(f"flagstaff_client-{__version__}.dist-info/METADATA").decode()
    assert {f"launch_darkly_python_sdk/{name}" for name in NEEDED} - names == set()
    required = [
        line for line in metadata.splitlines() if line.startswith("Requires-Dist") and "extra ==" not in line
    ]
    assert required == ["Requires-Dist: httpx>=0.27"]
