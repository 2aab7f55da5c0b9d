"""OAuth 2.0 clients in the database: documents, and digests of their secrets."""

import hmac
from collections.abc import Callable

from flagstaff.features.accounts.oauth_clients.model import OAuthClient
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.audit import Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.secrets import digest
from flagstaff.storage.transaction import Transaction

CLIENTS = Documents(
    "oauth_clients", OAuthClient, lambda client: {"id": client.id, "created": client.created}, remembered=64
)
NO_SECRET = b""

# What ends with a client: each is told of it in the transaction in which it is deleted.
on_client_deleted: list[Callable[[Transaction, OAuthClient], None]] = []


def list_clients(tx: Transaction) -> list[OAuthClient]:
    """Every client, oldest first."""
    return CLIENTS.list(tx, "TRUE ORDER BY created, id")


def find_client(tx: Transaction, client_id: str) -> OAuthClient | None:
    return CLIENTS.find(tx, "id = :id", id=client_id)


def get_client(tx: Transaction, client_id: str) -> OAuthClient:
    """The client with that id; raises NotFound."""
    client = find_client(tx, client_id)
    if client is None:
        raise NotFound(f"Unknown OAuth client {client_id[:100]!r}")
    return client


def has_secret(tx: Transaction, client: OAuthClient, secret: str) -> bool:
    """Whether the secret is that of the client; a public one has none."""
    row = tx.one("SELECT digest FROM oauth_clients WHERE id = :id", id=client.id)
    return row is not None and row[0] != NO_SECRET and hmac.compare_digest(bytes(row[0]), digest(secret))


def add_client(tx: Transaction, client: OAuthClient, secret: str, entry: Entry) -> None:
    """Store a new client; of its secret only the digest is kept."""
    kept = digest(secret) if secret else NO_SECRET
    save_change(tx, entry, [Write(CLIENTS, None, client, {"digest": kept})])


def update_client(tx: Transaction, before: OAuthClient, after: OAuthClient, entry: Entry) -> None:
    """Change a client; its secret stays."""
    save_change(tx, entry, [Write(CLIENTS, before, after)])


def delete_client(tx: Transaction, client: OAuthClient, entry: Entry) -> None:
    """Delete a client, with everything that it was ever allowed to do."""
    for end in on_client_deleted:
        end(tx, client)
    save_change(tx, entry, [Write(CLIENTS, client, None)])
