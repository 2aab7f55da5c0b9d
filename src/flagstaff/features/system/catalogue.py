"""What this installation offers, as callers are told: the OpenAPI document, and the categories there are."""

from functools import cache

import msgspec

from flagstaff.http.openapi.document import build_document
from flagstaff.http.operations import Operation
from flagstaff.kernel.links import Link

ROOT = "/api/v2"

# Filled by hooks.py with every row there is, before the first call.
offered: list[Operation] = []


@cache
def encoded_document() -> msgspec.Raw:
    """The OpenAPI document, made when it is first asked for."""
    return msgspec.Raw(msgspec.json.encode(build_document(offered)))


@cache
def list_categories() -> dict[str, Link]:
    """A link to everything that a token can read at the top, under the last word of its path."""
    top = ROOT + "/"
    resources = [row for row in offered if row.method == "GET" and row.stream is None and not row.session]
    paths = [row.path for row in resources if "{" not in row.path and row.path.startswith(top)]
    return {"self": Link(ROOT)} | {path.rpartition("/")[2]: Link(path) for path in sorted(paths)}
