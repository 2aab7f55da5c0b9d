"""From the arguments of a call to the request: names and kinds are checked, and each goes to its place."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Any
from urllib.parse import quote, urlencode

from launch_darkly_python_sdk.encoding import dump_json, encode
from launch_darkly_python_sdk.forms import build_form
from launch_darkly_python_sdk.kinds import Kind, parse_kind
from launch_darkly_python_sdk.operation import Operation, Place
from launch_darkly_python_sdk.patches import build_patch
from launch_darkly_python_sdk.request import JSON, Form, Request

DOTS = {".": "%2E", "..": "%2E%2E"}  # which would otherwise be taken for steps of the path


def build_request(operation: Operation, arguments: Mapping[str, Any]) -> Request:
    """The request of a call.

    Raises TypeError for arguments that are unknown, missing, or of another kind, ValueError for empty keys
    and what JSON cannot hold, OSError for files that cannot be read.
    """
    given = _settle_names(operation, arguments)
    headers = {"Accept": JSON}
    if operation.beta:
        headers["LD-API-Version"] = "beta"
    content, media = _build_content(operation, given)
    if content is not None:
        headers["Content-Type"] = media
    return Request(
        title=operation.title,
        http=operation.http,
        path=_fill_path(operation, given),
        query=_build_query(operation, given),
        content=content,
        form=_build_form(operation, given),
        headers=headers,
        repeatable=operation.repeatable,
    )


def _settle_names(operation: Operation, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments under their documented names; all are known, and those that must be there are."""
    given: dict[str, Any] = {}
    for name, value in arguments.items():
        argument = operation.arguments.get(name)
        if argument is None:
            raise TypeError(_unknown(operation, name))
        settled = argument.same_as or name
        if settled in given:
            raise TypeError(f"{operation.name}: {name} and {settled} are the same")
        given[settled] = value
    if missing := list(_list_missing(operation, given)):
        raise TypeError(f"{operation.name}: missing {', '.join(missing)}")
    return given


def _unknown(operation: Operation, name: str) -> str:
    names = list(operation.arguments)
    close = get_close_matches(name, names, n=3)
    hint = f"do you mean {' or '.join(close)}?" if close else f"there are {', '.join(names) or 'none'}"
    return f"{operation.name} has no argument {name}; {hint}"


def _list_missing(operation: Operation, given: Mapping[str, Any]) -> Iterator[str]:
    for name, argument in operation.arguments.items():
        in_body = argument.place == "field" and "body" in given
        left_out = name not in given or (argument.place == "query" and given[name] is None)
        if argument.required and left_out and not in_body:
            yield name


def _fill_path(operation: Operation, given: Mapping[str, Any]) -> str:
    path = operation.path
    for name, argument in operation.arguments.items():
        if argument.place == "path":
            path = path.replace(f"{{{argument.wire}}}", _encode_key(name, given[name]))
    return path


def _encode_key(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} takes a text, not {type(value).__name__}")
    if not value:
        raise ValueError(f"{name} is empty")
    return DOTS.get(value) or quote(value, safe="")


def _build_query(operation: Operation, given: Mapping[str, Any]) -> str:
    pairs = list(_list_query(operation, given))
    return urlencode(pairs, quote_via=quote, safe="") if pairs else ""


def _list_query(operation: Operation, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The query, without what is None; lists become several parameters of one name."""
    for name, argument in operation.arguments.items():
        if argument.place != "query" or given.get(name) is None:
            continue
        kind = parse_kind(argument.kind)
        value = given[name]
        many = kind.name == "list" and not isinstance(value, str)
        if many and not isinstance(value, list | tuple):
            raise TypeError(f"{name} takes a text or a list of them, not {type(value).__name__}")
        single = kind.of if kind.name == "list" else kind
        yield from (
            (argument.wire, _query_text(single or kind, item, name)) for item in (value if many else [value])
        )


def _query_text(kind: Kind, value: Any, name: str) -> str:
    if kind.name == "time":
        return _time_text(value, name)
    return _plain_text(encode(kind, value, name))


def _plain_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _time_text(value: Any, name: str) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"{name}: the time has no time zone")
        return str(int(value.timestamp() * 1000))
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(f"{name} takes Unix milliseconds or a time, not {type(value).__name__}")
    return str(value)


def _build_content(operation: Operation, given: Mapping[str, Any]) -> tuple[bytes | None, str]:
    """The body as bytes with its media type, None for operations without one."""
    if operation.formats:
        patch = build_patch(operation, given)
        return (dump_json(patch[0]), patch[1]) if patch is not None else (None, JSON)
    if not operation.body:
        return None, JSON
    if "body" in given:
        return dump_json(encode(parse_kind(operation.body), given["body"], "body")), JSON
    if parse_kind(operation.body).name == "list":
        raise TypeError(f"{operation.name}: missing body")
    return dump_json(dict(_list_fields(operation, given, "field"))), JSON


def _list_fields(operation: Operation, given: Mapping[str, Any], place: Place) -> Iterator[tuple[str, Any]]:
    for name, argument in operation.arguments.items():
        if argument.place == place and argument.kind != "file" and name in given:
            yield argument.wire, encode(parse_kind(argument.kind), given[name], name)


def _build_form(operation: Operation, given: Mapping[str, Any]) -> Form | None:
    files = [(name, argument) for name, argument in operation.arguments.items() if argument.kind == "file"]
    if not files:
        return None
    name, argument = files[0]
    if given.get(name) is None:
        raise TypeError(f"{operation.name}: missing {name}")
    fields = {
        wire: _plain_text(value)
        for wire, value in _list_fields(operation, given, "form")
        if value is not None
    }
    return build_form(argument.wire, given[name], fields)
