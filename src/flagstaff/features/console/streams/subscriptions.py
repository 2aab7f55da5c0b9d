"""What a stream follows: whose changes, and which environments' events."""

from collections.abc import Callable

import msgspec

from flagstaff.access.decision import Caller, is_visible
from flagstaff.access.specifiers import Resource
from flagstaff.features.console.streams.schemas import StreamQuery
from flagstaff.features.projects.environments.store import get_environment
from flagstaff.features.projects.store import get_project
from flagstaff.http.call import Call
from flagstaff.http.identity import Identity
from flagstaff.kernel.errors import InvalidRequest, NotFound
from flagstaff.storage.transaction import Transaction

EVERYTHING = "*"
MOST = 20  # projects, and environments, of one stream


class LivePlace(msgspec.Struct, frozen=True):
    """An environment whose events are followed; `name` is how it was asked for."""

    name: str
    environment_id: str
    resource: Resource


class Subscriptions(msgspec.Struct, frozen=True):
    """`projects` are keys, or EVERYTHING; `identify` tells who it is that follows, as of now."""

    projects: frozenset[str]
    live: tuple[LivePlace, ...]
    after: int | None
    identify: Callable[[Transaction], Identity | None]

    def wants(self, project_key: str) -> bool:
        return EVERYTHING in self.projects or project_key in self.projects


def read_subscriptions(call: Call) -> Subscriptions:
    """What the call asks for. Raises NotFound for what the caller may not see, InvalidRequest."""
    query: StreamQuery = call.query
    if not query.changes and not query.live:
        raise InvalidRequest("query: a stream follows changes or live - at `changes`")
    if max(len(query.changes), len(query.live)) > MOST:
        raise InvalidRequest(f"query: a stream follows at most {MOST} of each - at `changes`")
    for key in query.changes:
        if key != EVERYTHING and not call.sees(get_project(call.tx, key).resource):
            raise NotFound(f"Unknown project key {key[:100]}")
    return Subscriptions(
        projects=frozenset(query.changes),
        live=tuple(_find_place(call, name) for name in dict.fromkeys(query.live)),
        after=_read_position(call.visit.last_event or query.after),
        identify=call.identify_again,
    )


def sees(caller: Caller, resource: Resource) -> bool:
    """Whether who follows may know of a resource."""
    return is_visible(caller, resource)


def _find_place(call: Call, name: str) -> LivePlace:
    project_key, _, environment_key = name.partition("/")
    project = get_project(call.tx, project_key)
    if not call.sees(project.resource):
        raise NotFound(f"Unknown project key {project_key[:100]}")
    environment = get_environment(call.tx, project, environment_key)
    return LivePlace(name, environment.id, environment.resource(project))


def _read_position(text: str) -> int | None:
    """None without one; what is none is so old that nothing can follow it."""
    if not text:
        return None
    return int(text) if text.isdecimal() and len(text) < 16 else -1
