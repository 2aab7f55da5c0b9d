"""An application that several environments know of is one."""

from flagstaff.features.usage.applications.store import list_flags_of, list_seen
from tests.support.seen import request
from tests.support.server import START, TestServer


def test_an_application_is_as_it_was_told_of_last_since_it_was_told_of_first(server: TestServer) -> None:
    for environment in ("production", "test"):
        request(server, "checkout", application="shop", environment=environment)
        server.clock.advance(seconds=60)

    (seen,) = server.read(list_seen).values()
    assert (seen.key, seen.first_seen, seen.source) == ("shop", START, "server")
    assert len(server.read(lambda tx: list_flags_of(tx, "shop"))) == 2
