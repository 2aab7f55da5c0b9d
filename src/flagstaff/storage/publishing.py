"""What SDKs of each environment see: the newest payload of every flag and segment under its data version.

The data version of an environment is the third counter (decision 0006): one step per unit, never back.
"""

import msgspec

from flagstaff.storage.transaction import EnvironmentChange, Item, Transaction


def publish_items(tx: Transaction) -> None:
    """Give what the unit changed its data versions, store it, and note the effect for after the commit."""
    latest = {(item.environment_id, item.kind, item.key): item for item in tx.items}
    changes: dict[str, list[Item]] = {environment_id: [] for environment_id in tx.touched}
    for item in latest.values():
        changes.setdefault(item.environment_id, []).append(item)
    for environment_id, items in sorted(changes.items()):
        version = _next_version(tx, environment_id)
        published = tuple(_publish(tx, item, version) for item in items)
        tx.effects.append(EnvironmentChange(environment_id, version, published, tx.now))


def read_version(tx: Transaction, environment_id: str) -> int:
    """The data version of an environment; 0 before its first flag or segment."""
    row = tx.one("SELECT data_version FROM sdk_environments WHERE environment_id = :id", id=environment_id)
    return 0 if row is None else int(row[0])


def list_versions(tx: Transaction) -> dict[str, int]:
    """The data version of every environment that has one."""
    return dict(tx.all("SELECT environment_id, data_version FROM sdk_environments"))


def list_busiest(tx: Transaction, *, most: int) -> list[str]:
    """The environments with the most changes, which are likely those with the most SDKs."""
    rows = tx.all(
        "SELECT environment_id FROM sdk_environments ORDER BY data_version DESC LIMIT :most", most=most
    )
    return [environment_id for (environment_id,) in rows]


def load_items(
    tx: Transaction, environment_id: str, since: int = 0, *, tombstones: bool = False
) -> list[Item]:
    """Every item that changed after data version `since`, tombstones included; from 0, only if asked for.

    They carry their payloads, not decoded documents: streams and polls send the bytes as they are.
    """
    rows = tx.all(
        "SELECT kind, key, version, payload FROM sdk_items WHERE environment_id = :id AND version > :since "
        "AND (:tombstones OR payload IS NOT NULL) ORDER BY version, kind DESC, key",
        id=environment_id,
        since=since,
        tombstones=tombstones or since > 0,
    )
    return [
        Item(environment_id, kind, key, None, version, payload or b"") for kind, key, version, payload in rows
    ]


def forget_environment(tx: Transaction, environment_id: str) -> None:
    """Remove what a deleted environment published."""
    tx.run("DELETE FROM sdk_items WHERE environment_id = :id", id=environment_id)
    tx.run("DELETE FROM sdk_environments WHERE environment_id = :id", id=environment_id)


def _next_version(tx: Transaction, environment_id: str) -> int:
    ((version,),) = tx.all(
        "INSERT INTO sdk_environments (environment_id, data_version) VALUES (:environment_id, 1) "
        "ON CONFLICT (environment_id) DO UPDATE SET data_version = data_version + 1 RETURNING data_version",
        environment_id=environment_id,
    )
    return int(version)


def _publish(tx: Transaction, item: Item, version: int) -> Item:
    payload = b""
    document = item.document
    if document is not None:
        document = {**document, "version": version}
        payload = msgspec.json.encode(document)
    tx.run(
        "INSERT INTO sdk_items (environment_id, kind, key, version, payload) "
        "VALUES (:environment_id, :kind, :key, :version, :payload) "
        "ON CONFLICT (environment_id, kind, key) DO UPDATE SET version = :version, payload = :payload",
        environment_id=item.environment_id,
        kind=item.kind,
        key=item.key,
        version=version,
        payload=payload or None,
    )
    return Item(item.environment_id, item.kind, item.key, document, version, payload)
