"""The palette: what has a name is found from anywhere, and what can be done with it is done there."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.console.accessibility import find_violations
from tests.support.process import Process

LIST = "/palette/test/flags"


@pytest.fixture(scope="module", autouse=True)
def flags(server: Process) -> None:
    server.call("POST", "/projects", {"key": "palette", "name": "Palettes"})
    asks = [{"op": "replace", "path": "/confirmChanges", "value": True}]
    server.call("PATCH", "/projects/palette/environments/production", asks)
    for key in ("dark-mode", "dark-mode-2", "checkout"):
        server.call("POST", "/flags/palette", {"key": key, "name": key.replace("-", " ").capitalize()})
    server.call("POST", "/segments/palette/test", {"key": "beta", "name": "Beta merchants"})


def open_palette(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_role("switch").first).to_be_visible()
    page.keyboard.press("Control+k")
    expect(field(page)).to_be_focused()


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search flags, segments and pages")


def choice(page: Page, name: str) -> Locator:
    return page.get_by_role("option", name=name).first


def test_flags_segments_and_pages_are_opened_by_name(page: Page, axe: str) -> None:
    open_palette(page, LIST)
    field(page).fill("beta")
    expect(choice(page, "Beta merchants")).to_have_attribute("aria-selected", "true")
    assert find_violations(page, axe) == []
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/palette/test/segments/beta$"))

    page.keyboard.press("Control+k")
    page.keyboard.type("dark mode")
    page.keyboard.press("Enter")  # before anything is found: the best of what was typed is opened

    expect(page).to_have_url(re.compile("/palette/test/flags/dark-mode$"))


def test_a_flag_is_acted_on_where_it_was_found(page: Page, server: Process) -> None:
    open_palette(page, LIST)
    field(page).fill("dark")
    expect(choice(page, "Dark mode")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(choice(page, "Dark mode 2")).to_have_attribute("aria-selected", "true")

    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="What to do with Dark mode 2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("dark")
    expect(choice(page, "Dark mode 2")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Tab")
    expect(choice(page, "Turn on in Test")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Turned on Dark mode 2 in Test")).to_be_visible()
    expect(page.get_by_role("switch", name="Dark mode 2 in Test")).to_be_checked()
    assert server.call("GET", "/flags/palette/dark-mode-2")["environments"]["test"]["on"]


def test_an_archived_flag_is_found_after_the_others(page: Page, server: Process) -> None:
    server.call("POST", "/flags/palette", {"key": "checkout-2019", "name": "Checkout of 2019"})
    server.call(
        "PATCH", "/flags/palette/checkout-2019", [{"op": "replace", "path": "/archived", "value": True}]
    )
    open_palette(page, LIST)
    field(page).fill("check")
    archived = page.get_by_role("group", name="Archived flags").get_by_role("option")
    expect(archived).to_have_text(re.compile("^Checkout of 2019"))
    expect(choice(page, "Checkout checkout")).to_have_attribute("aria-selected", "true")

    field(page).fill("2019")
    expect(archived).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("option", name=re.compile("^Turn"))).to_have_count(0)
    page.keyboard.press("Enter")

    expect(page.get_by_text("The flag is archived; SDKs do not get it.").first).to_be_visible()
    expect(page).to_have_url(re.compile("/palette/test/flags/checkout-2019$"))


def test_another_environment_is_chosen_inside_and_its_changes_are_reviewed(page: Page) -> None:
    open_palette(page, LIST)
    page.keyboard.press("e")
    expect(page.get_by_role("combobox", name="Find an environment")).to_have_value("")
    page.keyboard.type("prod")
    expect(choice(page, "Production")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/palette/production/flags$"))

    field(page).fill("checkout")
    choice(page, "Turn on in Production").click()

    review = page.get_by_role("dialog")
    expect(review.get_by_role("button", name="Save to Production")).to_be_visible()
    page.reload()
    expect(review).to_contain_text("Checkout")
    review.get_by_role("button", name="Close").click()
    expect(page.get_by_role("switch", name="Checkout in Production")).not_to_be_checked()
