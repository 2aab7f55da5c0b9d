"""An OpenAPI document, and whether a request is one that it describes."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

import jsonschema_rs

from tests.support.recorder import Recorded
from tests.support.wire import read_form

METHODS = frozenset({"get", "put", "post", "patch", "delete"})
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
    def query(self) -> dict[str, Mapping[str, Any]]:
        return {one["name"]: one for one in self.facts.get("parameters", ()) if one["in"] == "query"}

    @cached_property
    def media(self) -> Mapping[str, Any]:
        content: Mapping[str, Any] = self.facts.get("requestBody", {}).get("content", {})
        return content

    @property
    def sdk_name(self) -> str:
        group = self.facts["x-sdk"]["group"].replace("_(beta)", "_beta")
        return f"{group}.{self.facts['x-sdk']['method']}"


class Specification:
    """The operations of a document, by the names that client libraries give them."""

    def __init__(self, path: Path) -> None:
        self._document = json.loads(path.read_text(encoding="utf-8"))
        described = [
            Described(http.upper(), route, facts)
            for route, item in self._document["paths"].items()
            for http, facts in item.items()
            if http in METHODS
        ]
        self.operations = {one.sdk_name: one for one in described}
        self._components = close_objects(self._document["components"])

    def find_problems(self, name: str, request: Recorded) -> Iterator[str]:
        """Say what about a request is not as the document has it."""
        described = self.operations[name]
        path, _, query = request.target.partition("?")
        if request.method != described.http:
            yield f"{request.method} instead of {described.http}"
        if described.pattern.fullmatch(path) is None:
            yield f"{path} is not {described.path}"
        yield from self._query_problems(
            described, parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
        )
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
            elif not TEXTS[known["schema"]["type"]].fullmatch(value):
                yield f"{key}={value} is not of type {known['schema']['type']}"
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
        schema = close_objects(described.media[media]["schema"])
        value = _texts(request) if media.startswith("multipart") else request.json
        validator = jsonschema_rs.validator_for({**schema, "components": self._components})
        for error in validator.iter_errors(value):
            yield f"{'/'.join(map(str, error.instance_path))}: {error.message}"


def close_objects(schema: Any) -> Any:
    """The same schemas: objects with documented members have no others, and lists of values are left out.

    The samples of the reference fill in placeholders where only some values are taken.
    """
    if isinstance(schema, list):
        return [close_objects(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {
        key: close_objects(value) for key, value in schema.items() if key not in ("example", "format", "enum")
    }
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed


def _texts(request: Recorded) -> dict[str, str]:
    """The parts of a form; files too are texts in a schema."""
    form = read_form(request)
    return {name: part.decode() if isinstance(part, bytes) else part for name, part in form.items()}
