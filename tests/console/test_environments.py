"""Environments of a project and their keys, as a person makes, changes, renews and deletes them."""

import pytest
from playwright.sync_api import Page, expect

from tests.support import calls
from tests.support.process import Process, wait_until

KEPT = "() => localStorage['flagstaff-draft:form:environment:stages/staging-area'] ?? ''"
LIST = "/projects/stages/environments"


@pytest.fixture(scope="module", autouse=True)
def project(server: Process) -> None:
    server.call("POST", "/projects", {"key": "stages", "name": "Stages"})


def _polls(server: Process, key: str) -> int:
    return calls.get(f"{server.url}/sdk/latest-all", headers={"Authorization": key}).status_code


def test_an_environment_is_made_changed_and_changed_back(page: Page, server: Process) -> None:
    page.goto("/stages/environments")
    expect(page.get_by_text("2 environments, oldest first")).to_be_visible()
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("Staging area")
    expect(dialog.get_by_role("textbox", name="Key")).to_have_value("staging-area")
    dialog.get_by_role("checkbox", name="Ask for a comment").check()
    dialog.get_by_role("button", name="New environment").click()

    expect(page.get_by_role("heading", name="Staging area", level=1)).to_be_visible()
    assert server.call("GET", f"{LIST}/staging-area")["requireComments"]
    page.get_by_role("checkbox", name="Critical environment").check()
    page.get_by_role("textbox", name="Name").fill("Staging")
    wait_until(lambda: '"Staging"' in page.evaluate(KEPT), "what is typed is kept")
    page.reload()
    expect(page.get_by_role("textbox", name="Name")).to_have_value("Staging")
    expect(page.get_by_text("Restored what you typed")).to_be_visible()
    page.get_by_role("button", name="Save to Staging area").click()
    expect(page.get_by_role("heading", name="Staging", exact=True, level=1)).to_be_visible()
    found = server.call("GET", f"{LIST}/staging-area")
    assert (found["name"], found["critical"], found["requireComments"]) == ("Staging", True, True)

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Staging area", level=1)).to_be_visible()
    assert not server.call("GET", f"{LIST}/staging-area")["critical"]


def test_a_key_that_is_taken_is_told_at_its_field(page: Page) -> None:
    page.goto("/stages/environments?new")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("Test")
    dialog.get_by_role("button", name="New environment").click()

    expect(dialog.get_by_text("An environment with the key test already exists.")).to_be_visible()
    dialog.get_by_role("textbox", name="Key").fill("not a key")
    dialog.get_by_role("textbox", name="Key").blur()
    dialog.get_by_role("button", name="New environment").click()
    expect(dialog.get_by_text("It has to begin with a letter or digit.")).to_be_visible()


def test_an_sdk_key_is_shown_and_reset_and_the_old_one_goes_on_for_a_day(page: Page, server: Process) -> None:
    old = server.call("GET", f"{LIST}/test")["apiKey"]
    page.goto("/stages/environments/test")
    keys = page.get_by_role("group", name="SDK key")
    expect(keys).to_contain_text(f"••••{old[-4:]}")
    page.get_by_role("button", name="Show SDK key").click()
    expect(keys).to_contain_text(old)

    page.get_by_role("button", name="Reset SDK key").click()
    page.get_by_role("dialog").get_by_role("button", name="Reset SDK key").click()
    new = page.get_by_role("dialog").get_by_role("code").inner_text()
    page.get_by_role("button", name="I have copied it").click()

    assert new != old
    assert (_polls(server, new), _polls(server, old)) == (200, 200)
    expect(keys).to_contain_text(f"••••{new[-4:]}")
    expect(page.get_by_text(f"The key before it, ••••{old[-4:]}, works until ")).to_be_visible()


def test_an_environment_is_deleted_once_its_key_is_typed(page: Page, server: Process) -> None:
    body = {"key": "old-stage", "name": "Old stage", "color": "5b63b8"}
    server.call("POST", LIST, body)
    page.goto("/stages/environments/old-stage")
    page.get_by_role("button", name="Delete environment").click()
    dialog = page.get_by_role("dialog")
    delete = dialog.get_by_role("button", name="Delete environment")
    expect(delete).to_be_disabled()

    dialog.get_by_label("Type old-stage to delete it").fill("old-stage")
    delete.click()

    expect(page.get_by_text("Deleted the environment Old stage")).to_be_visible()
    expect(page).to_have_url("/stages/environments")
    assert "old-stage" not in [one["key"] for one in server.call("GET", LIST)["items"]]
