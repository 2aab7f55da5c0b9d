"""The parameters of an operation: in its path, its query, and the header that chooses the API's version."""

import re
from functools import cache
from typing import Any

import msgspec

from flagstaff.access.checks import HEADER
from flagstaff.http.openapi.components import Components, Schema
from flagstaff.http.operations import Operation
from flagstaff.kernel.versions import BETA, BY_NAME

VERSION_HEADERS: dict[str, Any] = {
    "ApiVersion": {
        "name": "LD-API-Version",
        "in": "header",
        "required": False,
        "description": "The version of the API to speak; without it the one that the token was made for.",
        "schema": {"type": "string", "enum": list(BY_NAME)},
    },
    "BetaVersion": {
        "name": "LD-API-Version",
        "in": "header",
        "required": True,
        "description": "This operation is in beta and is there only for those who ask for it.",
        "schema": {"type": "string", "enum": [str(BETA)]},
    },
}
ACCESS_HEADER: dict[str, Any] = {
    "Access": {
        "name": HEADER,
        "in": "header",
        "required": False,
        "description": "Actions, separated by commas, or `*`: `_access` then tells of each whether the "
        "caller may do it with what is shown, and why.",
        "schema": {"type": "string"},
    }
}
# What the parameters that many lists share mean, where an operation does not say it in its own words.
SHARED = {
    "archived": "Whether archived ones are answered, too.",
    "changes": "Keys of the projects whose changes to follow; `*` stands for everything.",
    "clone": "The key of what to copy.",
    "compare": "Whether to say in which environments they differ.",
    "after": "Only what happened after this time, in milliseconds.",
    "before": "Only what happened before this time, in milliseconds.",
    "continuationToken": "Where the part starts, as the answer before it says.",
    "cursor": "Where the page starts, as the link to it says.",
    "dryRun": "Check the change and answer its result, but keep nothing of it.",
    "env": "The keys of the environments to show; without it, all of them.",
    "expand": "What to show in more detail: names, separated by commas.",
    "filter": "Which items to answer, as a list of conditions that must all hold.",
    "ignoreConflicts": "Make the change even if pending changes would then fail.",
    "q": "Text to search for.",
    "spec": "A resource specifier, such as `proj/*:env/production:flag/*`: only what it matches.",
    "hours": "How many hours back.",
    "key": "The keys of the flags that are meant.",
    "limit": "How many items to answer at most.",
    "includeTotalCount": "Whether to count everything that was found.",
    "live": "Environments whose events to follow, each as `projectKey/environmentKey`.",
    "offset": "How many items to pass over first.",
    "searchAfter": "The sort value of the last item before this part.",
    "sort": "What to order by: fields, separated by commas; `-` before one turns its order around.",
    "summary": "Whether to count targets and rules instead of showing them.",
    "tag": "Only items with this tag.",
    "who": "The id of a member or a token: only what they did.",
    "within": "A resource specifier: only what it names, and what stands in that.",
    "act": "Only what was done in that way: `toggled` is turned on or off, `archived` also restored.",
}


def describe_parameters(operation: Operation, components: Components) -> list[Schema]:
    """Every parameter, those of the path first."""
    header = "BetaVersion" if operation.beta else "ApiVersion"
    return [
        *(_in_path(name) for name in re.findall(r"\{(\w+)\}", operation.path)),
        *_in_query(components.inline(operation.query)),
        {"$ref": f"#/components/parameters/{header}"},
        *([{"$ref": "#/components/parameters/Access"}] if shows_access(operation) else ()),
    ]


def shows_access(operation: Operation) -> bool:
    """Whether anything in its answer can tell what the caller may do with it."""
    return operation.answer is not None and _has_access(operation.answer)


@cache
def _has_access(answer: Any) -> bool:
    parts = msgspec.json.schema_components((answer,))[1].values()
    return any("_access" in part.get("properties", ()) for part in parts)


def _in_path(name: str) -> Schema:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": f"The {words}.",
        "schema": {"type": "string"},
    }


def _in_query(struct: Schema) -> list[Schema]:
    required = struct.get("required", ())
    return [
        _parameter(name, schema, required=name in required) for name, schema in struct["properties"].items()
    ]


def _parameter(name: str, schema: Schema, *, required: bool) -> Schema:
    schema = _without_null(schema)
    description = schema.pop("description", SHARED.get(name, ""))
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": description,
        "schema": schema,
    }


def _without_null(schema: Schema) -> Schema:
    """A parameter is left out, never null; an empty default says nothing."""
    kept = {name: value for name, value in schema.items() if name != "default" or value not in (None, "", [])}
    others: list[Schema] = [kind for kind in kept.pop("anyOf", ()) if kind != {"type": "null"}]
    if len(others) == 1:
        return {**kept, **others[0]}
    return {**kept, "anyOf": others} if others else kept
