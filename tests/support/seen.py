"""Contexts as SDKs send them: in events, to the address that SDKs post events to."""

import asyncio
from typing import Any

from flagstaff.storage.jobs import list_jobs
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


def tell(
    server: TestServer, application: str, version: str = "", *, mobile: bool = False, **names: str
) -> None:
    """Have an SDK tell which application it runs in."""
    tags = [f"application-id/{application}", *([f"application-version/{version}"] if version else [])]
    tags += [f"application-{name}/{value}" for name, value in names.items()]
    path, key = ("/mobile", server.mobile_key("test")) if mobile else ("/bulk", server.sdk_key("test"))
    context = {"kind": "user", "key": "ann"}
    events = [{"kind": "index", "creationDate": server.clock.now, "context": context}]
    answer = server.post(path, events, as_=key, headers={"X-LaunchDarkly-Tags": " ".join(tags)})
    assert answer.status == 202, answer


def finish_jobs(server: TestServer) -> None:
    """Let the jobs run until all are done."""

    async def wait() -> None:
        async with asyncio.timeout(10):
            # What it waits for is in the database.
            while any(job.state != "done" for job in await server.database.read(list_jobs)):  # noqa: ASYNC110
                await asyncio.sleep(0)

    server.run(wait())
