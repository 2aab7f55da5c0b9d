"""Every key: to other pages, along a list, on a flag; and none of them where it is not wanted."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browsing import DRAWN
from tests.support.process import Process

LIST = "/keys/test/flags"
FLAG = f"{LIST}/one"
PAGES = {
    "f": ("Flags", "/keys/test/flags"),
    "s": ("Segments", "/keys/test/segments"),
    "c": ("Contexts", "/keys/test/contexts"),
    "l": ("Live events", "/keys/test/live"),
    "n": ("Connections", "/keys/test/connections"),
    "a": ("Audit log", "/keys/audit"),
}


@pytest.fixture(scope="module", autouse=True)
def flags(server: Process) -> None:
    server.call("POST", "/projects", {"key": "keys", "name": "Keys"})
    for key in ("three", "two", "one"):  # the newest is first in the list
        server.call("POST", "/flags/keys", {"key": key, "name": key.capitalize()})
    variation = server.call("GET", "/flags/keys/one")["variations"][0]["_id"]
    clause = {"attribute": "key", "contextKind": "user", "op": "in", "values": ["ada"], "negate": False}
    rules = [
        {"kind": "addRule", "variationId": variation, "description": name, "clauses": [clause]}
        for name in ("Early", "Late")
    ]
    body = {"environmentKey": "test", "instructions": rules}
    server.call("PATCH", "/flags/keys/one", body, semantic=True)


def open_list(page: Page) -> None:
    page.goto(LIST)
    expect(page.get_by_role("switch", name="Three in Test")).to_be_visible()


def open_flag(page: Page) -> None:
    page.goto(FLAG)
    expect(page.get_by_role("heading", name="Late")).to_be_visible()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_keys_lead_to_every_page_and_open_the_pickers(page: Page) -> None:
    open_list(page)
    for key, (name, path) in PAGES.items():
        press(page, "g", key)
        expect(page).to_have_url(re.compile(f"{path}$"))
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
        page.evaluate(DRAWN)
    press(page, "p")
    find = page.get_by_placeholder("Find a project")
    expect(find).to_be_focused()
    press(page, "Escape", "?")  # the second at once: no key is lost to the field that closes
    expect(page.get_by_role("table", name="On every page")).to_be_visible()
    expect(find).to_be_hidden()
    press(page, "g", "f")  # nothing beneath an open layer answers
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile("/keys/audit$"))
    expect(page.get_by_role("button", name="Project: Keys")).to_be_focused()
    press(page, "p")
    expect(find).to_be_focused()
    press(page, "Tab")
    expect(find).to_be_hidden()
    expect(page.get_by_role("link", name="Flags 3")).to_be_focused()
    press(page, "[")
    expect(page.locator("[data-sidebar=closed]")).to_be_visible()
    entries = page.get_by_role("article").get_by_role("button")
    expect(entries.first).to_be_visible()
    press(page, "j", "j", "k")
    expect(entries.first).to_be_focused()
    press(page, "Enter")
    expect(entries.first).to_have_attribute("aria-expanded", "true")


def test_keys_go_along_the_list_and_work_the_row(page: Page, server: Process) -> None:
    open_list(page)
    press(page, "j")
    expect(page.get_by_role("link", name="One", exact=True)).to_be_focused()
    press(page, "j")
    expect(page.get_by_role("link", name="Two", exact=True)).to_be_focused()
    press(page, "x")
    expect(page.get_by_text("1 picked")).to_be_visible()
    press(page, "Shift+J")
    expect(page.get_by_text("2 picked")).to_be_visible()
    press(page, "k")
    expect(page.get_by_role("link", name="Two", exact=True)).to_be_focused()
    press(page, "Control+Shift+X")
    expect(page.get_by_role("switch", name="Two in Test")).to_be_checked()
    expect(page.get_by_text("Turned on Two in Test")).to_be_visible()
    press(page, "Control+z")
    expect(page.get_by_role("switch", name="Two in Test")).not_to_be_checked()
    press(page, "/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("tw")
    press(page, "Escape")
    expect(page.get_by_role("searchbox")).to_have_value("tw")
    expect(page.get_by_role("searchbox")).not_to_be_focused()
    expect(page.get_by_role("switch")).to_have_count(1)
    press(page, "j")
    expect(page.get_by_role("link", name="Two", exact=True)).to_be_focused()
    press(page, "t")
    expect(page).to_have_url(re.compile("/flags/two/try$"))
    expect(page.get_by_label("Key", exact=True)).to_be_focused()
    page.go_back()
    expect(page.get_by_role("switch")).to_have_count(1)
    press(page, "c")
    expect(page.get_by_role("dialog").get_by_label("Name")).to_be_focused()


def test_keys_edit_a_flag_and_take_edits_back(page: Page, server: Process) -> None:
    open_flag(page)
    first = page.get_by_role("region", name="Rule 1")
    first.get_by_role("button", name="Edit Early").focus()
    press(page, "Alt+ArrowDown")
    expect(first.get_by_role("heading", name="Late")).to_be_visible()
    expect(page.get_by_role("button", name="Edit Early")).to_be_focused()
    press(page, "r")
    expect(page.get_by_role("region", name="Rule 3")).to_be_visible()
    page.locator("h1").click()  # where nothing is typed
    press(page, "Control+z")
    expect(page.get_by_role("region", name="Rule 3")).to_have_count(0)
    page.get_by_role("button", name="Discard").click()
    expect(first.get_by_role("heading", name="Early")).to_be_visible()
    press(page, "Control+z")
    expect(first.get_by_role("heading", name="Late")).to_be_visible()

    press(page, "g", "e")
    expect(page).to_have_url(re.compile("/flags/one/environments$"))
    page.get_by_role("link", name="Targeting").click()
    expect(first.get_by_role("heading", name="Late")).to_be_visible()
    press(page, "a")
    expect(page.get_by_role("combobox", name="user: Keys that get true")).to_be_focused()
    press(page, "Control+s")
    save = page.get_by_role("dialog").get_by_role("button", name="Save to Test")
    expect(save).to_be_enabled()
    page.go_back()  # closes what is over the page
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(first.get_by_role("heading", name="Late")).to_be_visible()
    press(page, "Control+s")
    expect(save).to_be_enabled()
    press(page, "Control+Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    rules = server.call("GET", "/flags/keys/one")["environments"]["test"]["rules"]
    assert [rule["description"] for rule in rules] == ["Late", "Early"]

    page.locator("h1").click()
    press(page, "Control+Shift+X")
    expect(page.get_by_role("switch", name="One in Test")).to_be_checked()
    press(page, "g", "e")
    expect(page).to_have_url(re.compile("/flags/one/environments$"))
    press(page, "t")
    expect(page).to_have_url(re.compile("/flags/one/try$"))
    expect(page.get_by_label("Key", exact=True)).to_be_focused()
    page.keyboard.type("ada")
    press(page, "Control+Enter")
    expect(page.get_by_text("This context gets")).to_be_visible()


def test_keys_move_rules_of_a_segment_and_take_edits_back(page: Page, server: Process) -> None:
    server.call("POST", "/segments/keys/test", {"key": "crew", "name": "Crew"})
    clause = {"attribute": "key", "contextKind": "user", "op": "in", "values": ["ada"], "negate": False}
    rules = [{"kind": "addRule", "description": name, "clauses": [clause]} for name in ("Early", "Late")]
    server.call("PATCH", "/segments/keys/test/crew", {"instructions": rules}, semantic=True)
    page.goto("/keys/test/segments/crew")
    first = page.get_by_role("region", name="Rule 1")
    expect(first.get_by_role("heading", name="Early")).to_be_visible()

    first.get_by_role("button", name="Edit Early").focus()
    press(page, "Alt+ArrowDown")
    expect(first.get_by_role("heading", name="Late")).to_be_visible()
    expect(page.get_by_role("button", name="Edit Early")).to_be_focused()
    expect(page.get_by_text("Rule 1 is now rule 2 of 2")).to_be_attached()
    press(page, "r")
    expect(page.get_by_role("region", name="Rule 3")).to_be_visible()
    page.locator("h1").click()  # where nothing is typed
    press(page, "Control+z")
    expect(page.get_by_role("region", name="Rule 3")).to_have_count(0)
    press(page, "Control+s")
    expect(page.get_by_role("dialog").get_by_role("button", name="Save to Test")).to_be_enabled()
    press(page, "Control+Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    rules = server.call("GET", "/segments/keys/test/crew")["rules"]
    assert [rule["description"] for rule in rules] == ["Late", "Early"]
    press(page, "t")
    expect(page.get_by_role("textbox", name="Key of a context")).to_be_focused()


def test_keys_of_one_letter_are_switched_off_in_the_profile(page: Page) -> None:
    page.goto("/account/profile")
    page.get_by_label("Keys of one letter").uncheck()
    open_list(page)

    press(page, "c", "j", "?")
    page.get_by_role("button", name="All keys of this page").click()

    listed = page.get_by_role("dialog")
    expect(listed.get_by_text("switched off in your profile")).to_be_visible()
    expect(listed.get_by_role("cell", name="Search everything")).to_be_visible()
    expect(listed.get_by_role("cell", name="Next row")).to_have_count(0)
    expect(page).to_have_url(re.compile("/flags$"))
