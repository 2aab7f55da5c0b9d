"""Members, as a person invites them, changes what they may do and removes them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.console.accessibility import find_violations
from tests.support.process import Process


@pytest.fixture(scope="module", autouse=True)
def choices(server: Process) -> None:
    policy = [{"effect": "allow", "resources": ["proj/*:env/*:flag/*"], "actions": ["updateOn"]}]
    server.call("POST", "/roles", {"key": "switcher", "name": "Switcher", "policy": policy})
    server.call("POST", "/teams", {"key": "core", "name": "Core"})


def _find(server: Process, email: str) -> list[dict[str, object]]:
    items: list[dict[str, object]] = server.call("GET", f"/members?filter=email:{email}")["items"]
    return items


def test_people_are_invited_with_a_role_and_a_team_and_get_links(
    page: Page, server: Process, axe: str
) -> None:
    page.goto("/account/members")
    page.get_by_role("button", name="Invite members").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Email addresses").fill("Grace <grace@navy.example>\nalan@bletchley.example")
    dialog.get_by_role("combobox", name="Custom roles").click()
    page.get_by_role("option", name="Switcher").click()
    page.keyboard.press("Tab")  # further choices lie over the next field
    dialog.get_by_role("combobox", name="Teams").click()
    page.get_by_role("option", name="Core").click()
    page.keyboard.press("Tab")
    dialog.get_by_role("button", name="Invite 2 members").click()

    shown = dialog.get_by_role("group", name="2 invitation links").get_by_role("code").inner_text()
    links = dict(line.split(" ") for line in shown.splitlines())
    dialog.get_by_role("button", name="I have copied it").click()
    row = page.get_by_role("row", name="grace@navy.example")
    expect(row).to_contain_text("Switcher")
    expect(row).to_contain_text("Core")
    expect(row).to_contain_text("invited")
    assert find_violations(page, axe) == []

    guest = page.context.browser.new_context().new_page()  # type: ignore[union-attr] # it has one
    guest.goto(links["alan@bletchley.example"])
    expect(guest.get_by_text("You were invited as alan@bletchley.example.")).to_be_visible()
    guest.context.close()


def test_who_is_a_member_already_is_named_and_nothing_typed_is_lost(page: Page, server: Process) -> None:
    server.call("POST", "/members", [{"email": "known@example.com", "role": "reader"}])
    page.goto("/account/members?invite=new")
    emails = page.get_by_role("dialog").get_by_label("Email addresses")
    emails.fill("known@example.com, new@example.com")
    page.get_by_role("button", name="Invite 2 members").click()

    expect(page.get_by_role("alert")).to_contain_text("known@example.com")
    expect(emails).to_have_value("known@example.com, new@example.com")
    assert _find(server, "new@example.com") == []


def test_a_member_is_found_gets_another_role_and_team_and_is_removed(
    page: Page, server: Process, axe: str
) -> None:
    server.call("POST", "/members", [{"email": "mary@moon.example", "firstName": "Mary", "role": "reader"}])
    page.goto("/account/members?role=reader")
    page.get_by_role("searchbox").fill("mary")
    expect(page.get_by_text("1 member, sorted by")).to_be_visible()
    page.get_by_role("link", name="Mary").click()

    panel = page.get_by_role("dialog", name="Mary")
    panel.get_by_role("combobox", name="Role").first.click()
    page.get_by_role("option", name="Writer").click()
    panel.get_by_role("combobox", name="Teams").click()
    page.get_by_role("option", name="Core").click()
    page.keyboard.press("Escape")
    assert find_violations(page, axe) == []
    page.reload()
    expect(panel.get_by_text("Restored what you typed")).to_be_visible()
    expect(panel.get_by_role("combobox", name="Role").first).to_have_value(re.compile("^Writer"))
    panel.get_by_role("button", name="Save roles and teams").click()
    expect(page.get_by_text("Changed what Mary may do")).to_be_visible()
    (mary,) = _find(server, "mary@moon.example")
    assert mary["role"] == "writer"
    assert [team["key"] for team in mary["teams"]] == ["core"]  # type: ignore[attr-defined] # JSON

    page.goto(f"/account/members?member={mary['_id']}")
    panel.get_by_role("button", name="Invite anew").click()
    expect(panel.get_by_role("group", name="Link for Mary").get_by_role("code")).to_contain_text("/invite/")
    panel.get_by_role("button", name="I have copied it").click()
    panel.get_by_role("button", name="Remove member").click()
    page.get_by_role("dialog", name="Remove Mary").get_by_role("button", name="Remove member").click()
    expect(page.get_by_text("Removed Mary")).to_be_visible()
    assert _find(server, "mary@moon.example") == []


def test_the_owner_is_not_removed_and_the_reason_is_said(page: Page) -> None:
    page.goto("/account/members?role=owner")
    page.get_by_role("button", name="What can be done with ada@example.com").click()
    page.get_by_role("menuitem", name="Remove member").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Remove member").click()

    expect(dialog.get_by_role("alert")).to_contain_text("The owner of the account cannot be removed.")
