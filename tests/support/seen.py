"""Contexts as SDKs send them: in events, to the address that SDKs post events to."""

from typing import Any

from tests.support.server import TestServer


def see(server: TestServer, *contexts: Any, application: str = "", environment: str = "test") -> None:
    """Have an SDK of an application tell of contexts that it evaluated flags for."""
    events = [{"kind": "index", "creationDate": server.clock.now, "context": context} for context in contexts]
    tags = {"X-LaunchDarkly-Tags": f"application-id/{application}"} if application else {}
    answer = server.post("/bulk", events, as_=server.sdk_key(environment), headers=tags)
    assert answer.status == 202, answer
