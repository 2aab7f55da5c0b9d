"""Webhooks over REST: the handlers, then one row per operation."""

from collections.abc import Collection
from typing import Any

import msgspec

from flagstaff.access.decision import Decision, decide
from flagstaff.features.accounts.policies import check_statements
from flagstaff.features.accounts.roles.descriptions import STATEMENT
from flagstaff.features.integrations.webhooks import store
from flagstaff.features.integrations.webhooks.model import Delivery, Webhook, webhook_resource
from flagstaff.features.integrations.webhooks.represent import (
    DELIVERIES,
    MANY,
    deliveries_path,
    represent_delivery,
    represent_webhook,
)
from flagstaff.features.integrations.webhooks.schemas import (
    DeliveriesQuery,
    DeliveriesRep,
    DeliveryRep,
    WebhookFields,
    WebhookPost,
    WebhookRep,
    WebhooksRep,
)
from flagstaff.http.call import Call
from flagstaff.http.editing import changed_fields, edit_fields
from flagstaff.http.operations import BY_CHANGE, VIEW, Operation
from flagstaff.http.outgoing import Refused, check_url
from flagstaff.kernel.descriptions import TAGS, Wording, describe_change
from flagstaff.kernel.errors import InvalidRequest, NotFound
from flagstaff.kernel.ids import check_tags
from flagstaff.kernel.links import Link
from flagstaff.kernel.paging import page_links, read_page
from flagstaff.kernel.patches import PatchFormat
from flagstaff.storage.audit import Entry
from flagstaff.storage.kept_secrets import find_secret, forget_secret, keep_secret

ONE = MANY + "/{id}"
PAGE, LONGEST_PAGE = 20, 200
ACTIONS = {
    "name": "updateName",
    "url": "updateUrl",
    "on": "updateOn",
    "secret": "updateSecret",
    "statements": "updateStatements",
    "tags": "updateTags",
}

WORDING = Wording(
    texts={"name": "name", "url": "URL"},
    switches={"on": ("Turned on", "Turned off")},
    lists=TAGS | {"statements": STATEMENT},
    unshown={"secret": "secret"},
)


def get_all_webhooks(call: Call) -> WebhooksRep:
    """List the webhooks of the account."""
    call.decided.add(VIEW)  # by `sees`, one by one
    seen = [webhook for webhook in store.list_webhooks(call.tx) if call.sees(webhook.resource)]
    return WebhooksRep(links={"self": Link(MANY)}, items=[represent(call, webhook) for webhook in seen])


def get_webhook(call: Call) -> Webhook:
    """Show one webhook."""
    return _webhook_of(call)


def post_webhook(call: Call) -> Webhook:
    """Make a webhook: changes are sent to its URL, signed with a secret if it has one."""
    body: WebhookPost = call.body
    webhook_id = call.tx.ids.object_id()
    call.require("createWebhook", webhook_resource(webhook_id))
    secret = (body.secret or call.tx.ids.salt()) if body.sign else ""
    webhook = Webhook(
        id=webhook_id,
        name=body.name,
        url=_checked_url(call, body.url),
        on=body.on,
        statements=check_statements(body.statements, "$.statements"),
        tags=check_tags(body.tags),
        is_signed=body.sign,
        ending=secret[-4:] if len(secret) > 8 else "",
        created=call.tx.now,
    )
    _keep(call, webhook, secret)
    store.save_webhook(call.tx, None, webhook, _describe(call, webhook, "created", "createWebhook"))
    return webhook


def patch_webhook(call: Call) -> Webhook:
    """Change a webhook; one that is turned on goes on with what has waited meanwhile."""
    before = _webhook_of(call)
    shown = represent(call, before)
    edited = edit_fields(shown, call.body, WebhookFields)
    changed = changed_fields(shown, edited)
    for name in changed:
        call.require(ACTIONS[name], before.resource)
    if not changed:
        return before
    after = _with_secret(
        call, _edited(call, before, edited), edited.secret or "", changes="secret" in changed
    )
    actions = sorted({ACTIONS[name] for name in changed})
    verb = {True: "enabled", False: "disabled"}[after.on] if list(changed) == ["on"] else "updated"
    said = _describe_change(before, after, changed) if verb == "updated" else ""
    store.save_webhook(call.tx, before, after, _describe(call, after, verb, *actions, said=said))
    return after


def delete_webhook(call: Call) -> None:
    """Delete a webhook, and whatever waits to be sent to it."""
    webhook = _webhook_of(call)
    call.require("deleteWebhook", webhook.resource)
    store.delete_webhook(call.tx, webhook, _describe(call, webhook, "deleted", "deleteWebhook"))


