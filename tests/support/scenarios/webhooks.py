"""Webhooks."""

from launch_darkly_python_sdk import LaunchDarkly

from tests.support.scenarios.registry import covers


@covers(
    "webhooks.create_new_webhook",
    "webhooks.list_webhooks",
    "webhooks.get_single_by_id",
    "webhooks.update_settings_patch",
    "webhooks.delete_by_id",
)
def webhooks_are_made_turned_off_and_deleted(client: LaunchDarkly, key: str) -> None:
    webhooks = client.webhooks
    made = webhooks.create_new_webhook(url="https://example.com", on=False, sign=True, name=key)
    assert made.secret
    assert made.id in {webhook.id for webhook in webhooks.list_webhooks().items}
    changed = webhooks.update_settings_patch(
        id=made.id, patch=[{"op": "replace", "path": "/name", "value": f"{key} 2"}]
    )
    assert changed.name == f"{key} 2"
    assert webhooks.get_single_by_id(id=made.id).on is False
    webhooks.delete_by_id(id=made.id)
