"""The OpenAPI document: made from the operation rows alone, the same bytes for the same rows."""

import inspect
from collections.abc import Iterable
from importlib.metadata import version

from flagstaff.http.openapi.answers import describe_answers, describe_errors
from flagstaff.http.openapi.bodies import describe_body
from flagstaff.http.openapi.components import Components, Schema
from flagstaff.http.openapi.parameters import ACCESS_HEADER, VERSION_HEADERS, describe_parameters
from flagstaff.http.operations import Operation
from flagstaff.http.site import COOKIE

ABOUT = """\
Feature flags, segments, projects and environments of one installation.

**Authorization.** Send an access token as it is in the header `Authorization`, or with `Bearer ` before it.
Pages of the installation's own origin may send the cookie of a session instead, which signing in gives them.

**Versions.** The header `LD-API-Version` takes a date, or `beta`, which is 20220603 together with the
operations that are in beta. Every answer names the version that it was given in.

**Errors** have one shape: `code` for programs, `message` for people, `id` for the server's log.

**Patches** come as a JSON patch, as a JSON merge patch, or as instructions: a semantic patch, which has the
media type parameter `domain-model=launchdarkly.semanticpatch`. Each operation names those that it takes. All
of a patch is done or nothing.

**Methods.** Who cannot send `PATCH`, `PUT` or `DELETE` may send `POST` with `X-HTTP-Method-Override`.

**Limits.** `X-Ratelimit-Global-Remaining` and `X-Ratelimit-Route-Remaining` tell how many calls are left,
and `X-Ratelimit-Reset`, in milliseconds, when there are more.
"""

SCHEMES = {
    "token": {"type": "apiKey", "in": "header", "name": "Authorization"},
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
}


def build_document(rows: Iterable[Operation]) -> Schema:
    """The document of these operations; raises ValueError where two have one route, or two types one name."""
    components = Components()
    responses = describe_errors(components)
    paths: Schema = {}
    groups: set[str] = set()
    for row in rows:
        methods = paths.setdefault(row.path, {})
        if row.method.lower() in methods:
            raise ValueError(f"{row.id}: {row.method} {row.path} stands there already")
        methods[row.method.lower()] = _operation(row, components)
        groups.add(_group(row))
    return {
        "openapi": "3.1.0",
        "info": _info(),
        "servers": [{"url": "/"}],
        "security": [{"token": []}, {"session": []}],
        "tags": [{"name": group} for group in sorted(groups)],
        "paths": paths,
        "components": {
            "securitySchemes": SCHEMES,
            "parameters": VERSION_HEADERS | ACCESS_HEADER,
            "responses": responses,
            "schemas": dict(sorted(components.schemas.items())),
        },
    }


def _info() -> Schema:
    return {
        "title": "Flagstaff REST API",
        "version": version("flagstaff"),
        "description": ABOUT,
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }


def _operation(row: Operation, components: Components) -> Schema:
    description = inspect.cleandoc(row.handler.__doc__ or "")
    body = describe_body(row, components)
    return {
        "operationId": row.id,
        "summary": description.partition("\n")[0].partition(". ")[0].rstrip("."),
        "description": description,
        "tags": [_group(row)],
        "parameters": describe_parameters(row, components),
        **({"requestBody": body} if body else {}),
        "responses": describe_answers(row, components),
        **({"security": []} if row.open else {"security": [{"session": []}]} if row.session else {}),
        **({"x-beta": True} if row.beta else {}),
        "x-sdk-group": row.sdk[0],
        "x-sdk-method": row.sdk[1],
    }


def _group(row: Operation) -> str:
    words = row.sdk[0].removesuffix("_beta").replace("_", " ").capitalize()
    return f"{words} (beta)" if row.sdk[0].endswith("_beta") else words
