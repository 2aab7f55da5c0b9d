"""Automatic configuration of Relay Proxies: streams that say which environments they are to serve.

An unknown key is refused only after the database was asked: some versions of the Relay Proxy end at a 401.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import msgspec
import structlog

from flagstaff.delivery.alarms import Alarm
from flagstaff.delivery.background import Background
from flagstaff.delivery.client_requests import find_parameter
from flagstaff.delivery.frames import Frame, stream_head
from flagstaff.delivery.keyring import MOST_ASKED, RETRY, read_key
from flagstaff.delivery.metrics import Metrics
from flagstaff.delivery.relay_views import RelayView, read_views
from flagstaff.delivery.stream import GONE, Owner, Stream
from flagstaff.features.projects.relays.store import TOPIC
from flagstaff.kernel.clock import Clock
from flagstaff.kernel.errors import Unauthorized, Unavailable
from flagstaff.storage.database import Database
from flagstaff.storage.secrets import SecretKey, digest

TOPICS = {TOPIC, "environment", "project", "payload-filter"}  # changes that a Relay Proxy may be told of
PROTOCOL = "rpacProtocolVersion"  # the parameter in which a Relay Proxy says what it understands
FILTERS_SINCE = 2  # earlier ones fail where they are told of payload filters
log = structlog.get_logger()


class AdmittedRelay(msgspec.Struct, frozen=True):
    """The digest of the key that was shown, and what it shows; `seen` changes were announced before."""

    key: bytes
    view: RelayView
    seen: int
    knows_filters: bool


class RelayStream(Stream):
    """Keeps what its Relay Proxy was told. At its end the Relay Proxy is asked to come again."""

    __slots__ = ("held", "knows_filters")
    farewell = Frame([b"event: reconnect\ndata:  \n\n"])

    def __init__(
        self, owner: Owner, transport: asyncio.Transport, admitted: AdmittedRelay, *, chunked: bool
    ) -> None:
        super().__init__(owner, transport, admitted.key, chunked=chunked)
        self.held = admitted.view
        self.knows_filters = admitted.knows_filters


@dataclass(eq=False)
class Relays:
    """Lets Relay Proxies in, and tells them of changes; used on the event loop only.

    `room` is what a buffer may hold beyond a `put`; `left` is called when a stream is no longer.
    """

    database: Database
    secret_key: SecretKey
    clock: Clock
    background: Background
    metrics: Metrics
    room: int
    left: Callable[[], None]

    def __post_init__(self) -> None:
        self._asking = 0
        self._changes = 0
        self._told = 0
        self._running = False
        self._alarm = Alarm(self.clock, self.refresh)  # when the key that shows one of them ends
        self.streams: set[Stream] = set()

    async def admit(self, authorization: str | None, query: str) -> AdmittedRelay:
        """What the key in the header shows; raises Unauthorized and Unavailable."""
        key, seen = digest(read_key(authorization)), self._changes
        if self._asking >= MOST_ASKED:
            raise Unavailable("Too many Relay Proxies at once; try again", retry_after=1)
        self._asking += 1
        try:
            view = (await self.database.read(self._reading({key}))).get(key)
        finally:
            self._asking -= 1
        if view is None:
            raise Unauthorized("Unknown Relay Proxy key")
        knows_filters = _read_protocol(query) >= FILTERS_SINCE
        return AdmittedRelay(key, view if knows_filters else view.without_filters(), seen, knows_filters)

    def open(
        self,
        transport: asyncio.Transport,
        admitted: AdmittedRelay,
        headers: Iterable[tuple[bytes, bytes]],
        *,
        chunked: bool,
    ) -> None:
        """Answer with the head and a `put`, and take the transport over from its protocol."""
        stream = RelayStream(self, transport, admitted, chunked=chunked)
        frame = admitted.view.frame_put()
        stream.make_room(self.room + len(frame.chunk))
        self.streams.add(stream)
        self.metrics.relay_streams_open.inc()
        stream.open(stream_head("", headers, chunked=chunked), frame, admitted.view.version)
        self._watch(admitted.view)
        if admitted.seen != self._changes:
            self.refresh()

    def announce(self, topic: str) -> None:
        """A change of that topic was committed."""
        if topic in TOPICS:
            self._changes += 1
            self.refresh()

    def refresh(self) -> None:
        """Read again what the open streams are to be told."""
        self._told = -1
        if self.streams and not self._running:
            self._running = True
            self.background.start(self._refresh())

    def leave(self, stream: Stream) -> None:
        self.streams.discard(stream)
        self.metrics.relay_streams_open.dec()
        self.left()

    def drop(self, stream: Stream) -> None:
        """Give up on a reader that does not read."""
        self.metrics.dropped.inc()
        stream.abort()

    def close(self) -> None:
        self._alarm.cancel()

    async def _refresh(self) -> None:
        try:
            while self.streams and self._told != self._changes:
                self._told = self._changes
                try:
                    views = await self.database.read(self._reading({stream.key for stream in self.streams}))
                except Exception:
                    log.exception("relay_configurations_not_read")
                    self._told = -1
                    await asyncio.sleep(RETRY)
                    continue
                for stream in tuple(self.streams):
                    self._tell(stream, views)
        finally:
            self._running = False

    def _reading(self, keys: set[bytes]) -> "partial[dict[bytes, RelayView]]":
        return partial(read_views, keys=keys, secret_key=self.secret_key)

    def _tell(self, stream: Stream, views: dict[bytes, RelayView]) -> None:
        if not isinstance(stream, RelayStream) or stream.version == GONE:
            return
        view = views.get(stream.key)
        if view is None:
            stream.end()
            return
        if not stream.knows_filters:
            view = view.without_filters()
        frame, stream.held = view.frame_since(stream.held), view
        if frame is not None:
            stream.give(frame, view.version)
        self._watch(view)

    def _watch(self, view: RelayView) -> None:
        """Look again when the key that shows this ends."""
        if view.expires:
            self._alarm.set(view.expires)


def _read_protocol(query: str) -> int:
    version = find_parameter(query, PROTOCOL) or ""
    return int(version) if version.isdecimal() and len(version) < 10 else 1
