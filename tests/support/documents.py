"""Answers against the OpenAPI document, and against the official contract if FLAGSTAFF_CONTRACT names it."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec

from flagstaff.app import OPERATIONS
from flagstaff.http.openapi.document import build_document
from flagstaff.http.operations import Endpoint, Operation

ERROR = {"$ref": "#/components/schemas/ErrorRep"}
CONTRACT_VERSIONS = {"20220603", "beta"}  # the contract describes no other
JSON = "application/json"


def check_answer(
    row: Operation | Endpoint | None, status: int, headers: Mapping[str, str], body: bytes
) -> None:
    """Fail unless the documents allow the answer; `row` is None where no operation was met.

    Endpoints, and the answers of rows that tests make for themselves, are not documented; errors always are.
    """
    assert status != 500, "500 is always a defect"
    if isinstance(row, Endpoint):
        return
    if status == 204:
        assert body == b"", "204 has no body"
    else:
        assert headers["content-type"] == JSON, headers["content-type"]
    if row is None or row not in OPERATIONS:
        if status >= 400:
            _fail_on(_error_validator(), row, status, body)
        return
    _fail_on(_our_validator(row.id, status), row, status, body)
    if headers.get("ld-api-version") in CONTRACT_VERSIONS:
        _fail_on(_contract_validator(row, status), row, status, body)


def _fail_on(validator: Any, row: Operation | None, status: int, body: bytes) -> None:
    if validator is None or not body:
        return
    value = msgspec.json.decode(body)
    problems = [f"at {_path(error)}: {error.message}" for error in validator.iter_errors(value)]
    name = row.id if row else "no operation"
    assert not problems, f"{name} answered {status} with what is not documented: {problems} in {value}"


def _path(error: Any) -> str:
    return "/".join(map(str, error.instance_path))


@cache
def our_document() -> dict[str, Any]:
    document: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(build_document(OPERATIONS)))
    return document


@cache
def _our_validator(operation_id: str, status: int) -> Any:
    document = our_document()
    responses = _operations(document)[operation_id]["responses"]
    assert str(status) in responses, f"{operation_id} answers {status}, which is not documented"
    return _compile(_schema_of(document, responses[str(status)]), _closed(document["components"]))


@cache
def _error_validator() -> Any:
    return _compile(ERROR, our_document()["components"])


@cache
def _contract_validator(row: Operation, status: int) -> Any:
    contract = _contract()
    if contract is None:
        return None
    operation = contract["paths"].get(row.path, {}).get(row.method.lower())
    assert operation is not None, f"{row.id} is not in the contract"
    response = operation["responses"].get(str(status))
    if response is None:
        assert status >= 400, f"{row.id} answers {status}, which the contract does not know"
        return None
    return _compile(_schema_of(contract, response), contract["components"])


@cache
def _contract() -> dict[str, Any] | None:
    path = os.environ.get("FLAGSTAFF_CONTRACT", "")
    if not path:
        return None
    contract: dict[str, Any] = _without_siblings(msgspec.json.decode(Path(path).read_bytes()))
    return contract


def _compile(schema: Any, components: Any) -> Any:
    if schema is None:
        return None
    return jsonschema_rs.Draft202012Validator({"components": components, "allOf": [schema]})


def _schema_of(document: Any, response: Any) -> Any:
    if "$ref" in response:
        response = document["components"]["responses"][response["$ref"].rpartition("/")[2]]
    return response.get("content", {}).get(JSON, {}).get("schema")


def _operations(document: Any) -> dict[str, Any]:
    return {row["operationId"]: row for path in document["paths"].values() for row in path.values()}


def _closed(value: Any) -> Any:
    """The same schemas, in which an object has no member but those that are named."""
    if isinstance(value, list):
        return [_closed(item) for item in value]
    if not isinstance(value, dict):
        return value
    closed = {name: _closed(item) for name, item in value.items()}
    if value.get("type") == "object" and "properties" in value and isinstance(value["properties"], dict):
        closed.setdefault("additionalProperties", False)
    return closed


def _without_siblings(value: Any) -> Any:
    """OpenAPI 3.0 as JSON Schema: what stands beside a reference does not count, `nullable` is a type."""
    if isinstance(value, list):
        return [_without_siblings(item) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("$ref"), str):
        return {"$ref": value["$ref"]}
    plain = {name: _without_siblings(item) for name, item in value.items()}
    if plain.pop("nullable", False) is True and isinstance(plain.get("type"), str):
        plain["type"] = [plain["type"], "null"]
    return plain
