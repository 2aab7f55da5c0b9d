"""Webhooks, as a person makes one, looks at what was sent, sends it again and turns it off and on."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.console.accessibility import find_violations
from tests.support.process import Process, wait_until
from tests.support.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def test_a_webhook_is_made_sends_changes_and_sends_one_again(
    page: Page, server: Process, receiver: Receiver, axe: str
) -> None:
    page.goto("/account/webhooks")
    page.get_by_role("button", name="Create webhook").click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("Name").fill("Chat")
    page.reload()
    expect(panel.get_by_label("Name")).to_have_value("Chat")
    panel.get_by_label("URL").fill("chat.example")
    panel.get_by_role("button", name="Create webhook").click()
    expect(panel.get_by_text("Write an address that begins with http:// or https://.")).to_be_visible()
    panel.get_by_label("URL").fill(receiver.url)
    panel.get_by_role("button", name="Add statement").click()
    for field, value in (("Actions", "createFlag"), ("Resources", "proj/*:env/*:flag/*")):
        panel.get_by_role("combobox", name=f"{field} of statement 1").fill(value)
        page.keyboard.press("Enter")
    panel.get_by_label("Name").focus()
    expect(page.get_by_role("option")).to_have_count(0)
    assert find_violations(page, axe) == []
    panel.get_by_role("button", name="Create webhook").click()
    assert panel.get_by_role("group", name="Secret of Chat").get_by_role("code").inner_text()
    panel.get_by_role("button", name="I have copied it").click()
    expect(page.get_by_text("Nothing was sent yet")).to_be_visible()

    server.call("POST", "/flags/default", {"key": "sent", "name": "Sent"})
    row = page.get_by_role("row", name="Delivered")
    expect(row).to_have_count(1, timeout=20_000)
    expect(row).to_contain_text("created the flag Sent")
    row.get_by_role("link").click()
    expect(panel.get_by_role("group", name="What is sent")).to_contain_text('"name": "Sent"')
    assert find_violations(page, axe) == []
    panel.get_by_role("button", name="Send again").click()
    wait_until(lambda: len(receiver.bodies) == 2, "it is sent again")
    expect(page.get_by_role("row", name="sent again")).to_be_visible()

    page.get_by_role("switch", name="Send changes to Chat").click()
    expect(page.get_by_text("Turned off Chat.")).to_be_visible()
    assert not server.call("GET", "/webhooks")["items"][0]["on"]


def test_a_webhook_is_changed_and_deleted(page: Page, server: Process, receiver: Receiver) -> None:
    made = server.call("POST", "/webhooks", {"name": "Old", "url": receiver.url, "on": True, "sign": False})
    page.goto(f"/account/webhooks/{made['_id']}/settings")
    page.get_by_label("Name").fill("New")
    page.get_by_role("button", name="Save webhook").click()
    expect(page.get_by_role("heading", name="New")).to_be_visible()

    page.get_by_role("button", name="Delete webhook").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete webhook").click()
    expect(page.get_by_role("heading", name="Webhooks")).to_be_visible()
    assert made["_id"] not in [one["_id"] for one in server.call("GET", "/webhooks")["items"]]
