"""The SDK plane of one process: what it keeps, and how commits reach it."""

import asyncio
from collections.abc import Collection, Mapping, Sequence

import structlog
from prometheus_client import CollectorRegistry

from flagstaff.delivery import streams
from flagstaff.delivery.admission import Admission
from flagstaff.delivery.background import Background
from flagstaff.delivery.client_admission import ClientAdmission
from flagstaff.delivery.client_data import ClientData
from flagstaff.delivery.client_environments import ClientEnvironments
from flagstaff.delivery.feeds import Feeds
from flagstaff.delivery.filters import Filters
from flagstaff.delivery.goals import Goals
from flagstaff.delivery.keyring import Keyring
from flagstaff.delivery.memberships import Memberships
from flagstaff.delivery.metrics import Metrics
from flagstaff.delivery.polls_at_once import PollsAtOnce
from flagstaff.delivery.receipts import Receipts
from flagstaff.delivery.relays import Relays
from flagstaff.delivery.snapshot import Snapshot
from flagstaff.delivery.snapshots import Snapshots
from flagstaff.delivery.stream_protocol import Openers, bind_protocol
from flagstaff.delivery.streams import Streams
from flagstaff.delivery.turns import Turns
from flagstaff.evaluation import Dataset
from flagstaff.features.projects.connections.model import ProcessReceipts
from flagstaff.http.news import News
from flagstaff.kernel.clock import Clock
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.database import Database
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import CredentialChange, Effect, EnvironmentChange, Saved

OF_CREDENTIALS = {"environment", "project"}  # topics of changes that may have ended keys
RETRY = 1.0  # seconds after which an environment is looked up again
log = structlog.get_logger()


class Delivery:
    """Made once for a database; used on the event loop only.

    `advance` and `announce` are the database's listeners, `http_protocol` is uvicorn's setting `http` (with
    `ws="none"`). `polls` is set by who knows the rows. `close` is awaited before uvicorn's own shutdown.
    """

    polls: PollsAtOnce | None = None

    def __init__(
        self,
        database: Database,
        clock: Clock,
        secret_key: SecretKey,
        *,
        registry: CollectorRegistry | None = None,
        heartbeat: float = streams.HEARTBEAT,
        room: int = streams.ROOM,
    ) -> None:
        self._background = Background()
        self._ids = database.ids
        self.metrics = Metrics(registry or CollectorRegistry())
        self.receipts = Receipts(clock)
        self.snapshots = Snapshots(database, self._background, self._push)
        self.keyring = Keyring(database, clock, self._background, self._keep_only)
        self.filters = Filters(database, self._background)
        self.admission = Admission(self.keyring, self.snapshots, self.filters)
        self.client_environments = ClientEnvironments(
            database, secret_key, clock, self._background, self.keyring.reread
        )
        self.client_data = ClientData(self.snapshots, self.filters, self._background)
        self.turns = turns = Turns()
        self.clock = clock
        self.begun = clock()
        self.memberships = memberships = Memberships(database)
        self.database = database
        self.feeds = Feeds()
        self.news = News()
        self.goals = Goals(database)
        self.client_admission = ClientAdmission(
            self.keyring, self.client_environments, self.client_data, turns, memberships, clock
        )
        self.streams = Streams(
            self.snapshots,
            self.client_data,
            turns,
            self._background,
            self.metrics,
            receipts=self.receipts,
            filters=self.filters,
            memberships=memberships,
            heartbeat=heartbeat,
            room=room,
        )
        self.relays = Relays(
            database, secret_key, clock, self._background, self.metrics, room, self.streams.note_left
        )
        self.streams.groups.append(self.relays)

    @property
    def http_protocol(self) -> type[asyncio.Protocol]:
        """The protocol class that serves streams itself and leaves every other request to the application."""
        others: Openers = {(b"relay_auto_config",): self.relays}
        return bind_protocol(
            self.admission,
            self.client_admission,
            self.streams,
            self._ids,
            others=others,
            polls=self.polls,
        )

    def advance(self, effects: Sequence[Effect]) -> None:
        """Take in what a group of units has committed, before their answers are released."""
        for effect in effects:
            if isinstance(effect, EnvironmentChange):
                self.receipts.note_change(effect.environment_id, effect.data_version, effect.committed)
                self.snapshots.advance(effect)
            elif isinstance(effect, CredentialChange):
                self.keyring.advance(effect.environment_id)
                self.client_environments.advance(effect.environment_id)
            elif isinstance(effect, Saved):
                self.goals.advance(effect.topic)

    def announce(self, effects: Sequence[Effect]) -> None:
        """Tell the open streams, after the answers were released."""
        for effect in effects:
            if isinstance(effect, CredentialChange):
                self.keyring.reread(effect.environment_id)
            elif isinstance(effect, EnvironmentChange):
                self.feeds.announce(effect)
                if self.snapshots.find(effect.environment_id):
                    self._push(effect)
            elif isinstance(effect, Saved):
                self.relays.announce(effect.topic)
                self.news.announce()

    def catch_up_with(self, versions: Mapping[str, int], topics: Collection[str]) -> None:
        """Make up for what was perhaps not told: where environments stand, and what changes are about."""
        self.snapshots.catch_up_with(versions)
        missed: list[Effect] = [Saved(topic) for topic in topics]
        if not OF_CREDENTIALS.isdisjoint(topics):
            known = self.keyring.environments | self.client_environments.environments
            missed += [CredentialChange(environment_id) for environment_id in known]
        self.advance(missed)
        self.announce(missed)

    async def snapshot(self, environment_id: str) -> Snapshot:
        """The newest snapshot of an environment; raises Unavailable when the database cannot be read."""
        return await self.snapshots.get(environment_id)

    async def load_dataset(self, environment_id: str) -> tuple[int, Dataset]:
        """The newest prepared flags and segments of an environment with their data version; raises alike."""
        prepared = await self.client_data.get(environment_id)
        return prepared.version, prepared.dataset

    def summarise(self) -> ProcessReceipts:
        """What this process knows of the connections of SDKs."""
        return self.receipts.summarise(self.streams.list_open())

    async def close(self) -> None:
        """End every stream at once, and what is under way; may be awaited more than once.

        Returns when they are gone: readers that do not read are cut off after a second.
        """
        self.feeds.close()
        self.news.close()
        await self.streams.close_all()
        self.keyring.close()
        self.relays.close()
        await self._background.stop()

    def _push(self, change: EnvironmentChange) -> None:
        self.streams.push(change)

    def _keep_only(self, environment_id: str, keys: frozenset[bytes]) -> None:
        """End what was opened with other keys; an environment without any has been deleted."""
        self.streams.keep_only(environment_id, keys)
        if self.streams.has_clients(environment_id):
            self._background.start(self._keep_only_clients(environment_id, keys))
        if not keys:
            self.snapshots.forget(environment_id)
            self.filters.forget(environment_id)
            self.receipts.forget(environment_id)
            self.client_data.forget(environment_id)

    async def _keep_only_clients(self, environment_id: str, keys: frozenset[bytes]) -> None:
        """The same for clients, who may also have come without a key."""
        entries: frozenset[bytes] | None = None
        while entries is None:
            try:
                entries = (await self.client_environments.get(environment_id)).entries
            except NotFound:
                entries = frozenset()
            except Exception:
                log.exception("environment_not_read", environment_id=environment_id)
                await asyncio.sleep(RETRY)
        self.streams.keep_only_clients(environment_id, keys | entries)
