"""Relay Proxy configurations and their keys in the database."""

from flagstaff.features.projects.relays.model import RelayConfiguration
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.audit import Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.former_secrets import find_owner, forget_former, keep_former
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
    relay = RELAYS.find(tx, "digest = :digest", digest=key)
    if relay is not None:
        return relay, 0
    former = find_owner(tx, key)
    relay = RELAYS.find(tx, "id = :id", id=former[0]) if former else None
    return (relay, former[1]) if relay and former else None


def save_relay(
    tx: Transaction,
    before: RelayConfiguration | None,
    after: RelayConfiguration,
    entry: Entry,
    key: str = "",
) -> None:
    """Create or change a configuration; of a new key only the digest is kept."""
    save_change(tx, entry, [Write(RELAYS, before, after, {"digest": digest(key)} if key else {})])


def replace_key(
    tx: Transaction,
    before: RelayConfiguration,
    after: RelayConfiguration,
    entry: Entry,
    key: str,
    *,
    expires: Millis,
) -> None:
    """Give a configuration a new key; the one before works until `expires`, if that is to come."""
    keep_former(tx, RELAYS.table, before.id, expires)
    save_relay(tx, before, after, entry, key)


def delete_relay(tx: Transaction, relay: RelayConfiguration, entry: Entry) -> None:
    """Delete a configuration with its keys."""
    forget_former(tx, relay.id)
    save_change(tx, entry, [Write(RELAYS, relay, None)])
