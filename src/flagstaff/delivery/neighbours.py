"""What this process hears from others on the same database, and what it finds that it was not told."""

import asyncio
from collections.abc import Callable, Sequence

import structlog

from flagstaff.delivery.delivery import Delivery
from flagstaff.storage.database import Database
from flagstaff.storage.following import Follower, Written
from flagstaff.storage.processes import Processes
from flagstaff.storage.transaction import Effect

Listener = Callable[[Sequence[Effect]], None]
LATER = 0.005  # seconds after which who was not told is told again
log = structlog.get_logger()


class Neighbours:
    """Used on the event loop. `take_in` is given what another process has committed."""

    def __init__(
        self, processes: Processes, database: Database, delivery: Delivery, take_in: Listener
    ) -> None:
        self.processes = processes
        self._delivery = delivery
        self._take_in = take_in
        self._follower = Follower(database, self._catch_up)
        self._listening = -1
        self._waits = False

    def start(self) -> None:
        try:
            socket = self.processes.open(self._hear)
        except OSError as error:  # then the follower is all there is
            log.warning("processes_not_reachable", folder=str(self.processes.folder), error=repr(error))
        else:
            self._listening = socket.fileno()
            asyncio.get_running_loop().add_reader(self._listening, self.processes.receive)
        self._follower.start()

    async def stop(self) -> None:
        await self._follower.stop()
        if self._listening >= 0:
            asyncio.get_running_loop().remove_reader(self._listening)
            self._listening = -1
        self.processes.close()

    def tell(self, effects: Sequence[Effect]) -> None:
        """Tell the others what was committed here."""
        self.processes.tell(effects)
        self._tell_late()

    def _tell_late(self) -> None:
        """Systems let few messages wait in a socket; who has too many is told a moment later to look."""
        if self.processes.late and not self._waits:
            self._waits = True
            asyncio.get_running_loop().call_later(LATER, self._tell_again)

    def _tell_again(self) -> None:
        self._waits = False
        self.processes.tell_late()
        self._tell_late()

    def _hear(self, effects: Sequence[Effect] | None) -> None:
        if effects is None:
            self._follower.call()
        else:
            self._take_in(effects)

    def _catch_up(self, written: Written) -> None:
        self._delivery.catch_up_with(written.versions, written.topics)
