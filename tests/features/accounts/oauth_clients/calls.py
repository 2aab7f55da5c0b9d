"""OAuth 2.0 clients over HTTP, as tests make them."""

from typing import Any

from tests.support.server import TestServer

MANY = "/api/v2/oauth/clients"
REDIRECT = "https://bot.example.com/back"


def make_client(server: TestServer, **members: Any) -> Any:
    """A new client with its secret."""
    answer = server.post(MANY, {"name": "Bot", "redirectUri": REDIRECT} | members)
    assert answer.status == 201, answer
    return answer.json
