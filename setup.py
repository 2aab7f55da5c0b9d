"""Builds the package; with FLAGSTAFF_COMPILE=1 mypyc compiles flag evaluation."""

import os
from pathlib import Path

from setuptools import setup

extensions = []
if os.environ.get("FLAGSTAFF_COMPILE") == "1":
    from mypyc.build import mypycify

    modules = sorted(
        str(path) for path in Path("src/flagstaff/evaluation").rglob("*.py") if path.name != "__init__.py"
    )
    extensions = mypycify([*modules], opt_level="3")

setup(ext_modules=extensions)
