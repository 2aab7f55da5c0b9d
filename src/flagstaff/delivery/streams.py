"""Every open stream of this process, by environment: opening, telling, heartbeats and their end."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any, Protocol

from prometheus_client import Gauge

from flagstaff.delivery.background import Background
from flagstaff.delivery.batches import Batch, FlagBatch, TransferBatch
from flagstaff.delivery.channel import Channel, slices
from flagstaff.delivery.client_admission import Admitted
from flagstaff.delivery.client_changes import frame_state
from flagstaff.delivery.client_data import ClientData, Prepared
from flagstaff.delivery.client_requests import ClientRequest
from flagstaff.delivery.client_streams import ClientChannel, ClientStream, ClientTransferStream
from flagstaff.delivery.filtered_streams import FilteredChannel
from flagstaff.delivery.filters import Filters
from flagstaff.delivery.frames import Frame, stream_head
from flagstaff.delivery.memberships import Memberships
from flagstaff.delivery.metrics import Metrics
from flagstaff.delivery.receipts import Receipts
from flagstaff.delivery.snapshot import Snapshot
from flagstaff.delivery.snapshots import Snapshots
from flagstaff.delivery.stream import Stream, TransferStream
from flagstaff.delivery.turns import Turns
from flagstaff.storage.credentials import Credential
from flagstaff.storage.transaction import EnvironmentChange

HEARTBEAT = 30.0  # seconds
ROOM = 8 * 1024 * 1024  # bytes that a stream may lag behind, beyond the `put` it began with
# What the streams of a channel are told.
EVENTS, FLAGS, TRANSFERS, CLIENTS = "events", "flags", "transfers", "clients"
BATCHES = {EVENTS: Batch, FLAGS: FlagBatch, TRANSFERS: TransferBatch}
CLOSING = 1.0  # seconds that streams have to read what they were given when the server stops


class Group(Protocol):
    """Streams that belong to no environment."""

    streams: set[Stream]


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
        receipts: Receipts,
        filters: Filters,
        memberships: Memberships,
        heartbeat: float = HEARTBEAT,
        room: int = ROOM,
    ) -> None:
        self._snapshots = snapshots
        self._filters = filters
        self._memberships = memberships
        self._client_data = client_data
        self._turns = turns
        self._background = background
        self._metrics = metrics
        self._heartbeat = heartbeat
        self._room = room
        self._channels: dict[str, dict[str, Channel]] = {}  # by environment and by what they are told
        self.receipts = receipts
        self.groups: list[Group] = []
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
        told: str = EVENTS,
        basis: str = "",
    ) -> None:
        """Answer with the head and a `put`, and take the transport over from its protocol.

        `told` says in which protocol; the basis, which may be empty, is that of TRANSFERS.
        """
        channel = self._find_channel(snapshot, told)
        kind = TransferStream if told == TRANSFERS else Stream
        stream = kind(channel, transport, credential.digest, chunked=chunked)
        self._begin(channel, stream, snapshot, channel.batch.begin(snapshot, basis), headers)

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
        channel = self._find_client_channel(admitted.prepared)
        kind = ClientStream if request.basis is None else ClientTransferStream
        stream = kind(channel, transport, admitted.entry, request, chunked=chunked)
        frame = frame_state(stream, admitted.prepared, admitted.context, basis=request.basis)
        self._begin(channel, stream, admitted.prepared.snapshot, frame, headers)

    def _begin(
        self,
        channel: Channel,
        stream: Stream,
        snapshot: Snapshot,
        frame: Frame,
        headers: Iterable[tuple[bytes, bytes]],
    ) -> None:
        stream.make_room(self._room + len(frame.chunk))
        channel.join(stream)
        stream.open(
            stream_head(snapshot.environment_id, headers, chunked=stream.chunked),
            frame,
            snapshot.data_version,
        )
        self.begin_beating()

    def note_sdk(self, stream: object, agent: str, tags: str) -> None:
        """Tell which SDK has opened a stream."""
        if isinstance(stream, Stream):
            client = stream.client if isinstance(stream, ClientStream) else ""
            kind = {"": "server", "mobile": "mobile"}.get(client, "browser")
            stream.sdk = self.receipts.name_sdk(agent, tags, kind)

    def list_open(self) -> Iterator[tuple[str, Stream]]:
        """Every stream of an environment, with that."""
        for environment_id, found in self._channels.items():
            for channel in found.values():
                yield from ((environment_id, stream) for stream in channel.streams)

    def begin_beating(self) -> None:
        """Send heartbeats from now on, as long as there are streams."""
        if not self._beating:
            self._beating = True
            self._background.start(self._beat())

    def note_left(self) -> None:
        """Let go on who waits until there are no streams."""
        if self.closing and not self._everyone():
            self._all_gone.set()

    def push(self, change: EnvironmentChange) -> None:
        """Broadcast a change that the snapshot of its environment has taken in."""
        for channel in self._find_channels(change.environment_id):
            channel.push(change)

    def keep_only(self, environment_id: str, keys: frozenset[bytes]) -> None:
        """End the streams of servers that were opened with any other key of the environment."""
        for channel in self._find_channels(environment_id):
            if not isinstance(channel, ClientChannel):
                _keep_only(channel, keys)

    def keep_only_clients(self, environment_id: str, entries: frozenset[bytes]) -> None:
        """End the streams of clients that were let in by anything else."""
        for channel in self._find_channels(environment_id):
            if isinstance(channel, ClientChannel):
                _keep_only(channel, entries)

    def has_clients(self, environment_id: str) -> bool:
        """Whether streams of clients are open."""
        return any(isinstance(channel, ClientChannel) for channel in self._find_channels(environment_id))

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

    async def _beat(self) -> None:
        """Send heartbeats while there are streams."""
        try:
            while self._everyone():
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
        channels = [channel for found in self._channels.values() for channel in found.values()]
        return [stream for group in (*channels, *self.groups) for stream in group.streams]

    def _find_channels(self, environment_id: str) -> list[Channel]:
        return list(self._channels.get(environment_id, {}).values())

    def _find_channel(self, snapshot: Snapshot, told: str) -> Channel:
        """The channel for streams of servers in one protocol."""
        name = f"{told} {snapshot.filter_key}".rstrip()
        found = self._channels.setdefault(snapshot.environment_id, {})
        if name not in found:
            shared = self._shared(self._metrics.streams_open) | {"batch": BATCHES[told]}
            found[name] = self._make_channel(name, snapshot, shared)
        return found[name]

    def _make_channel(self, name: str, snapshot: Snapshot, shared: dict[str, Any]) -> Channel:
        if not snapshot.filter_key:
            return Channel(name, snapshot.environment_id, **shared)
        return FilteredChannel(name, snapshot.environment_id, filters=self._filters, held=snapshot, **shared)

    def _find_client_channel(self, prepared: Prepared) -> Channel:
        snapshot = prepared.snapshot
        name = f"{CLIENTS} {snapshot.filter_key}".rstrip()
        found = self._channels.setdefault(snapshot.environment_id, {})
        if name not in found:
            shared = self._shared(self._metrics.client_streams_open)
            found[name] = ClientChannel(
                name,
                snapshot.environment_id,
                data=self._client_data,
                turns=self._turns,
                memberships=self._memberships,
                held=replace(prepared, big_segments=None),
                **shared,
            )
        return found[name]

    def _shared(self, open_streams: Gauge) -> dict[str, Any]:
        """What every channel is given."""
        return {
            "snapshots": self._snapshots,
            "background": self._background,
            "metrics": self._metrics,
            "open_streams": open_streams,
            "room": self._room,
            "receipts": self.receipts,
            "emptied": self._remove,
        }

    def _remove(self, channel: Channel) -> None:
        found = self._channels[channel.environment_id]
        del found[channel.name]
        if not found:
            del self._channels[channel.environment_id]
        self.note_left()


def _keep_only(channel: Channel, keys: frozenset[bytes]) -> None:
    for stream in tuple(channel.streams):
        if stream.key not in keys:
            stream.end()
