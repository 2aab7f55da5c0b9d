"""The streams of browsers and mobile SDKs in one environment: each has a context of its own."""

import asyncio
from dataclasses import dataclass
from typing import ClassVar

from flagstaff.delivery.channel import Channel
from flagstaff.delivery.client_changes import ClientChanges
from flagstaff.delivery.client_data import ClientData, Prepared
from flagstaff.delivery.client_requests import ClientRequest
from flagstaff.delivery.filtered_streams import give_up
from flagstaff.delivery.memberships import Memberships
from flagstaff.delivery.stream import Owner, Stream
from flagstaff.delivery.transfers import GOODBYE
from flagstaff.delivery.turns import Turns
from flagstaff.kernel.errors import NotFound


class ClientStream(Stream):
    """Keeps the context as JSON, which is smaller than a parsed one."""

    __slots__ = ("client", "context_json", "with_reasons")
    transfers: ClassVar[bool] = False

    def __init__(
        self,
        owner: Owner,
        transport: asyncio.Transport,
        key: bytes,
        request: ClientRequest,
        *,
        chunked: bool,
    ) -> None:
        super().__init__(owner, transport, key, chunked=chunked)
        self.client = request.client
        self.context_json = request.context_json
        self.with_reasons = request.with_reasons


class ClientTransferStream(ClientStream):
    """A stream of the second protocol."""

    __slots__ = ()
    transfers = True
    farewell = GOODBYE


@dataclass(eq=False, kw_only=True)
class ClientChannel(Channel):
    """`held` is what the last broadcast has told; what is told next is the difference to it."""

    data: ClientData
    turns: Turns
    memberships: Memberships
    held: Prepared

    async def _run(self) -> None:
        try:
            while self.waiting and self.streams:
                self.waiting.clear()
                await self._catch_up()
        finally:
            self.running = False

    async def _catch_up(self) -> None:
        """Tell every stream what has changed for its context since the last broadcast."""
        snapshot = self.held.snapshot
        try:
            newest = await self.data.get(self.environment_id, snapshot.filter_key)
        except NotFound:
            give_up(self, snapshot.payload_id)
            return
        if newest.version <= self.held.version:
            return
        changes, self.held = ClientChanges(self.held, newest), newest
        for stream in tuple(self.streams):
            if isinstance(stream, ClientStream):
                await self._tell(stream, changes)
        self.metrics.broadcasts.inc()

    async def _tell(self, stream: ClientStream, changes: ClientChanges) -> None:
        find = await self.memberships.find(self.held, stream.context_json)
        await self.turns.take()
        if stream.version >= changes.version:
            return
        frame = changes.frame_for(stream, find)
        if frame is None:
            stream.pass_over(changes.version)
        else:
            stream.given = self.receipts.clock()
            self._give(stream, frame, changes.version)
            self.receipts.note_given(self.environment_id, changes.version, (stream.sdk,))