def get_webhook_deliveries(call: Call) -> DeliveriesRep:
    """List what was sent to a webhook and what waits, newest first; what is finished is kept for 30 days."""
    webhook = _webhook_of(call)
    page = read_page(call.query.limit, call.query.offset, PAGE, LONGEST_PAGE)
    found, total = store.list_deliveries(call.tx, webhook, page.limit or PAGE, page.offset)
    return DeliveriesRep(
        links=page_links(deliveries_path(webhook.id), call.query_pairs, total, page),
        items=[represent_delivery(delivery) for delivery in found],
        total_count=total,
    )


def replay_webhook_delivery(call: Call) -> Delivery:
    """Send a change to a webhook once more, behind what waits already."""
    webhook = _webhook_of(call)
    call.require("updateOn", webhook.resource)
    delivery = store.get_delivery(call.tx, webhook, call.path["deliveryId"])
    if not webhook.on:
        raise InvalidRequest("The webhook is off: turn it on before anything is sent again")
    return store.replay_delivery(call.tx, webhook, delivery, _describe(call, webhook, "replayed", "updateOn"))


def represent(call: Call, webhook: Webhook) -> WebhookRep:
    """The one form of a webhook; its secret is whole for those who may change it."""
    may = decide(call.identity.caller, "updateSecret", webhook.resource) is Decision.ALLOWED
    secret = find_secret(call.tx, webhook.owner, call.installation.secret_key) if may else ""
    return call.with_access(represent_webhook(webhook, secret), webhook.resource)


def _webhook_of(call: Call) -> Webhook:
    webhook = store.get_webhook(call.tx, call.path["id"])
    call.decided.add(VIEW)
    if not call.sees(webhook.resource):
        raise NotFound(f"Unknown webhook {webhook.id!r}")
    return webhook


def _edited(call: Call, before: Webhook, edited: WebhookFields) -> Webhook:
    return msgspec.structs.replace(
        before,
        name=edited.name,
        url=before.url if edited.url == before.url else _checked_url(call, edited.url),
        on=edited.on,
        statements=check_statements(edited.statements, "$.statements"),
        tags=check_tags(edited.tags),
        notice="" if edited.on else before.notice,
        version=before.version + 1,
    )


def _with_secret(call: Call, webhook: Webhook, secret: str, *, changes: bool) -> Webhook:
    if not changes:
        return webhook
    ending = secret[-4:] if len(secret) > 8 else ""
    _keep(call, webhook, secret)
    return msgspec.structs.replace(webhook, is_signed=bool(secret), ending=ending)


def _keep(call: Call, webhook: Webhook, secret: str) -> None:
    if secret:
        keep_secret(call.tx, webhook.owner, secret, call.installation.secret_key)
    else:
        forget_secret(call.tx, webhook.owner)


def _checked_url(call: Call, url: str) -> str:
    try:
        return check_url(url, call.installation.allowed_networks)
    except Refused as refused:
        raise InvalidRequest(f"{refused} - at `$.url`") from None


def _describe(call: Call, webhook: Webhook, verb: str, *actions: str, said: str = "") -> Entry:
    name = webhook.name or webhook.url
    return call.describe("webhook", name, f"{verb} the webhook", webhook.resource, *actions, description=said)


def _describe_change(before: Webhook, after: Webhook, changed: Collection[str]) -> str:
    """What differs; of a secret only that it does, whether or not its ending shows it."""
    old = msgspec.structs.asdict(before) | {"secret": False}
    new = msgspec.structs.asdict(after) | {"secret": "secret" in changed}
    return describe_change(old, new, WORDING)


def _represent_delivery(_: Call, delivery: Delivery) -> DeliveryRep:
    return represent_delivery(delivery)


GROUP = "webhooks"
SHOWN: Any = {"represent": represent, "answer": WebhookRep}
OPERATIONS = (
    Operation(get_all_webhooks, "GET", MANY, (GROUP, "list_webhooks"), answer=WebhooksRep),
    Operation(
        post_webhook, "POST", MANY, (GROUP, "create_new_webhook"), "createWebhook", body=WebhookPost, **SHOWN
    ),
    Operation(get_webhook, "GET", ONE, (GROUP, "get_single_by_id"), **SHOWN),
    Operation(
        patch_webhook,
        "PATCH",
        ONE,
        (GROUP, "update_settings_patch"),
        BY_CHANGE,
        patch=frozenset({PatchFormat.JSON}),
        unlogged=frozenset({"secret"}),
        **SHOWN,
    ),
    Operation(delete_webhook, "DELETE", ONE, (GROUP, "delete_by_id"), "deleteWebhook", status=204),
    Operation(
        get_webhook_deliveries,
        "GET",
        DELIVERIES,
        ("flagstaff_webhooks", "list_deliveries"),
        query=DeliveriesQuery,
        answer=DeliveriesRep,
    ),
    Operation(
        replay_webhook_delivery,
        "POST",
        DELIVERIES + "/{deliveryId}/replay",
        ("flagstaff_webhooks", "replay_delivery"),
        "updateOn",
        represent=_represent_delivery,
        answer=DeliveryRep,
        status=201,
    ),
)
