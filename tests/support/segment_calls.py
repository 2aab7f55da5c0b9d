"""Segments over HTTP, as tests set them up: made in the environment `test` of the project `default`."""

from typing import Any

import msgspec

from tests.support.client import Answer
from tests.support.server import TestServer

MANY = "/api/v2/segments/default/test"
ONE = f"{MANY}/beta"


def make(server: TestServer, key: str = "beta", many: str = MANY, **members: Any) -> Any:
    """A new segment; its representation."""
    answer = server.post(many, {"key": key, "name": f"Segment {key}"} | members)
    assert answer.status == 201, answer
    return answer.json


def a_rule(op: str = "in", *values: Any, **members: Any) -> dict[str, Any]:
    """A rule as it is sent: the country is Sweden unless it says otherwise."""
    clause = {"attribute": "country", "op": op, "values": values or ("SE",), "negate": False}
    return {"clauses": [clause]} | members


def ask_for(server: TestServer, key: str, *others: str) -> Answer:
    """Give a segment a rule that asks for others."""
    return server.instruct(f"{MANY}/{key}", {"kind": "addRule", **a_rule("segmentMatch", *others)})


def published(server: TestServer, environment: str = "test") -> dict[str, Any]:
    """The segments that SDKs of an environment were sent; None is what they must forget."""
    rows = server.rows(
        "SELECT sdk_items.key, payload FROM sdk_items JOIN environments ON environments.id = environment_id "
        "WHERE environments.key = :environment AND kind = 'segments'",
        environment=environment,
    )
    return {key: payload and msgspec.json.decode(payload) for key, payload in rows}


def last_entry(server: TestServer) -> dict[str, Any]:
    """The newest entry of the audit log."""
    columns = ("kind", "name", "title_verb", "description", "comment", "accesses")
    (row,) = server.rows(f"SELECT {', '.join(columns)} FROM audit_log ORDER BY position DESC LIMIT 1")
    entry = dict(zip(columns, row, strict=True))
    return entry | {"accesses": msgspec.json.decode(entry["accesses"])}
