"""The body of a patch: its format, and with it the media type, follow from the argument that is given."""

from collections.abc import Mapping, Sequence
from typing import Any

from launch_darkly_python_sdk.encoding import encode
from launch_darkly_python_sdk.kinds import parse_kind
from launch_darkly_python_sdk.operation import Operation
from launch_darkly_python_sdk.request import JSON

SEMANTIC = f"{JSON}; domain-model=launchdarkly.semanticpatch"
FORMATS = {"patch": "json", "merge": "merge", "instructions": "semantic"}
WRAPPERS = frozenset({"comment", "patch", "merge", "instructions"})


def build_patch(operation: Operation, given: Mapping[str, Any]) -> tuple[Any, str] | None:
    """The JSON of the patch and its media type, None for an operation that goes without one.

    Raises TypeError unless exactly one of the formats is given, and for `environment_key` without
    instructions.
    """
    possible = [name for name in ("patch", "merge", "instructions", "body") if name in operation.arguments]
    chosen = [name for name in possible if name in given]
    if not chosen and operation.bare:
        return None
    if len(chosen) != 1:
        said = f"{' and '.join(chosen)} at once" if chosen else "none of them"
        raise TypeError(f"{operation.name}: give one of {', '.join(possible)}, not {said}")
    if chosen == ["body"]:
        return _ready(operation, given["body"])
    comment = _text(given, "comment", "comment")
    value = encode(parse_kind(operation.arguments[chosen[0]].kind), given[chosen[0]], chosen[0])
    if value is None:
        raise TypeError(f"{operation.name}: {chosen[0]} cannot be None")
    if chosen == ["instructions"]:
        return comment | _environment(operation, given) | {"instructions": value}, SEMANTIC
    if given.get("environment_key") is not None and operation.arguments["environment_key"].place == "patch":
        raise TypeError(f"{operation.name}: environment_key goes with instructions alone")
    wraps = comment or (operation.wrapped and chosen == ["patch"]) or _is_ambiguous(value)
    return (comment | {chosen[0]: value} if wraps else value), JSON


def _environment(operation: Operation, given: Mapping[str, Any]) -> dict[str, str]:
    argument = operation.arguments.get("environment_key")
    if argument is None or given.get("environment_key") is None:
        return {}
    in_body = argument.place == "patch" or operation.environment
    return _text(given, "environment_key", "environmentKey") if in_body else {}


def _text(given: Mapping[str, Any], name: str, wire: str) -> dict[str, str]:
    value = encode(parse_kind("str"), given.get(name), name)
    return {} if value is None else {wire: value}


def _is_ambiguous(value: Any) -> bool:
    """Whether a merge patch changes members that could be taken for the frame of a patch."""
    return isinstance(value, dict) and not WRAPPERS.isdisjoint(value)


def _ready(operation: Operation, body: Any) -> tuple[Any, str]:
    """A body that is a whole patch already; a list is a JSON patch."""
    if isinstance(body, Sequence) and not isinstance(body, str | bytes | bytearray):
        return encode(parse_kind(_kind(operation, "patch", "[PatchOperation]")), body, "body"), JSON
    if not isinstance(body, Mapping):
        raise TypeError(f"{operation.name}: body takes a list or a dictionary, not {type(body).__name__}")
    if "instructions" in body and "semantic" in operation.formats:
        instructions = encode(
            parse_kind(_kind(operation, "instructions", "any")), body["instructions"], "body"
        )
        renamed = {"environmentKey" if name == "environment_key" else name: body[name] for name in body}
        return renamed | {"instructions": instructions}, SEMANTIC
    if "patch" in body:
        kind = parse_kind(_kind(operation, "patch", "any"))
        return {**body, "patch": encode(kind, body["patch"], "body.patch")}, JSON
    return dict(body), JSON


def _kind(operation: Operation, argument: str, default: str) -> str:
    return operation.arguments[argument].kind if argument in operation.arguments else default
