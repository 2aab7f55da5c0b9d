"""Calls made from a document alone: for each operation all of its parameters, and each body that it takes.

They know nothing of the client's table, so that what the two do not agree on is found.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote

from contract.specification import MULTIPART, Described
from contract.values import document_names, make_least, make_text, make_value, resolve
from generator.names import document_argument
from recording.forms import read_form
from recording.server import Recorded

JSON = "application/json"
SEMANTIC = f"{JSON}; domain-model=launchdarkly.semanticpatch"
# Where a name is a parameter of the query and a member of the body, it goes to one of the two.
SEARCHES = {"contexts.search_contexts", "contexts.search_context_instances"}
IN_QUERY = {"workflows.create_workflow": {"templateKey"}}
# The instructions are accompanied by the environment, which the client takes from the path.
ACCOMPANIED = {"segments.update_semantic_patch"}


@dataclass(frozen=True)
class Body:
    """A body as it is given, in one argument if there is a `place`, and as it has to arrive."""

    place: str
    given: Any
    wire: Any


@dataclass(frozen=True)
class Call:
    """A call with documented names; `query` and `body` are what has to arrive."""

    described: Described
    what: str
    arguments: Mapping[str, Any]
    query: Mapping[str, Any]
    body: Any = None

    def __str__(self) -> str:
        return f"{self.described.sdk_name}-{self.what}"

    def expect(self) -> dict[str, Any]:
        """What has to arrive."""
        path = self.described.path
        for name in self.described.path_names:
            path = path.replace(f"{{{name}}}", quote(make_text(name), safe=""))
        return {
            "method": self.described.http,
            "path": path,
            "query": sorted((name, text) for name, value in self.query.items() for text in _texts(value)),
            "media": self._media(),
            "body": unwrap(self.described.http, self.body),
        }

    def _media(self) -> str:
        if self.body is None:
            return ""
        is_semantic = self.described.http == "PATCH" and "instructions" in self.body
        return MULTIPART if self.described.is_form else SEMANTIC if is_semantic else JSON


def describe(request: Recorded) -> dict[str, Any]:
    """What has arrived, as `Call.expect` has it; only of patches the media type tells the format."""
    path, _, query = request.target.partition("?")
    media = request.headers.get("Content-Type", "")
    is_form = media.startswith(MULTIPART)
    body = json.loads(request.content) if request.content and not is_form else None
    return {
        "method": request.method,
        "path": path,
        "query": sorted(parse_qsl(query, keep_blank_values=True)),
        "media": media if request.method == "PATCH" else media.partition(";")[0],
        "body": read_form(request) if is_form else unwrap(request.method, body),
    }


def find_differences(arrived: Any, expected: Any, where: str = "request") -> Iterator[str]:
    """Name each place where a request is not as expected, down to single members."""
    if isinstance(arrived, dict) and isinstance(expected, dict):
        for name in sorted(arrived.keys() | expected.keys()):
            if name not in arrived:
                yield f"{where}.{name} has not arrived"
            elif name not in expected:
                yield f"{where}.{name} is not what the document calls it, or does not belong there"
            else:
                yield from find_differences(arrived[name], expected[name], f"{where}.{name}")
    elif isinstance(arrived, list) and isinstance(expected, list) and len(arrived) == len(expected):
        for index, (one, other) in enumerate(zip(arrived, expected, strict=True)):
            yield from find_differences(one, other, f"{where}[{index}]")
    elif arrived != expected:
        yield f"{where} is {arrived!r} instead of {expected!r}"


def unwrap(http: str, body: Any) -> Any:
    """A patch without its frame, which says nothing unless there is a comment in it."""
    is_frame = http == "PATCH" and isinstance(body, dict) and body.keys() in ({"patch"}, {"merge"})
    return next(iter(body.values())) if is_frame else body


def make_calls(
    schemas: Mapping[str, Any], described: Described, without: Collection[str] = ()
) -> Iterator[Call]:
    """With everything, in documented names and in those of the wire, and with what is required alone.

    `without` are parameters of the query that nobody gives.
    """
    parameters = {wire: one for wire, one in described.query.items() if wire not in without}
    query = {wire: make_value(schemas, one["schema"], wire) for wire, one in parameters.items()}
    least = {wire: query[wire] for wire, one in parameters.items() if one.get("required")}
    if described.is_form or not described.bodies:
        form = {name: make_value(schemas, part, name) for name, part in described.form.items()}
        form |= {"file": b"key-1\n"} if form else {}
        yield _with_form(described, "all", query, form)
        yield _with_form(described, "least", least, {name: form[name] for name in form if name == "file"})
        return
    for number, schema in enumerate(described.bodies):
        is_free = isinstance(schema, dict) and not resolve(schemas, schema).keys() & {"properties", "items"}
        whole, needed = make_value(schemas, schema, "body"), make_least(schemas, schema, "body")
        named = document_names(schemas, schema, whole)
        place = _place(described, whole, is_free=is_free)
        yield _with_body(described, f"all-{number}", query, Body(place, named, whole))
        yield _with_body(described, f"wire-{number}", query, Body(place, whole, whole))
        if needed or described.http != "PATCH":
            yield _with_body(described, f"least-{number}", least, Body(place, needed, needed))
        if not place:
            yield _with_body(described, f"body-{number}", query, Body("body", whole, whole))


def _place(described: Described, body: Any, *, is_free: bool) -> str:
    """The argument for a body as a whole, empty where its members are arguments."""
    if isinstance(body, dict) and not is_free:
        return ""
    return "body" if described.http != "PATCH" else "merge" if isinstance(body, dict) else "patch"


def _with_form(described: Described, what: str, query: Mapping[str, Any], form: Mapping[str, Any]) -> Call:
    """Without body, or with a form of a file and texts."""
    given = {document_argument(name): value for name, value in form.items()}
    sent = {name: value if name == "file" else _texts(value)[0] for name, value in form.items()}
    return _make_call(described, what, query, given, sent or None)


def _with_body(described: Described, what: str, query: Mapping[str, Any], body: Body) -> Call:
    """The body as an argument of its own, or each of its members as one."""
    if body.place:
        return _make_call(described, what, query, {body.place: body.given}, body.wire)
    elsewhere = IN_QUERY.get(described.sdk_name, ())
    sent = {wire: value for wire, value in body.wire.items() if wire not in elsewhere}
    if described.sdk_name in ACCOMPANIED and "instructions" in sent:
        sent["environmentKey"] = make_text("environmentKey")
    named = {document_argument(name): value for name, value in body.given.items()}
    return _make_call(described, what, query, named, sent)


def _make_call(
    described: Described, what: str, query: Mapping[str, Any], given: Mapping[str, Any], body: Any
) -> Call:
    in_body = set(body) if described.sdk_name in SEARCHES and isinstance(body, dict) else set()
    keys = {document_argument(name): make_text(name) for name in described.path_names}
    parameters = {document_argument(name): value for name, value in query.items() if name not in in_body}
    kept = {name: value for name, value in query.items() if name not in in_body}
    return Call(described, what, {**parameters, **given, **keys}, kept, body)


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(one).lower() if isinstance(one, bool) else str(one) for one in values]
