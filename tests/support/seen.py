"""Contexts as SDKs send them: in events, to the address that SDKs post events to."""

from typing import Any

from tests.support.server import TestServer


def see(server: TestServer, *contexts: Any, application: str = "", environment: str = "test") -> None:
    """Have an SDK of an application tell of contexts that it evaluated flags for."""
    events = [{"kind": "index", "creationDate": server.clock.now, "context": context} for context in contexts]
    tags = {"X-LaunchDarkly-Tags": f"application-id/{application}"} if application else {}
    answer = server.post("/bulk", events, as_=server.sdk_key(environment), headers=tags)
    assert answer.status == 202, answer


def request(
    server: TestServer,
    *flags: str,
    counts: Any = ((0, 1),),
    kinds: Any = ("user",),
    application: str = "",
    environment: str = "test",
) -> None:
    """Have an SDK tell that flags were evaluated: how often each variation (None: the default) was served."""
    counters = [
        {"value": None, "version": 2, "count": count}
        | ({"unknown": True} if variation is None else {"variation": variation})
        for variation, count in counts
    ]
    feature = {"default": {"fallback": 1}, "contextKinds": kinds, "counters": counters}
    now = server.clock.now
    summary = {"kind": "summary", "startDate": now, "endDate": now, "features": dict.fromkeys(flags, feature)}
    tags = {"X-LaunchDarkly-Tags": f"application-id/{application}"} if application else {}
    answer = server.post("/bulk", [summary], as_=server.sdk_key(environment), headers=tags)
    assert answer.status == 202, answer
