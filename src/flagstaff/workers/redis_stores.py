"""Big segments on their way to a Redis that SDKs read, in the layout that SDKs know.

The store holds the cursor of what it has been told, so a Redis that was emptied is filled again, and one with
another past is cleared of it first.
"""

import asyncio
from collections.abc import Iterable
from functools import partial
from importlib import import_module
from typing import Any

import msgspec

from flagstaff.features.integrations.big_segment_stores.model import BigSegmentStore
from flagstaff.features.integrations.big_segment_stores.store import PUSH, STORES, note_error, note_sync
from flagstaff.features.segments.revisions import Patch, read_cursor, read_patches
from flagstaff.http.outgoing import Address, AllowedNetworks, Refused, find_address
from flagstaff.storage.kept_secrets import find_secret
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import Transaction
from flagstaff.workers.run import Run, Work, Works

EVERY = 30_000  # milliseconds; SDKs take what was confirmed two minutes ago for stale
TIME = 10.0  # seconds for one step
SCAN = 1_000


class RedisStores(msgspec.Struct, frozen=True):
    """Writes to every store; `allowed` is where the operator lets the server connect to."""

    secret_key: SecretKey
    allowed: AllowedNetworks

    def list_works(self) -> Works:
        """The one kind of job there is."""
        return {PUSH: Work(self.push, every=EVERY)}

    async def push(self, run: Run) -> None:
        """Bring a store up to date; what keeps it from that is noted, and tried again at the next time."""
        store, password = await run.read(partial(self._read, store_id=run.job.arguments["store_id"]))
        if store is None:
            return
        redis = import_module("redis.asyncio")  # needed only where there is such a store
        errors = import_module("redis.exceptions")
        try:
            address = await find_address(store.config.host, store.config.port, self.allowed)
            async with connect(redis, store, password, address) as client:
                await _synchronise(run, store, client)
        except (Refused, errors.RedisError, OSError, TimeoutError) as error:
            message = str(error) or type(error).__name__
            await run.write(partial(note_error, store_id=store.id, message=message))
            return
        await run.write(partial(note_sync, store_id=store.id))

    def _read(self, tx: Transaction, store_id: str) -> tuple[BigSegmentStore | None, str]:
        store = STORES.find(tx, "id = :id AND is_on = 1", id=store_id)
        return store, "" if store is None else find_secret(tx, store.secret, self.secret_key)


def connect(redis: Any, store: BigSegmentStore, password: str, address: Address) -> Any:
    """A client that connects to the address that was checked, and expects the certificate of the name."""
    config = store.config
    options: dict[str, Any] = {
        "host": address.ip,
        "port": config.port,
        "username": config.username or None,
        "password": password or None,
        "socket_timeout": TIME,
        "socket_connect_timeout": TIME,
    }
    if config.tls:
        options["connection_class"] = _named_connection(redis.SSLConnection, config.host)
    pool = redis.ConnectionPool(**options)
    return redis.Redis.from_pool(pool)


def _named_connection(connection: Any, host: str) -> Any:
    def arguments(self: Any) -> dict[str, Any]:
        return {**connection._connection_arguments(self), "server_hostname": host}  # noqa: SLF001 - no other way

    return type("NamedConnection", (connection,), {"_connection_arguments": arguments})


async def _synchronise(run: Run, store: BigSegmentStore, client: Any) -> None:
    """Write what the store lacks, then that it is up to date."""
    prefix, environment_id = store.config.prefix, store.environment_id
    place = f"{prefix}:big_segments_cursor"
    cursor = (await client.get(place) or b"").decode(errors="replace")
    if not cursor or await run.read(partial(read_cursor, environment_id=environment_id, text=cursor)) is None:
        cursor = ""
        await _clear(client, prefix)
    while patches := await run.write(partial(read_patches, environment_id=environment_id, after=cursor)):
        async with asyncio.timeout(TIME), client.pipeline(transaction=True) as pipeline:
            for patch in patches:
                _apply(pipeline, prefix, patch)
            cursor = patches[-1].version
            pipeline.set(place, cursor)
            await pipeline.execute()
    await client.set(f"{prefix}:big_segments_synchronized_on", str(run.database.clock()))


def _apply(pipeline: Any, prefix: str, patch: Patch) -> None:
    for side, hashes in (("include", patch.changes.included), ("exclude", patch.changes.excluded)):
        for found in hashes.add:
            pipeline.sadd(f"{prefix}:big_segment_{side}:{found}", patch.segment_id)
        for found in hashes.remove:
            pipeline.srem(f"{prefix}:big_segment_{side}:{found}", patch.segment_id)


async def _clear(client: Any, prefix: str) -> None:
    """Remove memberships of another past."""
    quoted = "".join(f"\\{mark}" if mark in "*?[]\\" else mark for mark in prefix)
    for side in ("include", "exclude"):
        found: list[bytes] = []
        async for key in client.scan_iter(match=f"{quoted}:big_segment_{side}:*", count=SCAN):
            found.append(key)
            if len(found) >= SCAN:
                await _unlink(client, found)
                found = []
        await _unlink(client, found)


async def _unlink(client: Any, keys: Iterable[bytes]) -> None:
    gone = list(keys)
    if gone:
        await client.unlink(*gone)
