"""The stream of the console over REST: the handler, its row, and the loop that feeds it.

One stream of a browser tells of changes, whoever made them, and of what SDKs tell of environments.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial

import msgspec
import structlog
from falcon.asgi import SSEvent

from flagstaff.features.console.preferences.store import count_choices
from flagstaff.features.console.streams.changes import Part, find_start, read_changes
from flagstaff.features.console.streams.live import Watch
from flagstaff.features.console.streams.schemas import LiveData, OpenData, StreamQuery
from flagstaff.features.console.streams.subscriptions import Subscriptions, read_subscriptions, sees
from flagstaff.http.call import Call
from flagstaff.http.identity import Identity
from flagstaff.http.operations import ANY_CALLER, Edge, Operation
from flagstaff.kernel.errors import ApiError
from flagstaff.storage.transaction import Transaction

PATH = "/api/v2/flagstaff/stream"
HEARTBEAT = 15.0  # seconds after which a stream that has nothing to tell shows that it is alive
LOOK = 5.0  # seconds between looks at whether the caller still may
OFTEN = 1.0  # seconds between looks at the events of SDKs
log = structlog.get_logger()


def get_stream(call: Call) -> Subscriptions:
    """Follow changes of resources, and what SDKs tell of environments, as server-sent events.

    `changes` names projects (`*`: everything, also what is in no project), `live` environments as
    `projectKey/environmentKey`. The header `Last-Event-ID`, or `after`, resumes; where that is not possible
    any more an event `reload` says so, and `preferences` that a member has chosen something for the lists of
    the console, to the sessions of that member. The stream ends with the credential that opened it.
    """
    return read_subscriptions(call)


@dataclass
class _State:
    """Where a stream stands."""

    asked: Subscriptions
    position: int = -1
    choices: int = 0
    watches: list[Watch] = field(default_factory=list)


class _News(msgspec.Struct, frozen=True):
    """What a look has found."""

    part: Part
    live: tuple[LiveData, ...]
    choices: int


async def follow(edge: Edge, asked: Subscriptions) -> AsyncIterator[SSEvent | None]:
    """The events of a stream, until its credential ends or the server does; None is a heartbeat."""
    state = _State(asked, watches=[Watch(place) for place in asked.live])
    loop = asyncio.get_running_loop()
    told = looked = loop.time()
    with edge.news.following() as news:
        yield await _open(edge, state)
        while not edge.news.closing:
            news.clear()
            now = loop.time()
            looks = now - looked >= OFTEN
            looked = now if looks else looked
            try:
                found = await edge.database.read(partial(_look, state=state, looks=looks))
            except ApiError as error:  # the database cannot be read; there will be another look
                log.info("stream_not_fed", error=repr(error))
                found = _News(Part((), state.position, more=False), (), state.choices)
            if found is None:
                yield SSEvent(event="end", data=b"{}")
                return
            for event in _events(found, has_chosen=found.choices != state.choices):
                told = loop.time()
                yield event
            state.position, state.choices = found.part.position, found.choices
            if loop.time() - told >= HEARTBEAT:
                told = loop.time()
                yield None
            if not found.part.more:
                await _wait(news, OFTEN if state.watches else LOOK)


async def _open(edge: Edge, state: _State) -> SSEvent:
    """The first event: `open`, or `reload` where what was missed is no longer known."""
    state.position, is_lost = await edge.database.read(partial(_begin, state=state))
    data = msgspec.json.encode(OpenData(state.position))
    return SSEvent(event="reload" if is_lost else "open", event_id=str(state.position), data=data)


def _begin(tx: Transaction, state: _State) -> tuple[int, bool]:
    """From now on all is told."""
    for watch in state.watches:
        watch.look(tx)
    state.choices = _count_choices(tx, state.asked.identify(tx))
    return find_start(tx, state.asked.after)


def _look(tx: Transaction, state: _State, *, looks: bool) -> _News | None:
    """What is new for the caller; None if the credential has ended."""
    identity = state.asked.identify(tx)
    if identity is None:
        return None
    part = Part((), state.position, more=False)
    if state.asked.projects:
        part = read_changes(tx, state.asked, identity.caller, state.position)
    watches = state.watches if looks else []
    live = [watch.look(tx) for watch in watches if sees(identity.caller, watch.place.resource)]
    return _News(part, tuple(one for one in live if one), _count_choices(tx, identity))


def _count_choices(tx: Transaction, identity: Identity | None) -> int:
    """Of the member whose session it is; who calls with a token has no console."""
    return count_choices(tx, identity.actor.member_id) if identity and identity.session_id else 0


def _events(found: _News, *, has_chosen: bool) -> list[SSEvent]:
    changes = [
        SSEvent(event="change", event_id=str(one.position), data=msgspec.json.encode(one))
        for one in found.part.changes
    ]
    chosen = [SSEvent(event="preferences", data=b"{}")] if has_chosen else []
    return [*changes, *chosen, *(SSEvent(event="live", data=msgspec.json.encode(one)) for one in found.live)]


async def _wait(news: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await news.wait()
    except TimeoutError:
        return


OPERATIONS = (
    Operation(
        get_stream,
        "GET",
        PATH,
        ("flagstaff", "get_stream"),
        ANY_CALLER,
        query=StreamQuery,
        errors=(404,),
        stream=follow,
        emits=True,
    ),
)
