"""Access tokens, as a person makes, changes, renews and deletes them."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.console.accessibility import find_violations
from tests.support.process import Process


def test_a_token_is_made_its_secret_is_shown_once_and_works(page: Page, server: Process) -> None:
    page.goto("/account/tokens")
    page.get_by_role("button", name="Create token").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("terraform-ci")
    dialog.get_by_role("button", name="Create token").click()

    group = dialog.get_by_role("group", name="Access token terraform-ci")
    secret = group.get_by_role("code").inner_text()
    assert server.call("GET", "/projects", token=secret)["items"]
    page.keyboard.press("Escape")  # would lose it
    expect(group.get_by_role("code")).to_have_text(secret)
    page.go_back()  # would, too
    expect(group.get_by_role("button", name="I have copied it")).to_be_focused()
    expect(group.get_by_role("code")).to_have_text(secret)
    group.get_by_role("button", name="I have copied it").click()

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("row", name="terraform-ci")).to_contain_text("Reader")
    expect(page.get_by_text(secret)).to_have_count(0)


def test_a_token_gets_a_new_secret_and_is_deleted(page: Page, server: Process) -> None:
    made = server.call("POST", "/tokens", {"name": "nightly", "role": "reader"})
    page.goto("/account/tokens")
    acts = page.get_by_role("button", name="What can be done with nightly")

    acts.click()
    page.get_by_role("menuitem", name="Reset secret").click()
    page.get_by_role("dialog").get_by_role("button", name="Reset secret").click()
    secret = page.get_by_role("dialog").get_by_role("code").inner_text()
    page.get_by_role("button", name="I have copied it").click()
    assert secret != made["token"]
    assert server.call("GET", "/projects", token=secret)["items"]

    acts.click()
    page.get_by_role("menuitem", name="Delete token").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete token").click()

    expect(page.get_by_text("Deleted the access token nightly")).to_be_visible()
    expect(page.get_by_role("row", name="nightly")).to_have_count(0)


def test_a_token_is_bound_to_custom_roles_and_then_to_a_policy_of_its_own(
    page: Page, server: Process, axe: str
) -> None:
    policy = [{"effect": "allow", "resources": ["proj/*:env/*:flag/*"], "actions": ["updateOn"]}]
    role = server.call("POST", "/roles", {"key": "deploying", "name": "Deploying", "policy": policy})
    page.goto("/account/tokens?new=token")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("deploy-bot")
    choose(page, "May do", "What custom roles say")
    dialog.get_by_role("button", name="Create token").click()
    expect(dialog.get_by_text("Choose at least one.")).to_be_visible()
    dialog.get_by_role("combobox", name="Custom roles").click()
    page.get_by_role("option", name="Deploying").click()
    page.keyboard.press("Tab")
    choose(page, "API version", "20220603")
    assert find_violations(page, axe) == []
    dialog.get_by_role("button", name="Create token").click()
    dialog.get_by_role("button", name="I have copied it").click()
    made = find(server, "deploy-bot")
    assert (made["customRoleIds"], made["defaultApiVersion"]) == ([role["_id"]], 20220603)

    page.get_by_role("link", name="deploy-bot").click()
    dialog.get_by_role("textbox", name="Description").fill("Turns flags on after a release")
    choose(page, "May do", "What a policy of its own says")
    page.reload()
    expect(dialog.get_by_text("Restored what you typed")).to_be_visible()
    assert find_violations(page, axe) == []
    dialog.get_by_role("button", name="Save token").click()

    expect(page.get_by_text("Changed the access token deploy-bot")).to_be_visible()
    expect(page.get_by_role("row", name="deploy-bot")).to_contain_text("1 statement")
    changed = find(server, "deploy-bot")
    assert changed["description"] == "Turns flags on after a release"
    assert [one["actions"] for one in changed["inlineRole"]] == [["viewProject"]]
    assert "customRoleIds" not in changed


def choose(page: Page, field: str, option: str) -> None:
    page.get_by_role("dialog").get_by_role("combobox", name=field).click()
    page.get_by_role("option", name=option).click()


def find(server: Process, name: str) -> Any:
    return next(one for one in server.call("GET", "/tokens")["items"] if one["name"] == name)


def test_a_token_without_a_name_is_asked_for_it_in_its_field(page: Page) -> None:
    page.goto("/account/tokens?new")
    page.get_by_role("dialog").get_by_role("button", name="Create token").click()

    name = page.get_by_role("dialog").get_by_role("textbox", name="Name")
    expect(page.get_by_text("Say which program uses it.")).to_be_visible()
    expect(name).to_have_attribute("aria-invalid", "true")
