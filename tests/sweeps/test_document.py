"""Every operation in the OpenAPI document."""

from typing import Any

import jsonschema_rs

from flagstaff.http.operations import Operation
from tests.support.documents import our_document
from tests.support.server import TestServer
from tests.sweeps.calls import EVERY, each


def find_operation(row: Operation) -> Any:
    return our_document()["paths"][row.path][row.method.lower()]


@each(EVERY)
def test_a_row_is_documented_in_words(row: Operation) -> None:
    operation = find_operation(row)
    parameters = [parameter for parameter in operation["parameters"] if "$ref" not in parameter]

    assert operation["operationId"] == row.id
    assert (operation["x-sdk-group"], operation["x-sdk-method"]) == row.sdk
    assert operation["summary"]
    assert all(parameter["description"] for parameter in parameters), parameters


@each(EVERY)
def test_a_handler_is_named_as_its_operation(row: Operation) -> None:
    name = row.handler.__name__

    assert name == name.lower()
    assert row.id[0].islower()
    assert "_" not in row.id


def test_no_two_rows_have_one_name() -> None:
    assert len({row.id for row in EVERY}) == len({row.sdk for row in EVERY}) == len(EVERY)


def test_no_type_needs_its_module_to_be_told_apart() -> None:
    assert [name for name in our_document()["components"]["schemas"] if "." in name] == []


def test_the_document_is_served_as_it_was_made(server: TestServer) -> None:
    assert server.get("/api/v2/openapi.json", as_="").json == our_document()


def test_every_schema_is_a_schema() -> None:
    schemas = our_document()["components"]["schemas"]

    assert [name for name, schema in schemas.items() if not jsonschema_rs.meta.is_valid(schema)] == []


def test_every_reference_leads_somewhere() -> None:
    document = our_document()
    targets = {
        f"#/components/{kind}/{name}" for kind, named in document["components"].items() for name in named
    }

    assert find_references(document) <= targets


def find_references(value: Any) -> set[str]:
    if isinstance(value, list):
        return {reference for item in value for reference in find_references(item)}
    if not isinstance(value, dict):
        return set()
    own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
    return own | {reference for item in value.values() for reference in find_references(item)}
