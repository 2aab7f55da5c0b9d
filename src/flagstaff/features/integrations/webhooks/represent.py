"""Webhooks and their deliveries from model to wire."""

from msgspec import UNSET

from flagstaff.features.integrations.webhooks.model import Delivery, Webhook
from flagstaff.features.integrations.webhooks.schemas import DeliveryRep, WebhookRep
from flagstaff.kernel.links import Link

MANY = "/api/v2/webhooks"
DELIVERIES = "/api/v2/flagstaff/webhooks/{id}/deliveries"
HIDDEN = "****"


def represent_webhook(webhook: Webhook, secret: str = "") -> WebhookRep:
    """A webhook; `secret` is given for callers who may read it."""
    return WebhookRep(
        links={"self": Link(f"{MANY}/{webhook.id}"), "deliveries": Link(deliveries_path(webhook.id))},
        id=webhook.id,
        name=webhook.name or UNSET,
        url=webhook.url,
        secret=(secret or HIDDEN + webhook.ending) if webhook.is_signed else UNSET,
        statements=webhook.statements or UNSET,
        on=webhook.on,
        tags=webhook.tags,
        notice=webhook.notice or UNSET,
    )


def represent_delivery(delivery: Delivery) -> DeliveryRep:
    path = deliveries_path(delivery.webhook_id)
    return DeliveryRep(
        links={
            "parent": Link(path),
            "entry": Link(f"/api/v2/auditlog/{delivery.entry_id}"),
            "webhook": Link(f"{MANY}/{delivery.webhook_id}"),
        },
        id=delivery.id,
        entry_id=delivery.entry_id,
        replays=delivery.replays or UNSET,
        creation_date=delivery.created,
        state=delivery.state,
        attempts=delivery.attempts,
        finished_date=delivery.finished or UNSET,
        status=delivery.status or UNSET,
        error=delivery.error or UNSET,
    )


def deliveries_path(webhook_id: str) -> str:
    """Where the deliveries of a webhook are listed."""
    return DELIVERIES.format(id=webhook_id)
