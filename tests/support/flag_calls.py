"""Flags over HTTP, as tests set them up in the project `default`, mostly in its environment `test`."""

from typing import Any

import msgspec

from tests.support.client import Answer
from tests.support.server import TestServer

MANY = "/api/v2/flags/default"
ONE = f"{MANY}/checkout"
RED, GREEN, BLUE = (f"00000000-0000-4000-8000-00000000000{digit}" for digit in "abc")
YES, NO = (f"00000000-0000-4000-8000-00000000000{digit}" for digit in "de")  # of a boolean flag
FIRST, SECOND = (f"00000000-0000-4000-8000-0000000000{digits}" for digits in ("f1", "f2"))  # rules
COLOURS = [
    {"_id": RED, "value": "red"},
    {"_id": GREEN, "value": "green"},
    {"_id": BLUE, "value": "blue"},
]


def make(server: TestServer, key: str = "checkout", many: str = MANY, **members: Any) -> Any:
    """A new flag, boolean unless it says otherwise; its representation."""
    answer = server.post(many, {"key": key, "name": f"Flag {key}"} | members)
    assert answer.status == 201, answer
    return answer.json


def make_colours(server: TestServer, key: str = "checkout", **members: Any) -> Any:
    """A flag with the variations red, green and blue: red when it is on, blue when it is off."""
    return make(server, key, variations=COLOURS, **members)


def make_switch(server: TestServer, key: str, **members: Any) -> Any:
    """A boolean flag whose variations are YES and NO."""
    return make(server, key, variations=[{"_id": YES, "value": True}, {"_id": NO, "value": False}], **members)


def instruct(server: TestServer, *instructions: Any, key: str = "checkout", environment: str = "test") -> Any:
    """A semantic patch that must succeed; the flag after it."""
    answer = server.instruct(f"{MANY}/{key}", *instructions, environment=environment)
    assert answer.status == 200, answer
    return answer.json


def require(
    server: TestServer, key: str, needed: str, variation: str = YES, environment: str = "test"
) -> Answer:
    """Give a flag a prerequisite."""
    added = {"kind": "addPrerequisite", "key": needed, "variationId": variation}
    return server.instruct(f"{MANY}/{key}", added, environment=environment)


def a_clause(*values: Any, op: str = "in", **members: Any) -> dict[str, Any]:
    """A clause as it is sent: the country is Sweden unless it says otherwise."""
    clause = {"contextKind": "user", "attribute": "country", "op": op, "negate": False}
    return clause | {"values": list(values) or ["SE"]} | members


def a_rule(serve: str = GREEN, *clauses: Any, **members: Any) -> dict[str, Any]:
    """A rule as instructions have it."""
    return {"clauses": list(clauses) or [a_clause()], "variationId": serve} | members


def a_rollout(**weights: int) -> dict[str, Any]:
    """What a percentage rollout of the colours is in an instruction; weights of red, green and blue."""
    ids = {"red": RED, "green": GREEN, "blue": BLUE}
    return {"rolloutWeights": {ids[name]: weight for name, weight in weights.items()}}


def published(server: TestServer, environment: str = "test", project: str = "default") -> dict[str, Any]:
    """The flags that SDKs of an environment were sent; None is what they must forget."""
    rows = server.rows(
        "SELECT sdk_items.key, payload FROM sdk_items "
        "JOIN environments ON environments.id = environment_id JOIN projects ON projects.id = project_id "
        "WHERE environments.key = :environment AND projects.key = :project AND kind = 'flags'",
        environment=environment,
        project=project,
    )
    return {key: payload and msgspec.json.decode(payload) for key, payload in rows}


def at(document: Any, path: str) -> Any:
    """What stands at a path such as `environments.test.rules.0.variation`; None where nothing does."""
    for step in path.split("."):
        if isinstance(document, list):
            document = document[int(step)] if int(step) < len(document) else None
        else:
            document = document.get(step) if document is not None else None
    return document


def state_of(server: TestServer) -> tuple[Any, ...]:
    """All that a change would leave traces in."""
    counts = server.count("audit_log"), server.count("outbox")
    shown = server.get(MANY, query={"summary": "0", "sort": "key"}).body
    return shown, counts, published(server), published(server, "production")


def keys(answer: Answer) -> list[str]:
    """The keys of the flags in a list."""
    assert answer.status == 200, answer
    return [item["key"] for item in answer.json["items"]]
