"""Writes our OpenAPI document: `python -m tools.openapi build/openapi.json`."""

import json
import sys
from pathlib import Path

from flagstaff.http.openapi.document import build_document
from flagstaff.rows import OPERATIONS


def write_document(path: Path) -> None:
    """The document of all operations, as a file of readable JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(build_document(OPERATIONS), indent=1) + "\n")


if __name__ == "__main__":
    write_document(Path(sys.argv[1]))
