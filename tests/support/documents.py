"""Answers against the OpenAPI document, and against the official contract if FLAGSTAFF_CONTRACT names it."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import msgspec

from flagstaff.http.openapi.document import build_document
from flagstaff.http.operations import Endpoint, Operation
from flagstaff.rows import OPERATIONS

CONTRACT_VERSIONS = {"20220603", "beta"}  # the contract describes no other
JSON = "application/json"
KNOWN = {(row.method, row.path) for row in OPERATIONS}
NAME = "urn:document"


class Description:
    """An OpenAPI document, with a validator for each schema of an answer, compiled when first needed."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self._registry = jsonschema_rs.Registry([(NAME, document)])
        self._validators: dict[str, Any] = {}

    def find_operation(self, row: Operation) -> Any:
        return self.document["paths"].get(row.path, {}).get(row.method.lower())

    def find_problems(self, row: Operation, status: int, body: bytes) -> list[str]:
        """What is wrong with the body of a documented answer."""
        answer = self.find_operation(row)["responses"][str(status)]
        place = answer.get("$ref") or f"#/paths/{_escape(row.path)}/{row.method.lower()}/responses/{status}"
        has_schema = "$ref" in answer or "schema" in answer.get("content", {}).get(JSON, {})
        return self.judge(f"{place}/content/{_escape(JSON)}/schema", body) if has_schema else []

    def judge(self, place: str, body: bytes) -> list[str]:
        """What is wrong with a value by the schema that stands in this place."""
        validator = self._validators.get(place)
        if validator is None:
            schema = {"$ref": f"{NAME}{place}"}
            validator = jsonschema_rs.Draft202012Validator(schema, registry=self._registry)
            self._validators[place] = validator
        errors = validator.iter_errors(msgspec.json.decode(body))
        return [f"at /{'/'.join(map(str, error.instance_path))}: {error.message}" for error in errors]


def check_answer(
    row: Operation | Endpoint | None, status: int, headers: Mapping[str, str], body: bytes
) -> None:
    """Fail unless the documents allow the answer; `row` is None where no operation was met.

    Endpoints, and the successes of rows that tests make for themselves, are not documented.
    """
    assert status != 500, "500 is always a defect"
    if isinstance(row, Endpoint) or (row is None and status in {200, 304}):  # or a page of the console
        return
    if status in {204, 302}:
        assert body == b"", f"{status} has no body"
    elif status == 200 and row is not None and row.stream is not None:
        return
    else:
        assert headers["content-type"] == JSON, headers["content-type"]
    if row is None or (row.method, row.path) not in KNOWN:
        is_error = status >= 400 and not (row is not None and row.oauth)
        problems = _ours().judge("#/components/schemas/ErrorRep", body) if is_error else []
    else:
        problems = _find_problems(row, status, headers.get("ld-api-version", ""), body)
    assert not problems, f"{row.id if row else 'nothing'} answered {status} {body.decode()}: {problems}"


def _find_problems(row: Operation, status: int, version: str, body: bytes) -> list[str]:
    if str(status) not in _ours().find_operation(row)["responses"]:
        return ["the status is not documented"]
    problems = _ours().find_problems(row, status, body) if body else []
    contract = _contract(os.environ.get("FLAGSTAFF_CONTRACT", ""))
    if contract is None or version not in CONTRACT_VERSIONS or row.is_own:
        return problems
    operation = contract.find_operation(row)
    if operation is None:
        return [*problems, "the operation is not in the contract"]
    if str(status) not in operation["responses"]:
        return problems if status >= 400 else [*problems, "the status is not in the contract"]
    return problems + (contract.find_problems(row, status, body) if body else [])


@cache
def our_document() -> dict[str, Any]:
    document: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(build_document(OPERATIONS)))
    return document


@cache
def _ours() -> Description:
    return Description(_closed(our_document()))


@cache
def _contract(path: str) -> Description | None:
    if not path:
        return None
    return Description(_without_siblings(msgspec.json.decode(Path(path).read_bytes())))


def _escape(name: str) -> str:
    """A name in a pointer that stands in an address."""
    return quote(name.replace("~", "~0").replace("/", "~1"))


def _closed(value: Any) -> Any:
    """The same document, in whose schemas an object has no member but those that are named."""
    if isinstance(value, list):
        return [_closed(item) for item in value]
    if not isinstance(value, dict):
        return value
    closed = {name: _closed(item) for name, item in value.items()}
    if value.get("type") == "object" and isinstance(value.get("properties"), dict):
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
