"""Custom roles, as a person makes one, writes its policy and asks who can do something."""

import pytest
from playwright.sync_api import Page, expect

from tests.console.accessibility import find_violations
from tests.support.process import Process, wait_until

FLAGS = "proj/*:env/*:flag/*"


@pytest.fixture(scope="module", autouse=True)
def switcher(server: Process) -> None:
    policy = [{"effect": "allow", "resources": [FLAGS], "actions": ["updateOn", "updateTargets"]}]
    server.call("POST", "/roles", {"key": "switching", "name": "Switching", "policy": policy})
    grace = {"email": "grace@cobol.example", "firstName": "Hopper", "customRoles": ["switching"]}
    server.call("POST", "/members", [grace])
    server.call("POST", "/flags/default", {"key": "landing", "name": "Landing"})


def test_a_role_is_made_and_its_policy_is_written_in_rows_and_as_json(
    page: Page, server: Process, axe: str
) -> None:
    page.goto("/account/roles")
    page.get_by_role("button", name="Create role").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Test drivers")
    dialog.get_by_role("button", name="Create role").click()
    expect(page.get_by_role("heading", name="Test drivers")).to_be_visible()

    page.get_by_role("button", name="Add statement").click()
    resources = page.get_by_role("combobox", name="Resources of statement 1")
    resources.fill("flag/*")
    resources.press("Enter")
    expect(page.get_by_text("“flag” is written proj/*:env/*:flag/*.")).to_be_visible()
    expect(page.get_by_role("button", name="Save policy")).to_be_disabled()
    resources.press("Backspace")
    resources.fill("proj/*:env/test:flag/*")
    resources.press("Enter")
    actions = page.get_by_role("combobox", name="Actions of statement 1")
    actions.fill("updatetar")
    page.get_by_role("option", name="updateTargets").click()
    actions.press("Tab")

    page.get_by_text("JSON", exact=True).click()
    json = page.get_by_role("textbox", name="Policy")
    expect(json).to_contain_text('"proj/*:env/test:flag/*"')
    json.fill('[{"effect": "allow"')
    expect(page.get_by_role("button", name="Save policy")).to_be_disabled()
    json.fill(
        '[{"effect": "deny", "resources": ["proj/*:env/test:flag/*"], "notActions": ["updateTargets"]}]'
    )
    page.get_by_text("Rows", exact=True).click()
    expect(page.get_by_text("all actions but")).to_be_visible()
    assert find_violations(page, axe) == []
    page.get_by_role("button", name="Save policy").click()

    expect(page.get_by_text("Changed the policy of Test drivers")).to_be_visible()
    assert server.call("GET", "/roles/test-drivers")["policy"] == [
        {"effect": "deny", "resources": ["proj/*:env/test:flag/*"], "notActions": ["updateTargets"]}
    ]


def test_who_can_do_something_is_told_with_the_statement_that_says_so(page: Page) -> None:
    page.goto("/account/roles/switching")
    expect(page.get_by_role("list", name="Held by")).to_contain_text("grace@cobol.example")
    page.get_by_role("combobox", name="Action", exact=True).fill("turn on")
    page.get_by_role("option", name="turn on and off", exact=True).click()
    page.get_by_role("combobox", name="Project").click()
    page.get_by_role("option", name="Default").click()
    page.get_by_role("combobox", name="Environment").click()
    page.get_by_role("option", name="Test").click()
    page.get_by_role("textbox", name="Key of the flag").fill("landing")
    page.get_by_role("button", name="Show who can").click()

    people = page.get_by_role("list", name="Who can")
    expect(people.get_by_role("listitem").filter(has_text="Hopper")).to_contain_text("Switching, statement 1")
    page.reload()
    expect(people.get_by_role("listitem").filter(has_text="Hopper")).to_be_visible()


def test_what_was_changed_outlives_a_reload_and_is_discarded(page: Page, server: Process) -> None:
    page.goto("/account/roles/switching")
    page.get_by_role("combobox", name="Effect of statement 1").click()
    page.get_by_role("option", name="Deny").click()
    expect(page.get_by_role("button", name="Save policy")).to_be_enabled()
    kept = "Object.keys(localStorage).some(key => key.includes('policy:switching'))"
    wait_until(lambda: bool(page.evaluate(kept)), "what is typed is kept")
    page.reload()
    expect(page.get_by_role("combobox", name="Effect of statement 1")).to_have_value("Deny")
    page.get_by_role("button", name="Discard").click()

    expect(page.get_by_role("combobox", name="Effect of statement 1")).to_have_value("Allow")
    assert server.call("GET", "/roles/switching")["policy"][0]["effect"] == "allow"


def test_a_role_is_renamed_and_deleted(page: Page, server: Process) -> None:
    server.call("POST", "/roles", {"key": "short-lived", "name": "Short-lived", "policy": []})
    page.goto("/account/roles/short-lived")
    page.get_by_role("textbox", name="Name").fill("Gone soon")
    page.get_by_role("button", name="Save name and base").click()
    expect(page.get_by_role("heading", name="Gone soon")).to_be_visible()

    page.get_by_role("button", name="Delete role").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete role").click()
    expect(page.get_by_role("heading", name="Roles")).to_be_visible()
    assert "short-lived" not in [role["key"] for role in server.call("GET", "/roles?limit=100")["items"]]
