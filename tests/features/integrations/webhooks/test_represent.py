import pytest
from msgspec import UNSET

from flagstaff.features.integrations.webhooks.model import Delivery, Webhook
from flagstaff.features.integrations.webhooks.represent import represent_delivery, represent_webhook


def a_webhook(**members):
    return Webhook(**{"id": "w1", "url": "https://example.com", "on": True, "created": 0} | members)


@pytest.mark.parametrize(
    ("webhook", "secret", "shown"),
    [
        (a_webhook(), "", UNSET),
        (a_webhook(is_signed=True, ending="cret"), "", "****cret"),
        (a_webhook(is_signed=True, ending="cret"), "a long secret", "a long secret"),
    ],
)
def test_the_secret_is_whole_where_it_is_given(webhook, secret, shown):
    assert represent_webhook(webhook, secret).secret == shown


def test_what_is_empty_is_left_out():
    shown = represent_webhook(a_webhook())
    assert (shown.name, shown.statements, shown.notice) == (UNSET, UNSET, UNSET)
    assert represent_webhook(a_webhook(notice="Paused")).notice == "Paused"


def test_a_delivery_shows_only_what_has_come_to_pass():
    waiting = represent_delivery(Delivery(position=1, id="d1", webhook_id="w1", entry_id="e1", created=5))
    assert (waiting.state, waiting.attempts, waiting.status, waiting.error) == ("waiting", 0, UNSET, UNSET)
    assert waiting.links["webhook"].href == "/api/v2/webhooks/w1"
    assert waiting.links["entry"].href == "/api/v2/auditlog/e1"
