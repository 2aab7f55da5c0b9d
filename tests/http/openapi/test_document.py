"""The whole document."""

import subprocess
import sys

import msgspec
import pytest

from flagstaff.http.openapi.document import build_document
from flagstaff.rows import OPERATIONS
from tests.support.rows import a_row

PRINT = """
import sys, msgspec
from flagstaff.rows import OPERATIONS
from flagstaff.http.openapi.document import build_document
sys.stdout.buffer.write(msgspec.json.encode(build_document(OPERATIONS)))
"""


def test_an_operation_is_documented_from_its_row() -> None:
    row = a_row(
        "DELETE",
        "/api/v2/things/{thingKey}",
        "delete_thing",
        says="Delete a thing. It is gone then.\n\nReally.",
        sdk=("old_things_beta", "remove"),
        status=204,
        beta=True,
    )

    operation = build_document([row])["paths"]["/api/v2/things/{thingKey}"]["delete"]

    assert operation["operationId"] == "deleteThing"
    assert operation["summary"] == "Delete a thing"
    assert operation["description"] == "Delete a thing. It is gone then.\n\nReally."
    assert operation["tags"] == ["Old things (beta)"]
    assert (operation["x-sdk-group"], operation["x-sdk-method"]) == ("old_things_beta", "remove")
    assert operation["x-beta"] is True
    assert "security" not in operation
    assert "requestBody" not in operation


def test_only_an_open_operation_needs_neither_token_nor_session() -> None:
    document = build_document([a_row(open=True)])

    assert document["security"] == [{"token": []}, {"session": []}]
    assert document["paths"]["/api/v2/things"]["get"]["security"] == []


def test_the_methods_of_a_path_stand_together() -> None:
    document = build_document([a_row(), a_row(path="/api/v2/other"), a_row("POST", name="post_thing")])

    assert list(document["paths"]) == ["/api/v2/things", "/api/v2/other"]
    assert list(document["paths"]["/api/v2/things"]) == ["get", "post"]


def test_two_operations_on_one_route_are_refused() -> None:
    with pytest.raises(ValueError, match="listThings: GET /api/v2/things"):
        build_document([a_row(), a_row(name="list_things")])


def test_the_same_rows_make_the_same_bytes_in_every_process() -> None:
    command = [sys.executable, "-c", PRINT]
    other = subprocess.run(command, env={"PYTHONHASHSEED": "1"}, check=True, capture_output=True)

    assert other.stdout == msgspec.json.encode(build_document(OPERATIONS))
