"""The arguments with which the Python client makes the call of an example, under their documented names."""

import re
from collections.abc import Mapping
from typing import Any

from launch_darkly_python_sdk.encoding import find_shape
from launch_darkly_python_sdk.kinds import Kind, parse_kind
from launch_darkly_python_sdk.operation import Operation

CARRIED_BY_LINKS = {"cursor"}  # parameters that nobody gives: a link to the next page has them
FORMATS = {"patch", "merge", "instructions"}
FALSE = {"0", "false", "False"}


def give_path(operation: Operation, path: str) -> dict[str, str]:
    """What stands in the path, which is not encoded."""
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(operation.path))
    found = re.fullmatch(pattern, path)
    assert found is not None, f"{path} is not {operation.path}"
    return {name: found[one.wire] for name, one in operation.arguments.items() if one.place == "path"}


def give_query(operation: Operation, query: Mapping[str, Any]) -> dict[str, Any]:
    """The query; what the client sends in the body instead is among its arguments, too."""
    given = {}
    for wire, value in query.items():
        name = _find_name(operation, wire, "query", "field")
        given[name] = _read_text(parse_kind(operation.arguments[name].kind), value)
    return given


def give_body(operation: Operation, body: Any) -> dict[str, Any]:
    """The body: in the format of a patch, as fields, or whole where the client takes it as a whole only."""
    if body is None:
        return {}
    if operation.formats:
        return _give_patch(operation, body)
    if parse_kind(operation.body).name != "shape":
        return {"body": body}
    fields = {_find_name(operation, wire, "field"): (wire, value) for wire, value in body.items()}
    return {
        name: document(parse_kind(operation.arguments[name].kind), value)
        for name, (_wire, value) in fields.items()
    }


def document(kind: Kind, value: Any) -> Any:
    """The value with documented names in place of those of the wire, as far as they are documented."""
    if kind.name == "list" and kind.of and isinstance(value, list):
        return [document(kind.of, item) for item in value]
    if kind.name == "map" and kind.of and isinstance(value, dict):
        return {key: document(kind.of, item) for key, item in value.items()}
    if kind.name != "shape" or not isinstance(value, dict):
        return value
    shape = find_shape(kind.shape)
    names = {wire: name for name, (wire, _kind) in shape.items()}  # the documented ones come last
    return {
        names.get(wire, wire): document(parse_kind(shape[wire][1]), item) if wire in shape else item
        for wire, item in value.items()
    }


def _give_patch(operation: Operation, body: Any) -> dict[str, Any]:
    if not isinstance(body, dict):
        return {"patch": body}
    if not FORMATS.isdisjoint(body):
        return {
            name: document(parse_kind(operation.arguments[name].kind), value)
            for name, value in ((_find_name(operation, wire, "patch", "path"), body[wire]) for wire in body)
        }
    return {"merge" if "merge" in operation.arguments else "body": body}


def _find_name(operation: Operation, wire: str, *places: str) -> str:
    names = [
        name
        for name, one in operation.arguments.items()
        if one.wire == wire and one.place in places and not one.same_as
    ]
    assert names, f"the client's {operation.name} has no argument for {wire} ({' or '.join(places)})"
    return names[0]


def _read_text(kind: Kind, value: Any) -> Any:
    """A value of the query as the client takes it, where the example has it as a text."""
    if kind.name == "bool":
        return str(value) not in FALSE
    return int(value) if kind.name in {"int", "millis"} else value
