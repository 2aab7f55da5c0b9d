"""Keys that were replaced and still work, over REST."""

from tests.features.projects.calls import ENVIRONMENTS
from tests.support.client import READER
from tests.support.server import TestServer

OLD = "/api/v2/flagstaff/projects/default/environments/test/old-keys"


def reset(server: TestServer, hours: int) -> str:
    """Replace the SDK key, which goes on for so many hours, and return it."""
    old: str = server.get(f"{ENVIRONMENTS}/test").json["apiKey"]
    expiry = server.clock.now + hours * 3_600_000
    assert server.post(f"{ENVIRONMENTS}/test/apiKey?expiry={expiry}").status == 200
    return old


def test_a_replaced_key_is_told_until_it_ends(server: TestServer) -> None:
    assert server.get(OLD).json["items"] == []
    begun = server.clock.now
    day = reset(server, 24)
    hour = reset(server, 1)

    shown = server.get(OLD, as_=READER).json

    assert shown["items"] == [
        {"kind": "sdk", "ending": hour[-4:], "expiry": begun + 3_600_000},
        {"kind": "sdk", "ending": day[-4:], "expiry": begun + 24 * 3_600_000},
    ]
    assert shown["_links"]["self"]["href"] == OLD
    server.clock.advance(seconds=3_600)
    assert [one["ending"] for one in server.get(OLD).json["items"]] == [day[-4:]]
    assert server.get(OLD.replace("test", "production")).json["items"] == []


def test_a_key_that_ended_at_once_is_not_told(server: TestServer) -> None:
    assert server.post(f"{ENVIRONMENTS}/test/apiKey").status == 200

    assert server.get(OLD).json["items"] == []
