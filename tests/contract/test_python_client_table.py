"""What the Python client knows of each operation is what the server offers: names and shapes, both ways."""

from collections.abc import Iterator
from typing import Any

import pytest
from launch_darkly_python_sdk import LaunchDarkly
from launch_darkly_python_sdk.kinds import Kind, parse_kind
from launch_darkly_python_sdk.operation import Operation as ClientOperation

from flagstaff.http.openapi.document import build_document
from flagstaff.http.operations import Operation
from flagstaff.rows import OPERATIONS
from tests.support.client_answers import SHAPES
from tests.support.client_arguments import CARRIED_BY_LINKS

DOCUMENT = build_document(OPERATIONS)
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
TYPES = {"str": "string", "int": "integer", "millis": "integer", "bool": "boolean", "float": "number"}
# Where the two differ on purpose.
ACCEPTED = {
    "[].role: str instead of 3 schemas",  # `owner/admin` is refused with a code of its own
    "environments: Environments instead of 2 schemas",  # older versions of the API answer a list
    "experiments.items[]: LegacyExperimentRep instead of string",  # always empty: the old format is gone
}


def client_operation(row: Operation) -> ClientOperation:
    group = getattr(LaunchDarkly(), row.sdk[0])
    method: Any = getattr(type(group), row.sdk[1])
    found: ClientOperation = method.operation
    return found


def described(row: Operation) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["paths"][row.path][row.method.lower()]
    return found


def resolve(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema itself, without references and without null."""
    if "$ref" in schema:
        return resolve(SCHEMAS[schema["$ref"].rpartition("/")[2]])
    others = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if len(others) == 1:
        return resolve(others[0])
    if "enum" in schema and "type" not in schema:
        return {**schema, "type": "integer" if isinstance(schema["enum"][0], int) else "string"}
    return schema


def find_differences(
    kind: Kind, schema: dict[str, Any], where: str, seen: frozenset[str], *, given: bool
) -> Iterator[str]:
    """What is `given` has the same members on both sides; an answer has none that the client lacks."""
    found = resolve(schema)
    if kind.name == "any" or kind.shape in seen:
        return
    if kind.name == "list" and kind.of and found.get("type") == "array":
        yield from find_differences(kind.of, found["items"], f"{where}[]", seen, given=given)
    elif kind.name == "map" and kind.of and found.get("type") == "object":
        values = found.get("additionalProperties")
        if isinstance(values, dict):
            yield from find_differences(kind.of, values, f"{where}{{}}", seen, given=given)
    elif kind.name == "shape" and "properties" in found:
        yield from _member_differences(kind.shape, found, where, seen | {kind.shape}, given=given)
    elif kind.name == "shape" and isinstance(found.get("additionalProperties"), dict):
        for wire, text in SHAPES[kind.shape].items():  # links that the client knows by their names
            one = parse_kind(text.removesuffix("!"))
            yield from find_differences(
                one, found["additionalProperties"], f"{where}.{wire}", seen | {kind.shape}, given=given
            )
    elif TYPES.get(kind.name) != found.get("type"):
        instead = found.get("type") or f"{len(found.get('anyOf', ()))} schemas"
        yield f"{where}: {kind.shape or kind.name} instead of {instead}"


def _member_differences(
    shape: str, schema: dict[str, Any], where: str, seen: frozenset[str], *, given: bool
) -> Iterator[str]:
    ours, theirs = SHAPES[shape], schema["properties"]
    for wire in theirs.keys() - ours.keys():
        yield f"{where}: {shape} has no {wire}"
    for wire in ours.keys() - theirs.keys():
        if given or ours[wire].endswith("!"):
            yield f"{where}: {shape} has {wire}, which the server has not"
    for wire in ours.keys() & theirs.keys():
        kind = parse_kind(ours[wire].removesuffix("!"))
        yield from find_differences(kind, theirs[wire], f"{where}.{wire}".lstrip("."), seen, given=given)


def unexpected(differences: Iterator[str]) -> list[str]:
    return [one for one in differences if not any(one.endswith(accepted) for accepted in ACCEPTED)]


KNOWN = [row for row in OPERATIONS if not row.is_own]  # the client has no others
rows = pytest.mark.parametrize("row", KNOWN, ids=lambda row: ".".join(row.sdk))


@rows
def test_the_client_has_the_operation_under_its_documented_name(row: Operation) -> None:
    operation = client_operation(row)
    assert (operation.http, operation.path, operation.beta) == (row.method, row.path, row.beta)


@rows
def test_parameters_of_the_query_have_the_same_names_and_types(row: Operation) -> None:
    arguments = client_operation(row).arguments.values()
    ours = {one.wire: parse_kind(one.kind) for one in arguments if one.place == "query"}
    in_body = {one.wire for one in arguments if one.place == "field"}
    parameters = [one for one in described(row)["parameters"] if one.get("in") == "query"]
    theirs = {one["name"]: one["schema"] for one in parameters}
    assert theirs.keys() - in_body - CARRIED_BY_LINKS == ours.keys()
    for wire, kind in ours.items():
        single = kind.of if kind.name == "list" and resolve(theirs[wire]).get("type") == "string" else kind
        assert list(find_differences(single or kind, theirs[wire], wire, frozenset(), given=True)) == []


@rows
def test_the_body_has_the_same_members_or_formats(row: Operation) -> None:
    operation = client_operation(row)
    assert bool(operation.body) == row.takes_body
    if row.patch:
        assert sorted(operation.formats) == sorted(one.name.lower() for one in row.patch)
    elif operation.body and not operation.formats:
        schema = described(row)["requestBody"]["content"]["application/json"]["schema"]
        kind = parse_kind(operation.body)
        assert unexpected(find_differences(kind, schema, "", frozenset(), given=True)) == []


@rows
def test_the_answer_has_no_member_that_the_client_does_not_know(row: Operation) -> None:
    operation = client_operation(row)
    content = described(row)["responses"][str(row.status)].get("content")
    assert bool(operation.answer) == bool(content)
    if content:
        schema = content["application/json"]["schema"]
        differences = find_differences(parse_kind(operation.answer), schema, "", frozenset(), given=False)
        assert unexpected(differences) == []


def test_the_comparison_finds_what_differs() -> None:
    kind = parse_kind("[Link]")
    assert list(find_differences(kind, {"type": "object"}, "here", frozenset(), given=True)) == [
        "here: list instead of object"
    ]
    schema = {
        "type": "array",
        "items": {"type": "object", "properties": {"href": {"type": "integer"}, "rel": {}}},
    }
    assert set(find_differences(kind, schema, "here", frozenset(), given=True)) == {
        "here[]: Link has no rel",
        "here[]: Link has type, which the server has not",
        "here[].href: str instead of integer",
    }
