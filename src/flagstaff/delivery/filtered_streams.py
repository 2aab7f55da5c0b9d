"""The streams of servers behind one payload filter: they are told what has changed of their part."""

import asyncio
from dataclasses import dataclass

import structlog

from flagstaff.delivery.channel import Channel
from flagstaff.delivery.filters import Filters
from flagstaff.delivery.selection import differ
from flagstaff.delivery.snapshot import Snapshot
from flagstaff.kernel.errors import NotFound, Unavailable
from flagstaff.storage.transaction import EnvironmentChange

RETRY = 1.0  # seconds after which a filter is read again
log = structlog.get_logger()


@dataclass(eq=False, kw_only=True)
class FilteredChannel(Channel):
    """`held` is what the last broadcast has told; what is told next is the difference to it."""

    filters: Filters
    held: Snapshot

    async def _run(self) -> None:
        try:
            while self.waiting and self.streams:
                heard = len(self.waiting)
                await self._catch_up()
                del self.waiting[:heard]
        finally:
            self.running = False

    async def _catch_up(self) -> None:
        try:
            whole = await self.snapshots.get(self.environment_id)
            newest = await self.filters.get(whole, self.held.filter_key)
        except NotFound:
            give_up(self, self.held.payload_id)
            return
        except Unavailable:
            log.warning("filter_not_read", environment_id=self.environment_id)
            await asyncio.sleep(RETRY)
            self.waiting.append(EnvironmentChange(self.environment_id, self.held.data_version, ()))
            return
        change = differ(self.held, newest) if newest.data_version > self.held.data_version else None
        if change is not None:
            self.held = newest
            await self._broadcast(self.batch([change], newest, self.room // 2))
        for stream in tuple(self.streams):
            stream.pass_over(whole.data_version)


def give_up(channel: Channel, payload_id: str) -> None:
    """The filter is gone, and nothing can be told any more; SDKs that come back hear why."""
    for stream in tuple(channel.streams):
        stream.fail(payload_id)
