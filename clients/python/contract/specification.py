"""An OpenAPI document, and whether a request is one that it describes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote

import jsonschema_rs

from contract.values import resolve
from recording.forms import read_form
from recording.server import Recorded

METHODS = frozenset({"get", "put", "post", "patch", "delete"})
MULTIPART = "multipart/form-data"
TEXTS = {
    "integer": re.compile(r"-?\d+"),
    "boolean": re.compile("true|false"),
    "string": re.compile(".*", re.DOTALL),
}


@dataclass(frozen=True)
class Described:
    """One operation of the document."""

    http: str
    path: str
    facts: Mapping[str, Any]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(self.path)))

    @cached_property
    def path_names(self) -> list[str]:
        return re.findall(r"\{(\w+)\}", self.path)

    @cached_property
    def query(self) -> dict[str, Mapping[str, Any]]:
        """The parameters of the query; those that are references are headers of every operation."""
        return {one["name"]: one for one in self.facts.get("parameters", ()) if one.get("in") == "query"}

    @cached_property
    def media(self) -> Mapping[str, Any]:
        """What the body may be, by media types without their parameters."""
        content: Mapping[str, Any] = self.facts.get("requestBody", {}).get("content", {})
        found: dict[str, Any] = {}
        for media, described in content.items():
            found.setdefault(media.partition(";")[0], []).append(described["schema"])
        return {
            media: schemas[0] if len(schemas) == 1 else {"anyOf": schemas} for media, schemas in found.items()
        }

    @cached_property
    def bodies(self) -> list[Mapping[str, Any]]:
        """Every schema of a body, also where several formats are taken."""
        return (
            [] if self.is_form else [one for schema in self.media.values() for one in _alternatives(schema)]
        )

    @property
    def is_form(self) -> bool:
        return MULTIPART in self.media

    @property
    def form(self) -> Mapping[str, Any]:
        """The parts of a form."""
        parts: Mapping[str, Any] = self.media[MULTIPART]["properties"] if self.is_form else {}
        return parts

    @property
    def sdk_name(self) -> str:
        names = self.facts.get("x-sdk", {})
        group = names.get("group") or self.facts["x-sdk-group"]
        return f"{group.replace('_(beta)', '_beta')}.{names.get('method') or self.facts['x-sdk-method']}"


class Specification:
    """The operations of a document, by the names that client libraries give them.

    With `placeholders` only names and types count, not which values are taken: samples fill in any text.
    """

    def __init__(self, document: Mapping[str, Any], *, placeholders: bool = False) -> None:
        described = [
            Described(http.upper(), route, facts)
            for route, item in document["paths"].items()
            for http, facts in item.items()
            if http in METHODS
        ]
        self.operations = {one.sdk_name: one for one in described}
        self.schemas: Mapping[str, Any] = document["components"]["schemas"]
        self._placeholders = placeholders
        self._components = {"schemas": self._prepare(self.schemas)}
        self._validators: dict[str, Any] = {}

    def find_problems(self, name: str, request: Recorded) -> Iterator[str]:
        """Say what about a request is not as the document has it."""
        described = self.operations[name]
        path, _, query = request.target.partition("?")
        if request.method != described.http:
            yield f"{request.method} instead of {described.http}"
        if described.pattern.fullmatch(path) is None:
            yield f"{path} is not {described.path}"
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
        yield from self._query_problems(described, pairs)
        yield from self._body_problems(described, request)

    def path_values(self, name: str, request: Recorded) -> dict[str, str]:
        """What the path holds, decoded."""
        found = self.operations[name].pattern.fullmatch(request.target.partition("?")[0])
        return {key: unquote(value) for key, value in found.groupdict().items()} if found else {}

    def _query_problems(self, described: Described, given: list[tuple[str, str]]) -> Iterator[str]:
        for key, value in given:
            known = described.query.get(key)
            if known is None:
                yield f"no parameter {key}"
                continue
            schema = resolve(self.schemas, known["schema"])
            kind = schema.get("items", schema).get("type", "string")
            if not TEXTS[kind].fullmatch(value):
                yield f"{key}={value} is not of type {kind}"
        for key, known in described.query.items():
            if known.get("required") and key not in dict(given):
                yield f"{key} is missing in the query"

    def _body_problems(self, described: Described, request: Recorded) -> Iterator[str]:
        media = request.headers.get("Content-Type", "").partition(";")[0]
        if not described.media:
            return
        if media not in described.media:
            yield f"the body is {media or 'missing'}, not {', '.join(described.media)}"
            return
        value = _read_texts(request, described.form) if media == MULTIPART else request.json
        for error in self._validator(described, media).iter_errors(value):
            yield f"{'/'.join(map(str, error.instance_path))}: {error.message}"

    def _validator(self, described: Described, media: str) -> Any:
        name = f"{described.sdk_name} {media}"
        if name not in self._validators:
            schema = {**self._prepare(described.media[media]), "components": self._components}
            self._validators[name] = jsonschema_rs.validator_for(schema)
        return self._validators[name]

    def _prepare(self, schema: Any) -> Any:
        return close_objects(schema, leaving_out=("enum",) if self._placeholders else ())


def close_objects(schema: Any, leaving_out: tuple[str, ...] = ()) -> Any:
    """The same schemas, whose objects with documented members have no others."""
    if isinstance(schema, list):
        return [close_objects(one, leaving_out) for one in schema]
    if not isinstance(schema, dict):
        return schema
    without = ("example", "format", *leaving_out)
    closed = {key: close_objects(value, leaving_out) for key, value in schema.items() if key not in without}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed


def _alternatives(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for one in schema.get("anyOf", [schema]):
        yield from _alternatives(one) if "anyOf" in one else [one]


def _read_texts(request: Recorded, parts: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a form as their schema sees them: files too are texts there, and booleans are no texts."""
    return {name: _read_part(part, parts.get(name, {})) for name, part in read_form(request).items()}


def _read_part(part: Any, schema: Mapping[str, Any]) -> Any:
    if isinstance(part, bytes):
        return part.decode()
    is_boolean = schema.get("type") == "boolean" and TEXTS["boolean"].fullmatch(part)
    return part == "true" if is_boolean else part
