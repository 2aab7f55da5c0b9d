"""The settings of a flag, and its end."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.process import Process

FLAG = "/flags/default/sign-up"
PAGE = "/default/test/flags/sign-up/settings"


@pytest.fixture(scope="module", autouse=True)
def flag(server: Process) -> None:
    server.call("POST", "/flags/default", {"key": "sign-up", "name": "Sign up", "tags": ["web"]})


def test_what_an_earlier_version_kept_is_restored_and_what_cannot_be_read_is_forgotten(page: Page) -> None:
    page.goto(PAGE)
    name = page.get_by_role("textbox", name="Name", exact=True)
    expect(name).to_have_value("Sign up")
    old = {
        "name": "Sign up",
        "description": "",
        "tags": ["web"],
        "maintainer": "",
        "temporary": False,
        "usingMobileKey": False,
        "usingEnvironmentId": False,
    }
    unreadable = {"value": {"base": old, "version": 1, "settings": old}, "at": 1}
    keep = "([name, kept]) => localStorage.setItem(`flagstaff-draft:${name}`, JSON.stringify(kept))"
    page.evaluate(keep, ["flag-settings:default/sign-up", unreadable])
    page.reload()
    expect(name).to_have_value("Sign up")
    kept = "() => Object.keys(localStorage).filter((name) => name.startsWith('flagstaff-draft:'))"
    assert page.evaluate(kept) == []

    edited = {"base": old, "version": 1, "value": old | {"name": "Sign up early"}}
    page.evaluate(keep, ["settings:default/sign-up", {"value": edited, "at": 1}])
    page.reload()
    expect(name).to_have_value("Sign up early")
    unsaved = page.get_by_role("region", name="1 unsaved change in all environments")
    unsaved.get_by_role("button", name="Discard").click()
    expect(name).to_have_value("Sign up")
    assert page.evaluate(kept) == []

    page.evaluate(keep, ["flag-settings:default/sign-up", {"value": edited, "at": 1}])
    page.evaluate("localStorage.setItem('flagstaff-drafts-of', JSON.stringify('somebody-else'))")
    page.route("**/late-*.js", lambda route: route.abort())  # nothing waits for what comes after the page
    page.reload()
    expect(name).to_have_value("Sign up")
    assert page.evaluate(kept) == []


def test_a_flag_is_renamed_tagged_and_shown_to_browsers(page: Page, server: Process) -> None:
    page.goto(PAGE)
    page.get_by_role("textbox", name="Name").fill("Sign up with one tap")
    unsaved = page.get_by_role("region", name="1 unsaved change in all environments")
    expect(unsaved).to_be_visible()
    server.call("PATCH", FLAG, [{"op": "replace", "path": "/description", "value": "By somebody else"}])
    expect(unsaved).to_contain_text("It changes nothing that you have changed")
    server.call("PATCH", FLAG, [{"op": "replace", "path": "/name", "value": "Sign-up"}])
    expect(unsaved.get_by_role("alert")).to_contain_text("changed the same: the name. Look")
    tags = page.get_by_role("combobox", name="Tags")
    tags.fill("growth")
    tags.press("Enter")
    page.get_by_role("checkbox", name="Browser SDKs").check()
    page.get_by_role("button", name="Add property").click()
    page.get_by_role("textbox", name="Property key").fill("issue")
    values = page.get_by_role("combobox", name="Values")
    for issue in ("SHOP-1", "SHOP-2"):
        values.fill(issue)
        values.press("Enter")
    expect(page.get_by_role("group", name="issue")).to_contain_text("SHOP-2")
    page.get_by_role("button", name="Review changes").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("growth")
    dialog.get_by_role("button", name="Save to all environments").click()

    expect(page.get_by_role("heading", name="Sign up with one tap")).to_be_visible()
    saved = server.call("GET", FLAG)
    assert saved["description"] == "By somebody else"
    assert (saved["name"], saved["tags"]) == ("Sign up with one tap", ["growth", "web"])
    assert saved["clientSideAvailability"]["usingEnvironmentId"]
    assert saved["customProperties"] == {"issue": {"name": "issue", "value": ["SHOP-1", "SHOP-2"]}}


def test_a_flag_is_archived_restored_and_deleted_by_its_key(page: Page, server: Process) -> None:
    page.goto(PAGE)
    expect(page.get_by_text("No flag requires this one.")).to_be_visible()
    for act, note, count in (
        ("Deprecate flag", "This flag is deprecated", 1),
        ("Take the mark off", "This flag is deprecated", 0),
        ("Archive flag", "This flag is archived.", 1),
        ("Restore flag", "This flag is archived.", 0),
    ):
        page.get_by_role("button", name=act).click()
        page.go_back()
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.go_forward()
        page.get_by_role("dialog").get_by_role("button", name="Save to all environments").click()
        expect(page.get_by_text(note)).to_have_count(count)
        expect(page.get_by_role("dialog")).to_have_count(0)
        if act == "Archive flag":
            page.get_by_role("link", name="Targeting").click()
            expect(page.get_by_text("The flag is archived; SDKs do not").first).to_be_visible()
            expect(page.get_by_text("Everyone gets the default in the code")).to_be_visible()
            expect(page.get_by_role("switch", name="Sign up")).to_be_disabled()
            page.goto("/default/test/flags?archived=true")
            line = page.get_by_role("row").filter(has_text="Sign up")
            expect(line.get_by_text("Archived, the code decides").last).to_be_visible()
            page.goto(PAGE)

    page.get_by_role("button", name="Delete flag").click()
    dialog = page.get_by_role("dialog")
    delete = dialog.get_by_role("button", name="Delete flag")
    expect(delete).to_be_disabled()
    dialog.get_by_role("textbox", name="Type sign-up to delete it").fill("sign-up")
    delete.click()

    expect(page).to_have_url(re.compile("/default/test/flags$"))
    expect(page.get_by_text("Deleted Sign up")).to_be_visible()
    assert "sign-up" not in [one["key"] for one in server.call("GET", "/flags/default")["items"]]
