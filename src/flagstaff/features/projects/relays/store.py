"""Relay Proxy configurations and their keys in the database."""

from flagstaff.features.projects.relays.model import RelayConfiguration
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.audit import Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.secrets import digest
from flagstaff.storage.transaction import Transaction

TOPIC = "relay-auto-config"
RELAYS = Documents("relay_configurations", RelayConfiguration, lambda relay: {"id": relay.id})


def get_relay(tx: Transaction, relay_id: str) -> RelayConfiguration:
    """The configuration with that id; raises NotFound."""
    relay = RELAYS.find(tx, "id = :id", id=relay_id)
    if relay is None:
        raise NotFound(f"Unknown Relay Proxy configuration {relay_id[:100]!r}")
    return relay


def list_relays(tx: Transaction) -> list[RelayConfiguration]:
    """Every configuration, oldest first; an account has few."""
    return sorted(RELAYS.list(tx, "true"), key=lambda relay: (relay.created, relay.id))


def find_relay_of(tx: Transaction, key: bytes) -> tuple[RelayConfiguration, Millis] | None:
    """The configuration that a key with this digest opens, and when the key ends (0: never), or None."""
    row = tx.one(
        "SELECT relay_id, expires FROM relay_keys WHERE digest = :digest AND (expires = 0 OR expires > :now)",
        digest=key,
        now=tx.now,
    )
    relay = RELAYS.find(tx, "id = :id", id=row[0]) if row else None
    return (relay, int(row[1])) if row and relay else None


def save_relay(
    tx: Transaction, before: RelayConfiguration | None, after: RelayConfiguration, entry: Entry
) -> None:
    """Create or change a configuration."""
    save_change(tx, entry, [Write(RELAYS, before, after)])


def replace_key(tx: Transaction, relay: RelayConfiguration, secret: str, *, expires: Millis = 0) -> None:
    """Make `secret` the key; the one before it works until `expires`, or no longer when that is past."""
    current = "relay_id = :id AND expires = 0"
    if expires > tx.now:
        tx.run(f"UPDATE relay_keys SET expires = :expires WHERE {current}", expires=expires, id=relay.id)
    else:
        tx.run(f"DELETE FROM relay_keys WHERE {current}", id=relay.id)
    tx.run("DELETE FROM relay_keys WHERE expires BETWEEN 1 AND :now", now=tx.now)
    tx.run(
        "INSERT INTO relay_keys (digest, relay_id, expires) VALUES (:digest, :id, 0)",
        digest=digest(secret),
        id=relay.id,
    )


def delete_relay(tx: Transaction, relay: RelayConfiguration, entry: Entry) -> None:
    """Delete a configuration with its keys."""
    tx.run("DELETE FROM relay_keys WHERE relay_id = :id", id=relay.id)
    save_change(tx, entry, [Write(RELAYS, relay, None)])
