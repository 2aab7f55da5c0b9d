"""Persistent stores of big segments in the database, how they fare, and the jobs that write to them."""

import msgspec
from msgspec import Struct

from flagstaff.features.integrations.big_segment_stores.model import MASK, BigSegmentStore
from flagstaff.features.projects.environments.model import Environment
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import Conflict, NotFound
from flagstaff.storage.audit import Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.jobs import Job, cancel, enqueue
from flagstaff.storage.kept_secrets import forget_secret, keep_secret
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import Transaction

PUSH = "push_big_segments"
MOST_ERRORS = 10  # that are kept of each store
STORES = Documents(
    "big_segment_stores",
    BigSegmentStore,
    lambda store: {
        "id": store.id,
        "environment_id": store.environment_id,
        "created": store.created,
        "is_on": int(store.on),
    },
)


class StoreError(Struct, frozen=True):
    """Why a synchronisation failed, and when."""

    message: str
    timestamp: Millis


class StoreStatus(Struct, frozen=True):
    """How a store fares: an observation, no part of the resource. Errors are newest first."""

    last_sync: Millis = 0
    errors: tuple[StoreError, ...] = ()

    @property
    def last_error(self) -> Millis:
        """When it failed last."""
        return self.errors[0].timestamp if self.errors else 0


def get_store(tx: Transaction, environment: Environment, store_id: str) -> BigSegmentStore:
    """The store with that id; raises NotFound."""
    found = STORES.find(
        tx, "id = :id AND environment_id = :environment", id=store_id, environment=environment.id
    )
    if found is None:
        raise NotFound("Unknown integration")
    return found


def list_stores(tx: Transaction) -> list[BigSegmentStore]:
    """Every store, oldest first."""
    return STORES.list(tx, "TRUE ORDER BY created, id")


def save_store(
    tx: Transaction,
    before: BigSegmentStore | None,
    after: BigSegmentStore,
    password: str,
    key: SecretKey,
    *,
    entry: Entry,
) -> None:
    """Create or change a store, and begin or end the job that writes to it.

    Raises Conflict where another one writes the same keys.
    """
    for other in list_stores(tx):
        same = (other.config.host, other.config.port, other.config.prefix)
        if other.id != after.id and same == (after.config.host, after.config.port, after.config.prefix):
            raise Conflict(f"The integration {other.name} writes to this Redis under the same prefix")
    save_change(tx, entry, [Write(STORES, before, after)])
    if not password:
        forget_secret(tx, after.secret)
    elif not password.startswith(MASK):
        keep_secret(tx, after.secret, password, key)
    if after.on:
        kick(tx, after)
    else:
        cancel(tx, after.job)


def delete_store(tx: Transaction, store: BigSegmentStore, entry: Entry) -> None:
    """Write to a store no more. What it holds stays there."""
    save_change(tx, entry, [Write(STORES, store, None)])
    _forget(tx, store)


def remove_stores(tx: Transaction, environment: Environment) -> None:
    """Remove the stores of an environment that is being deleted."""
    for store in STORES.list(tx, "environment_id = :id", id=environment.id):
        _forget(tx, store)
    tx.run("DELETE FROM big_segment_stores WHERE environment_id = :id", id=environment.id)


def kick_stores(tx: Transaction, environment_id: str) -> None:
    """Bring the stores of an environment up to date, since keys have changed."""
    for store in STORES.list(tx, "environment_id = :id AND is_on = 1", id=environment_id):
        kick(tx, store)


def kick(tx: Transaction, store: BigSegmentStore) -> None:
    """Write to a store as soon as may be, and from then on again and again."""
    enqueue(
        tx,
        Job(
            kind=PUSH,
            project_id=store.project_id,
            subject=store.resource.text,
            key=store.job,
            arguments={"store_id": store.id},
        ),
    )


def find_status(tx: Transaction, store_id: str) -> StoreStatus:
    """How a store fares."""
    row = tx.one("SELECT body FROM big_segment_store_status WHERE store_id = :id", id=store_id)
    return StoreStatus() if row is None else msgspec.json.decode(row[0], type=StoreStatus)


def note_sync(tx: Transaction, store_id: str) -> None:
    """A store holds everything."""
    _save_status(tx, store_id, StoreStatus(tx.now, find_status(tx, store_id).errors))


def note_error(tx: Transaction, store_id: str, message: str) -> None:
    """A store could not be written to."""
    known = find_status(tx, store_id)
    errors = (StoreError(message[:500], tx.now), *known.errors)[:MOST_ERRORS]
    _save_status(tx, store_id, StoreStatus(known.last_sync, errors))


def _save_status(tx: Transaction, store_id: str, status: StoreStatus) -> None:
    tx.run(
        "INSERT INTO big_segment_store_status (store_id, body) VALUES (:id, :body) "
        "ON CONFLICT (store_id) DO UPDATE SET body = :body",
        id=store_id,
        body=msgspec.json.encode(status).decode(),
    )


def _forget(tx: Transaction, store: BigSegmentStore) -> None:
    cancel(tx, store.job)
    forget_secret(tx, store.secret)
    tx.run("DELETE FROM big_segment_store_status WHERE store_id = :id", id=store.id)
