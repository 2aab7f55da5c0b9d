"""Every open stream of this process, by environment: opening, telling, heartbeats and their end."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress

from flagstaff.delivery.background import Background
from flagstaff.delivery.channel import Channel, slices
from flagstaff.delivery.frames import stream_head
from flagstaff.delivery.metrics import Metrics
from flagstaff.delivery.snapshot import Snapshot
from flagstaff.delivery.snapshots import Snapshots
from flagstaff.delivery.stream import Stream
from flagstaff.storage.credentials import Credential
from flagstaff.storage.transaction import EnvironmentChange

HEARTBEAT = 30.0  # seconds
ROOM = 8 * 1024 * 1024  # bytes that a stream may lag behind, beyond the `put` it began with
CLOSING = 1.0  # seconds that streams have to read what they were given when the server stops


class Streams:
    """Opens streams and reaches them again."""

    def __init__(
        self,
        snapshots: Snapshots,
        background: Background,
        metrics: Metrics,
        *,
        heartbeat: float = HEARTBEAT,
        room: int = ROOM,
    ) -> None:
        self._snapshots = snapshots
        self._background = background
        self._metrics = metrics
        self._heartbeat = heartbeat
        self._room = room
        self._channels: dict[str, Channel] = {}
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
        if not self._beating:
            self._beating = True
            self._background.start(self._beat())

    def push(self, change: EnvironmentChange) -> None:
        """Broadcast a change that the snapshot of its environment has taken in."""
        channel = self._channels.get(change.environment_id)
        if channel is not None:
            channel.push(change)

    def keep_only(self, environment_id: str, keys: frozenset[bytes]) -> None:
        """End the streams that were opened with any other key of the environment."""
        channel = self._channels.get(environment_id)
        for stream in tuple(channel.streams) if channel else ():
            if stream.key not in keys:
                stream.end()

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
                while self._channels:
                    await self._all_gone.wait()
        for stream in self._everyone():
            stream.abort()

    async def _beat(self) -> None:
        """Send heartbeats while there are streams."""
        try:
            while self._channels:
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
        return [stream for channel in self._channels.values() for stream in channel.streams]

    def _make_channel(self, environment_id: str) -> Channel:
        channel = Channel(
            environment_id, self._snapshots, self._background, self._metrics, self._room, self._remove
        )
        self._channels[environment_id] = channel
        return channel

    def _remove(self, channel: Channel) -> None:
        del self._channels[channel.environment_id]
        if not self._channels:
            self._all_gone.set()
