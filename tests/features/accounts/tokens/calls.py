"""Access tokens over HTTP, as tests make them."""

from typing import Any

from tests.support.server import TestServer

MANY = "/api/v2/tokens"


def make_token(server: TestServer, *, as_: str = "", **members: Any) -> Any:
    """A new token: a personal one of a reader unless it says otherwise."""
    bounds = {"customRoleIds", "inlineRole"} & members.keys()
    body = ({} if bounds else {"role": "reader"}) | members
    answer = server.post(MANY, body, **({"as_": as_} if as_ else {}))
    assert answer.status == 201, answer
    return answer.json
