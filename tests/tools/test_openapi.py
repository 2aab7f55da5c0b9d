"""Our OpenAPI document as a file."""

import json
from pathlib import Path

from flagstaff.rows import OPERATIONS
from tools.openapi import write_document


def test_the_file_has_every_operation(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "openapi.json"

    write_document(path)

    document = json.loads(path.read_text())
    found = {row["operationId"] for methods in document["paths"].values() for row in methods.values()}
    assert found == {operation.id for operation in OPERATIONS}
