"""Every open stream of this process, by environment: opening, telling, heartbeats and their end."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress

from flagstaff.delivery.background import Background
from flagstaff.delivery.channel import Channel, slices
from flagstaff.delivery.client_admission import Admitted
from flagstaff.delivery.client_changes import frame_state
from flagstaff.delivery.client_data import ClientData, Prepared
from flagstaff.delivery.client_requests import ClientRequest
from flagstaff.delivery.client_streams import ClientChannel, ClientStream
from flagstaff.delivery.frames import stream_head
from flagstaff.delivery.metrics import Metrics
from flagstaff.delivery.snapshot import Snapshot
from flagstaff.delivery.snapshots import Snapshots
from flagstaff.delivery.stream import Stream
from flagstaff.delivery.turns import Turns
from flagstaff.storage.credentials import Credential
from flagstaff.storage.transaction import EnvironmentChange

HEARTBEAT = 30.0  # seconds
ROOM = 8 * 1024 * 1024  # bytes that a stream may lag behind, beyond the `put` it began with
CLOSING = 1.0  # seconds that streams have to read what they were given when the server stops


class Streams:
    """Opens streams and reaches them again, those of servers and those of clients."""

    def __init__(
        self,
        snapshots: Snapshots,
        client_data: ClientData,
        turns: Turns,
        background: Background,
        metrics: Metrics,
        *,
        heartbeat: float = HEARTBEAT,
        room: int = ROOM,
    ) -> None:
        self._snapshots = snapshots
        self._client_data = client_data
        self._turns = turns
        self._background = background
        self._metrics = metrics
        self._heartbeat = heartbeat
        self._room = room
        self._channels: dict[str, Channel] = {}
        self._client_channels: dict[str, ClientChannel] = {}
        self._beating = False
        self._all_gone = asyncio.Event()
        self.closing = False

    def open(
        self,
        transport: asyncio.Transport,
        credential: Credential,
        snapshot: Snapshot,
        headers: Iterable[tuple[bytes, bytes]],
        *,
        chunked: bool,
    ) -> None:
        """Answer with the head and a `put`, and take the transport over from its protocol."""
        head, put = stream_head(snapshot.environment_id, headers, chunked=chunked), snapshot.put
        channel = self._channels.get(snapshot.environment_id) or self._make_channel(snapshot.environment_id)
        stream = Stream(channel, transport, credential.digest, chunked=chunked)
        stream.make_room(self._room + len(put.chunk))
        transport.set_protocol(stream)
        channel.join(stream)
        stream.open(head, put, snapshot.data_version)
        self._begin_beating()

    def open_client(
        self,
        transport: asyncio.Transport,
        request: ClientRequest,
        admitted: Admitted,
        headers: Iterable[tuple[bytes, bytes]],
        *,
        chunked: bool,
    ) -> None:
        """The same for a client-side SDK, whose `put` is evaluated for its context."""
        prepared = admitted.prepared
        environment_id = prepared.snapshot.environment_id
        head = stream_head(environment_id, headers, chunked=chunked)
        channel = self._client_channels.get(environment_id) or self._make_client_channel(prepared)
        stream = ClientStream(channel, transport, admitted.entry, request, chunked=chunked)
        frame = frame_state(stream, prepared, admitted.context)
        stream.make_room(self._room + len(frame.chunk))
        transport.set_protocol(stream)
        channel.join(stream)
        stream.open(head, frame, prepared.version)
        self._begin_beating()

    def push(self, change: EnvironmentChange) -> None:
        """Broadcast a change that the snapshot of its environment has taken in."""
        for channel in self._find_channels(change.environment_id):
            channel.push(change)

    def keep_only(self, environment_id: str, keys: frozenset[bytes]) -> None:
        """End the streams of servers that were opened with any other key of the environment."""
        _keep_only(self._channels.get(environment_id), keys)

    def keep_only_clients(self, environment_id: str, entries: frozenset[bytes]) -> None:
        """End the streams of clients that were let in by anything else."""
        _keep_only(self._client_channels.get(environment_id), entries)

    def has_clients(self, environment_id: str) -> bool:
        """Whether streams of clients are open."""
        return environment_id in self._client_channels

    def end_all(self) -> None:
        """End every stream and open no more."""
        self.closing = True
        for stream in self._everyone():
            stream.end()

    async def close_all(self) -> None:
        """The same, and return when they are gone, at most a second later."""
        self.end_all()
        self._all_gone.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSING):
                while self._everyone():
                    await self._all_gone.wait()
        for stream in self._everyone():
            stream.abort()

    def _begin_beating(self) -> None:
        if not self._beating:
            self._beating = True
            self._background.start(self._beat())

    async def _beat(self) -> None:
        """Send heartbeats while there are streams."""
        try:
            while self._channels or self._client_channels:
                await asyncio.sleep(self._heartbeat)
                await self._beat_once()
        finally:
            self._beating = False

    async def _beat_once(self) -> None:
        for part in slices(self._everyone()):
            for stream in part:
                stream.beat()
            await asyncio.sleep(0)

    def _everyone(self) -> list[Stream]:
        channels = (*self._channels.values(), *self._client_channels.values())
        return [stream for channel in channels for stream in channel.streams]

    def _find_channels(self, environment_id: str) -> list[Channel]:
        found = (self._channels.get(environment_id), self._client_channels.get(environment_id))
        return [channel for channel in found if channel is not None]

    def _make_channel(self, environment_id: str) -> Channel:
        channel = Channel(
            environment_id,
            self._snapshots,
            self._background,
            self._metrics,
            self._metrics.streams_open,
            self._room,
            self._remove,
        )
        self._channels[environment_id] = channel
        return channel

    def _make_client_channel(self, prepared: Prepared) -> ClientChannel:
        environment_id = prepared.snapshot.environment_id
        channel = ClientChannel(
            environment_id,
            self._snapshots,
            self._background,
            self._metrics,
            self._metrics.client_streams_open,
            self._room,
            self._remove,
            data=self._client_data,
            turns=self._turns,
            held=prepared,
        )
        self._client_channels[environment_id] = channel
        return channel

    def _remove(self, channel: Channel) -> None:
        channels = self._client_channels if isinstance(channel, ClientChannel) else self._channels
        del channels[channel.environment_id]
        if not self._channels and not self._client_channels:
            self._all_gone.set()


def _keep_only(channel: Channel | None, keys: frozenset[bytes]) -> None:
    for stream in tuple(channel.streams) if channel else ():
        if stream.key not in keys:
            stream.end()
