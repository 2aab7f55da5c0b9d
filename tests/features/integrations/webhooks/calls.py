"""Webhooks over HTTP, as tests make them."""

from typing import Any

from tests.support.server import TestServer

MANY = "/api/v2/webhooks"


def make_webhook(server: TestServer, url: str = "https://example.com/hook", **members: Any) -> Any:
    """A new webhook, on and unsigned unless it says otherwise."""
    answer = server.post(MANY, {"url": url, "on": True, "sign": False} | members)
    assert answer.status == 200, answer
    return answer.json


def deliveries(server: TestServer, webhook: Any) -> list[Any]:
    """What was or will be sent to a webhook, newest first."""
    items: list[Any] = server.get(f"/api/v2/flagstaff/webhooks/{webhook['_id']}/deliveries").json["items"]
    return items
