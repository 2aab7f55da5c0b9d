"""The check that every answer in every test goes through."""

import json
from pathlib import Path

import pytest

from flagstaff.http.operations import Operation
from flagstaff.rows import OPERATIONS
from tests.support.documents import check_answer

ROW = next(row for row in OPERATIONS if row.id == "getIps")
GOOD = {"addresses": ["127.0.0.1/32"], "outboundAddresses": []}
HEADERS = {"content-type": "application/json", "ld-api-version": "20220603"}
ERROR = {"code": "not_found", "message": "It is not there", "id": "1"}


def check(body: object, status: int = 200, row: Operation | None = ROW, **headers: str) -> None:
    check_answer(row, status, {**HEADERS, **headers}, b"" if body is None else json.dumps(body).encode())


def test_what_is_documented_passes() -> None:
    check(GOOD)
    check(ERROR, 404, None)
    check(None, 204, next(row for row in OPERATIONS if row.id == "deleteProject"))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"addresses": []}, 200),
        ({**GOOD, "addresses": [1]}, 200),
        ({**GOOD, "extra": 1}, 200),
        ({**GOOD}, 201),
        ({"code": "a"}, 400),
        ({**ERROR, "stack": []}, 400),
        (ERROR, 404),
        (ERROR, 500),
        (GOOD, 204),
    ],
)
def test_what_is_not_documented_fails(body: object, status: int) -> None:
    with pytest.raises(AssertionError):
        check(body, status)


@pytest.mark.parametrize("body", [{}, GOOD, {**ERROR, "more": 1}])
def test_an_error_has_its_shape_even_where_there_is_no_operation(body: object) -> None:
    with pytest.raises(AssertionError):
        check(body, 404, None)


def test_another_media_type_fails() -> None:
    with pytest.raises(AssertionError):
        check(GOOD, **{"content-type": "text/plain"})


@pytest.fixture
def contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A contract in which one member may be null, and another stands beside a reference."""
    outbound = {"$ref": "#/components/schemas/Texts", "type": "integer"}
    properties = {"addresses": {"type": "array", "items": {"type": "string", "nullable": True}}}
    schema = {
        "type": "object",
        "required": ["addresses"],
        "properties": properties | {"outboundAddresses": outbound},
    }
    answer = {"content": {"application/json": {"schema": schema}}}
    texts = {"type": "array", "maxItems": 1}
    document = {
        "paths": {ROW.path: {"get": {"responses": {"200": answer}}}},
        "components": {"schemas": {"Texts": texts}},
    }
    (tmp_path / "contract.json").write_text(json.dumps(document))
    monkeypatch.setenv("FLAGSTAFF_CONTRACT", str(tmp_path / "contract.json"))


@pytest.mark.usefixtures("contract")
def test_an_answer_must_fit_the_contract_in_the_version_that_it_describes() -> None:
    too_many = {**GOOD, "outboundAddresses": ["a", "b"]}

    check(GOOD)
    check(ERROR, 503)
    check(too_many, **{"ld-api-version": "20240415"})
    with pytest.raises(AssertionError, match="outboundAddresses"):
        check(too_many)


@pytest.mark.usefixtures("contract")
def test_an_operation_that_the_contract_does_not_have_fails() -> None:
    versions = next(row for row in OPERATIONS if row.id == "getVersions")
    body = {"validVersions": [], "latestVersion": 1, "currentVersion": 1, "beta": False}

    with pytest.raises(AssertionError, match="not in the contract"):
        check(body, row=versions)
