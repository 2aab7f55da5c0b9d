"""One's own profile, as a person ends sessions, changes the password and turns a second factor on and off."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.accessibility import find_violations
from tests.features.accounts.factors.codes import code_at
from tests.support.process import Process

EMAIL, PASSWORD = "hedy@frequency.example", "hopping between eighty-eight keys"


@pytest.fixture(scope="module")
def link(server: Process) -> str:
    server.call(
        "POST", "/flags/default", {"key": "hopping", "name": "Hopping"}
    )  # else all begins at /welcome
    invited = server.call("POST", "/members", [{"email": EMAIL, "firstName": "Hedy", "role": "reader"}])
    found: str = invited["items"][0]["_links"]["invitation"]["href"]
    return found


@pytest.fixture(scope="module")
def joined(browser: Browser, link: str) -> Iterator[Page]:
    """Somebody who has just accepted an invitation."""
    page = browser.new_context(base_url=link.partition("/invite")[0]).new_page()
    page.goto(link)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="Flags", exact=True)).to_be_visible()
    yield page
    page.context.close()


def sign_in(browser: Browser, page: Page, password: str, code: str = "") -> Any:
    other = browser.new_context(base_url=re.sub("(//[^/]*).*", r"\1", page.url)).new_page()
    other.goto("/login")
    other.get_by_label("Email").fill(EMAIL)
    other.get_by_label("Password", exact=True).fill(password)
    other.get_by_role("button", name="Sign in").click()
    if code:
        other.get_by_label("Code", exact=True).fill(code)
        other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", name="Flags", exact=True)).to_be_visible()
    return other


def test_who_may_only_look_reads_why_before_anything_is_pressed(joined: Page, axe: str) -> None:
    switch = joined.get_by_role("row", name="Hopping").get_by_role("switch")
    expect(switch).to_have_accessible_description("None of your roles allows updateOn on this flag here.")
    switch.hover()
    expect(joined.get_by_role("tooltip")).to_have_text(re.compile(r"\(updateOn\).* Ask: .*ada@example.com"))
    expect(switch).to_be_disabled()
    expect(switch.get_by_text("Off", exact=True)).to_be_visible()
    refused = re.compile(r"create flag \(createFlag\).* Ask: .*ada@example.com")
    create = joined.get_by_role("button", name="New flag")
    expect(create).to_have_accessible_description(refused)
    expect(create).to_be_disabled()
    assert find_violations(joined, axe) == []
    joined.goto("/default/test/flags/new")
    expect(joined.get_by_role("dialog").get_by_text(refused)).to_be_visible()
    expect(joined.get_by_role("button", name="Create flag")).to_be_disabled()
    joined.goto("/welcome")
    expect(joined.get_by_text(refused)).to_be_visible()
    expect(joined.get_by_role("button", name="Make the flag")).to_be_disabled()

    joined.goto("/default/test/segments")
    create = joined.get_by_role("button", name="New segment")
    expect(create).to_have_accessible_description(
        re.compile(r"create segment \(createSegment\)\. .*Ask: .*ada@example.com")
    )
    expect(create).to_be_disabled()
    joined.goto("/default/test/segments?new")
    expect(joined.get_by_text("No segments yet").or_(joined.get_by_role("row").nth(1))).to_be_visible()
    expect(joined.get_by_role("dialog")).to_have_count(0)

    joined.goto("/default/settings")
    refusals = joined.get_by_text("You may not do this: update project name")
    expect(refusals).to_be_visible()
    expect(joined.get_by_role("textbox", name="Name", exact=True)).to_be_disabled()
    assert find_violations(joined, axe) == []

    joined.goto("/account/oauth")
    expect(joined.get_by_text("Your role does not show you the applications")).to_be_visible()
    expect(joined.get_by_text(re.compile(r"\(viewOAuthClients\).* Ask: .*ada@example.com"))).to_be_visible()
    expect(joined.get_by_role("link", name="Webhooks")).to_be_visible()


def test_what_no_role_shows_any_of_is_not_in_the_sidebar_and_its_page_says_so(
    joined: Page, server: Process, axe: str
) -> None:
    shown = {"effect": "allow", "resources": ["proj/*"], "actions": ["viewProject"]}
    server.call(
        "POST", "/roles", {"key": "guest", "name": "Guest", "policy": [shown], "basePermissions": "no_access"}
    )
    (hedy,) = server.call("GET", f"/members?filter=query:{EMAIL}")["items"]
    become(server, hedy["_id"], ["guest"])
    joined.goto("/account/webhooks")
    expect(joined.get_by_text("Your role does not show you webhooks")).to_be_visible()
    expect(joined.get_by_text("None of your roles allows anything on webhook/*.")).to_be_visible()
    sidebar = joined.get_by_role("navigation", name="Main")
    expect(sidebar.get_by_role("link", name="Members")).to_be_visible()
    for hidden in ("Teams", "Roles", "Relay", "Webhooks"):
        expect(sidebar.get_by_role("link", name=hidden)).to_have_count(0)
    assert find_violations(joined, axe) == []
    become(server, hedy["_id"], [])


def test_of_a_form_only_what_ones_roles_give_can_be_changed(joined: Page, server: Process) -> None:
    policy = [
        {"effect": "allow", "resources": ["proj/*:env/*"], "actions": ["updateColor", "updateCritical"]},
        {"effect": "allow", "resources": ["proj/*:env/*:segment/*"], "actions": ["updateTags"]},
    ]
    server.call("POST", "/roles", {"key": "marker", "name": "Marker", "policy": policy})
    server.call("POST", "/segments/default/test", {"key": "marked", "name": "Marked"})
    (hedy,) = server.call("GET", f"/members?filter=query:{EMAIL}")["items"]
    become(server, hedy["_id"], ["marker"])
    joined.goto("/default/environments/test")
    expect(joined.get_by_text("You may not do this: changing its name (updateName)")).to_be_visible()
    expect(joined.get_by_role("textbox", name="Name", exact=True)).to_be_disabled()
    expect(joined.get_by_role("checkbox", name="Secure mode")).to_be_disabled()
    joined.get_by_role("checkbox", name="Critical environment").check()
    joined.get_by_role("button", name="Save to Test").click()
    expect(joined.get_by_text("Saved to Test")).to_be_visible()
    joined.get_by_role("button", name="Undo").click()
    expect(joined.get_by_role("checkbox", name="Critical environment")).not_to_be_checked()

    joined.goto("/default/test/segments/marked")
    joined.get_by_role("button", name="What can be done with this segment").click()
    joined.get_by_role("menuitem", name="Name, description and tags").click()
    details = joined.get_by_role("dialog")
    expect(details.get_by_role("textbox", name="Name", exact=True)).to_be_disabled()
    details.get_by_role("combobox", name="Tags").press_sequentially("seen,")
    details.get_by_role("button", name="Review").click()
    joined.get_by_role("dialog").get_by_role("button", name="Save to Test").click()
    expect(joined.get_by_role("dialog")).to_have_count(0)
    assert server.call("GET", "/segments/default/test/marked")["tags"] == ["seen"]
    become(server, hedy["_id"], [])


def become(server: Process, member: str, roles: list[str]) -> None:
    """Give the member custom roles; without one, what readers have."""
    path, value = ("/customRoles", roles) if roles else ("/role", "reader")
    server.call("PATCH", f"/members/{member}", [{"op": "add", "path": path, "value": value}])


def test_a_session_elsewhere_is_seen_and_ended(browser: Browser, joined: Page) -> None:
    other = sign_in(browser, joined, PASSWORD)
    joined.goto("/account/profile")
    sessions = joined.get_by_role("list", name="Sessions").get_by_role("listitem")
    expect(sessions).to_have_count(2)
    expect(sessions.filter(has_text="this one").get_by_role("button")).to_have_count(0)
    joined.get_by_role("button", name="End the session of").click()
    expect(sessions).to_have_count(1)

    other.goto("/account/profile")
    expect(other.get_by_role("heading", name="Sign in to Flagstaff")).to_be_visible()
    other.context.close()


def test_the_password_is_changed_with_the_one_that_is(joined: Page) -> None:
    joined.goto("/account/profile")
    joined.get_by_label("Current password", exact=True).fill("something else entirely")
    joined.get_by_label("New password", exact=True).fill(f"{PASSWORD}, and more")
    joined.get_by_role("button", name="Change password").click()
    expect(joined.get_by_role("alert")).to_contain_text("The password is wrong.")
    joined.get_by_label("Current password", exact=True).fill(PASSWORD)
    joined.get_by_role("button", name="Change password").click()

    expect(joined.get_by_text("Changed your password.")).to_be_visible()
    joined.reload()
    expect(joined.get_by_role("heading", name="Profile")).to_be_visible()


def test_a_second_factor_is_turned_on_asked_for_and_turned_off(
    browser: Browser, joined: Page, axe: str
) -> None:
    joined.goto("/account/profile")
    joined.get_by_role("button", name="Turn on second factor").click()
    dialog = joined.get_by_role("dialog")
    expect(dialog.get_by_role("img", name="QR code of the secret")).to_be_visible()
    label = dialog.get_by_role("button", name="Copy Secret").get_attribute("aria-label") or ""
    secret = label.rpartition(" ")[2]
    assert find_violations(joined, axe) == []
    dialog.get_by_label("Code", exact=True).fill("000000" if code_at(now(), secret) != "000000" else "111111")
    dialog.get_by_role("button", name="Confirm and turn on").click()
    expect(dialog.get_by_text("This code is not, or no longer, the right one.")).to_be_visible()
    dialog.get_by_label("Code", exact=True).fill(code_at(now(), secret))
    dialog.get_by_role("button", name="Confirm and turn on").click()
    codes = dialog.get_by_role("group", name="Recovery codes").get_by_role("code").inner_text().split()
    assert len(codes) == 10
    dialog.get_by_role("button", name="I have copied it").click()
    expect(joined.get_by_text("Signing in asks for a code of your app.")).to_be_visible()

    sign_in(browser, joined, f"{PASSWORD}, and more", codes[0]).context.close()

    joined.get_by_role("button", name="Turn off second factor").click()
    dialog.get_by_label("Current password", exact=True).fill(f"{PASSWORD}, and more")
    dialog.get_by_role("button", name="Turn off second factor").click()
    expect(joined.get_by_role("button", name="Turn on second factor")).to_be_visible()


def now() -> int:
    """The time of the server, which runs on this machine, in milliseconds."""
    return int(time.time() * 1_000)
