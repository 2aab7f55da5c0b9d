"""Sending changes to webhooks: one after another for each, signed, and tried again until they are taken."""

import hmac

import msgspec

from flagstaff.features.audit.details import show_detail
from flagstaff.features.audit.store import find_entry
from flagstaff.features.integrations.webhooks import store
from flagstaff.features.integrations.webhooks.model import Delivery, Webhook
from flagstaff.http.outgoing import AllowedNetworks, Refused, post
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import Unavailable
from flagstaff.storage.jobs import Job, Progress
from flagstaff.storage.kept_secrets import find_secret
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import Transaction
from flagstaff.workers.run import Run, Work

LOOK_AGAIN: Millis = 24 * 3_600_000  # a job that finds nothing waits to be woken, or so long
Message = tuple[Webhook, Delivery, bytes, dict[str, str]]


def webhook_work(key: SecretKey, allowed: AllowedNetworks) -> Work:
    """What is done for the job of a webhook."""

    async def send_all(run: Run) -> None:
        while (message := await run.read(lambda tx: _next_message(tx, run.job, key))) is not None:
            await _send(run, message, allowed)

    return Work(send_all, give_up=_give_up, every=LOOK_AGAIN)


async def _send(run: Run, message: Message, allowed: AllowedNetworks) -> None:
    webhook, delivery, body, headers = message
    if not body:
        await run.write(lambda tx: store.let_go(tx, delivery, "the audit log no longer keeps the change"))
        return
    status, error = 0, ""
    try:
        status = await post(webhook.url, body, headers, allowed)
    except Refused as refused:
        error = str(refused)
    if not error and not 200 <= status < 300:
        error = f"the receiver answered {status}"

    def note(tx: Transaction) -> None:
        store.note_attempt(tx, delivery, status, error)

    def note_success(tx: Transaction) -> Progress:
        note(tx)
        return Progress(0, 0)

    if error:
        await run.write(note)
        raise Unavailable(error, retry_after=1)
    await run.advance(note_success)


def _next_message(tx: Transaction, job: Job, key: SecretKey) -> Message | None:
    webhook = store.find_webhook(tx, job.arguments["webhook"])
    delivery = store.find_waiting(tx, webhook.id) if webhook is not None and webhook.on else None
    if webhook is None or delivery is None:
        return None
    entry = find_entry(tx, delivery.entry_id)
    if entry is None:
        return webhook, delivery, b"", {}
    body = msgspec.json.encode(show_detail(tx, entry, lambda _: True))
    headers = {"Content-Type": "application/json", "X-Flagstaff-Delivery": delivery.id}
    if webhook.is_signed:
        secret = find_secret(tx, webhook.owner, key)
        headers["X-LD-Signature"] = hmac.new(secret.encode(), body, "sha256").hexdigest()
    return webhook, delivery, body, headers


def _give_up(tx: Transaction, job: Job) -> None:
    webhook = store.find_webhook(tx, job.arguments["webhook"])
    if webhook is not None and webhook.on:
        store.pause(tx, webhook)
