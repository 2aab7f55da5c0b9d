"""Custom roles over HTTP, as tests make them."""

from typing import Any

from tests.support.server import TestServer

MANY = "/api/v2/roles"
TOGGLE = {"effect": "allow", "actions": ["updateOn"], "resources": ["proj/*:env/test:flag/*"]}


def make_role(server: TestServer, key: str = "ops", *statements: Any, **members: Any) -> Any:
    """A new role that may turn flags on and off in the environment `test` unless it says otherwise."""
    body = {"key": key, "name": key.title(), "policy": statements or [TOGGLE]}
    answer = server.post(MANY, body | members)
    assert answer.status == 201, answer
    return answer.json
