"""The comparison of our document with a contract."""

from typing import Any

import msgspec
import pytest

from flagstaff.http.openapi.document import build_document
from flagstaff.kernel.patches import PatchFormat
from tests.support.rows import a_row
from tools.contract import find_differences, judge

ERRORS = {str(status): {} for status in (400, 401, 403, 429)}
STEPS = {"content": {"application/json": {"schema": {"type": "array", "items": {}}}}}
COMMENTED = {
    "content": {
        "application/json": {"schema": {"type": "object", "properties": {"patch": {}, "comment": {}}}}
    }
}


def a_contract(method: str = "get", path: str = "/api/v2/things", **members: Any) -> dict[str, Any]:
    operation = {
        "operationId": "getThings",
        "x-sdk": {"group": "things", "method": "get_things"},
        "responses": {"200": {}, **ERRORS},
        "parameters": [],
        **members,
    }
    return {"paths": {path: {method: operation}}, "components": {"schemas": {}}}


def a_parameter(name: str, place: str = "query", **members: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "schema": {"type": "string"}, **members}


def differ(contract: dict[str, Any], **row: Any) -> list[str]:
    return find_differences(contract, build_document([a_row(**row)]))


def a_query(**fields: Any) -> Any:
    return msgspec.defstruct("Query", [(name, kind, default) for name, (kind, default) in fields.items()])


def test_an_operation_as_the_contract_has_it_does_not_differ() -> None:
    contract = a_contract(parameters=[a_parameter("sort"), a_parameter("LD-API-Version", "header")])

    assert differ(contract, query=a_query(sort=(str, ""))) == []


@pytest.mark.parametrize(
    ("contract", "differences"),
    [
        (a_contract(path="/api/v2/other"), ["getThings:missing"]),
        (a_contract("post"), ["getThings:missing"]),
        (a_contract(**{"x-sdk": {"group": "things", "method": "list"}}), ["getThings:sdk"]),
        (a_contract(operationId="listThings"), ["getThings:id"]),
        (a_contract(operationId="getTHINGS"), []),
        (a_contract(parameters=[a_parameter("sort")]), ["getThings:query:sort"]),
        (a_contract(responses={"201": {}, **ERRORS}), ["getThings:status:200", "getThings:status:201"]),
        (a_contract(responses={"200": {}, "405": {}}), ["getThings:status:405"]),
        (a_contract(requestBody=STEPS), ["getThings:body"]),
    ],
)
def test_what_differs_is_named(contract: dict[str, Any], differences: list[str]) -> None:
    assert differ(contract) == differences


@pytest.mark.parametrize(
    ("field", "parameter", "differences"),
    [
        ((str, ""), a_parameter("x"), []),
        ((int, 0), a_parameter("x"), ["getThings:query:x:type"]),
        ((str | int, ""), a_parameter("x"), []),
    ],
)
def test_parameters_have_the_same_type(field: Any, parameter: Any, differences: list[str]) -> None:
    assert differ(a_contract(parameters=[parameter]), query=a_query(x=field)) == differences


@pytest.mark.parametrize(
    ("wanted", "formats", "differences"),
    [
        (STEPS, {PatchFormat.JSON}, []),
        (STEPS, {PatchFormat.MERGE}, ["patchThing:body"]),
        (COMMENTED, {PatchFormat.JSON, PatchFormat.SEMANTIC}, []),
        (COMMENTED, {PatchFormat.MERGE}, ["patchThing:body"]),
    ],
)
def test_the_patch_that_the_contract_describes_is_taken(
    wanted: Any, formats: set[PatchFormat], differences: list[str]
) -> None:
    contract = a_contract(
        "patch",
        operationId="patchThing",
        requestBody=wanted,
        **{"x-sdk": {"group": "things", "method": "patch_thing"}},
    )

    assert differ(contract, method="PATCH", name="patch_thing", patch=frozenset(formats)) == differences


def test_answers_are_compared_member_by_member() -> None:
    schema = {"type": "object", "properties": {"sort": {"type": "integer"}, "more": {}}}
    answer = {"content": {"application/json": {"schema": schema}}}

    differences = differ(a_contract(responses={"200": answer, **ERRORS}), answer=a_query(sort=(str, "")))

    assert differences == ["answer:getThings.more", "answer:getThings.sort:type"]


def test_a_difference_needs_an_exception_and_an_exception_a_difference_and_a_reason() -> None:
    exceptions = {"a:id": "It has a reason", "b:id": "", "c:id": "It was mended"}

    assert judge(["a:id", "b:id", "d:id"], exceptions) == [
        "d:id differs from the contract",
        "tools/contract-exceptions.txt: c:id needs no line any more",
        "tools/contract-exceptions.txt: b:id has no reason",
    ]
