"""Access tokens, as a person makes, renews and deletes them."""

from playwright.sync_api import Page, expect

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
    group.get_by_role("button", name="I have copied it").click()

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


def test_a_token_without_a_name_is_asked_for_it_in_its_field(page: Page) -> None:
    page.goto("/account/tokens?new")
    page.get_by_role("dialog").get_by_role("button", name="Create token").click()

    name = page.get_by_role("dialog").get_by_role("textbox", name="Name")
    expect(page.get_by_text("Say which program uses it.")).to_be_visible()
    expect(name).to_have_attribute("aria-invalid", "true")
