"""Webhooks in the database, and the deliveries that wait for their job."""

import msgspec

from flagstaff.features.integrations.webhooks.model import DELIVERED, FAILED, WAITING, Delivery, Webhook
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import NotFound
from flagstaff.storage import jobs
from flagstaff.storage.audit import Actor, Entry
from flagstaff.storage.changes import save_action, save_change
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.jobs import Job
from flagstaff.storage.kept_secrets import forget_secret
from flagstaff.storage.transaction import Transaction

WEBHOOKS = Documents(
    "webhooks", Webhook, lambda webhook: {"id": webhook.id, "is_on": webhook.on}, remembered=64
)
COLUMNS = "position, id, webhook_id, entry_id, replays, created, state, attempts, finished, status, error"
JOB = "webhook"
KEPT: Millis = 30 * 24 * 3_600_000  # that finished deliveries are shown
LONGEST_ERROR = 500


def get_webhook(tx: Transaction, webhook_id: str) -> Webhook:
    """The webhook with that id; raises NotFound."""
    webhook = find_webhook(tx, webhook_id)
    if webhook is None:
        raise NotFound(f"Unknown webhook {webhook_id[:100]!r}")
    return webhook


def find_webhook(tx: Transaction, webhook_id: str) -> Webhook | None:
    return WEBHOOKS.find(tx, "id = :id", id=webhook_id)


def list_webhooks(tx: Transaction) -> list[Webhook]:
    """Every webhook, oldest first; an account has few."""
    return sorted(WEBHOOKS.list(tx, "true"), key=lambda webhook: (webhook.created, webhook.id))


def save_webhook(tx: Transaction, before: Webhook | None, after: Webhook, entry: Entry) -> None:
    """Create or change a webhook; one that is turned on goes on with what has waited meanwhile."""
    save_change(tx, entry, [Write(WEBHOOKS, before, after)])
    if after.on and before is not None and not before.on:
        wake(tx, after)


def delete_webhook(tx: Transaction, webhook: Webhook, entry: Entry) -> None:
    """Delete a webhook with its secret, and whatever waits for it."""
    forget_secret(tx, webhook.owner)
    jobs.cancel(tx, webhook.owner)
    tx.run("DELETE FROM deliveries WHERE webhook_id = :id", id=webhook.id)
    save_change(tx, entry, [Write(WEBHOOKS, webhook, None)])


def queue_change(tx: Transaction, entry: Entry, entry_id: str) -> None:
    """Have a change sent to every webhook that wants it, in the unit that makes the change."""
    for webhook in WEBHOOKS.list(tx, "is_on = 1"):
        if webhook.wants(entry.accesses):
            add_delivery(tx, webhook, entry_id)


def add_delivery(tx: Transaction, webhook: Webhook, entry_id: str, replays: str = "") -> Delivery:
    """Queue one sending, behind those that wait already."""
    delivery_id = tx.ids.uuid()
    position = tx.connection.execute(
        "INSERT INTO deliveries (id, webhook_id, entry_id, replays, created, state) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (delivery_id, webhook.id, entry_id, replays, tx.now, WAITING),
    ).lastrowid
    wake(tx, webhook)
    return Delivery(
        position=position or 0,
        id=delivery_id,
        webhook_id=webhook.id,
        entry_id=entry_id,
        replays=replays,
        created=tx.now,
    )


def replay_delivery(tx: Transaction, webhook: Webhook, delivery: Delivery, entry: Entry) -> Delivery:
    """Queue the change of a delivery once more, with an audit entry of its own."""
    save_action(tx, entry)
    return add_delivery(tx, webhook, delivery.entry_id, delivery.replays or delivery.id)


def wake(tx: Transaction, webhook: Webhook) -> None:
    """Have the webhook's job look at once, unless it waits before it tries again what has failed."""
    waits = "SELECT 1 FROM jobs WHERE job_key = :key AND state = 'queued' AND error <> ''"
    if tx.one(waits, key=webhook.owner) is None:
        arguments = {"webhook": webhook.id}
        jobs.enqueue(tx, Job(kind=JOB, key=webhook.owner, subject=webhook.owner, arguments=arguments))


def find_waiting(tx: Transaction, webhook_id: str) -> Delivery | None:
    """What is to be sent next."""
    row = tx.one(
        f"SELECT {COLUMNS} FROM deliveries WHERE webhook_id = :id AND state = '{WAITING}' "
        "ORDER BY position LIMIT 1",
        id=webhook_id,
    )
    return None if row is None else _delivery(row)


def get_delivery(tx: Transaction, webhook: Webhook, delivery_id: str) -> Delivery:
    """One delivery of that webhook; raises NotFound."""
    row = tx.one(
        f"SELECT {COLUMNS} FROM deliveries WHERE webhook_id = :webhook AND id = :id",
        webhook=webhook.id,
        id=delivery_id,
    )
    if row is None:
        raise NotFound(f"Unknown delivery {delivery_id[:100]!r}")
    return _delivery(row)


def list_deliveries(tx: Transaction, webhook: Webhook, limit: int, offset: int) -> tuple[list[Delivery], int]:
    """A page of deliveries, newest first, and how many there are."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM deliveries WHERE webhook_id = :id ORDER BY position DESC "
        "LIMIT :limit OFFSET :offset",
        id=webhook.id,
        limit=limit,
        offset=offset,
    )
    counted = tx.one("SELECT count(*) FROM deliveries WHERE webhook_id = :id", id=webhook.id)
    return [_delivery(row) for row in rows], counted[0] if counted else 0


def note_attempt(tx: Transaction, delivery: Delivery, status: int, error: str) -> None:
    """Note how an attempt went: without an error the change is delivered. Old ones are forgotten."""
    tx.run(
        "UPDATE deliveries SET attempts = attempts + 1, state = :state, status = :status, error = :error, "
        "finished = :finished WHERE id = :id",
        state=WAITING if error else DELIVERED,
        status=status,
        error=error[:LONGEST_ERROR],
        finished=0 if error else tx.now,
        id=delivery.id,
    )
    tx.run(
        f"DELETE FROM deliveries WHERE webhook_id = :webhook AND state <> '{WAITING}' AND finished < :before",
        webhook=delivery.webhook_id,
        before=tx.now - KEPT,
    )


def let_go(tx: Transaction, delivery: Delivery, reason: str) -> None:
    """End a delivery that cannot be made."""
    tx.run(
        "UPDATE deliveries SET state = :state, error = :reason, finished = :now WHERE id = :id",
        state=FAILED,
        reason=reason,
        now=tx.now,
        id=delivery.id,
    )


def pause(tx: Transaction, webhook: Webhook) -> None:
    """Turn a webhook off whose receiver has failed again and again, and let go what it has failed for."""
    delivery = find_waiting(tx, webhook.id)
    reason = "" if delivery is None else delivery.error
    if delivery is not None:
        let_go(tx, delivery, reason)
    notice = f"Paused after {jobs.MOST_ATTEMPTS} failed attempts: {reason}".rstrip(": ")
    after = msgspec.structs.replace(webhook, on=False, notice=notice, version=webhook.version + 1)
    entry = Entry(
        kind="webhook",
        name=webhook.name or webhook.url,
        title_verb="paused the webhook",
        description=notice,
        accesses=(("updateOn", webhook.resource.text),),
        actor=Actor(),
    )
    save_change(tx, entry, [Write(WEBHOOKS, webhook, after)])


def _delivery(row: tuple[object, ...]) -> Delivery:
    return msgspec.convert(dict(zip(Delivery.__struct_fields__, row, strict=True)), Delivery)
