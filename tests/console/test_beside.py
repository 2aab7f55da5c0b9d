"""In a wide window a flag opens beside the list it was found in."""

import re

from playwright.sync_api import Page, expect

from tests.console.accessibility import find_violations
from tests.support.process import Process


def test_a_flag_opens_beside_its_list_and_its_neighbours_open_on_the_same_tab(
    page: Page, server: Process, axe: str
) -> None:
    server.call("POST", "/projects", {"key": "wide", "name": "Wide"})
    for name, tag in {"First": "old", "Second": "old", "Third": "new"}.items():
        server.call("POST", "/flags/wide", {"key": name.lower(), "name": name, "tags": [tag]})
    page.set_viewport_size({"width": 1920, "height": 1000})
    page.goto("/wide/test/flags?tag=old&sort=key")
    page.get_by_role("link", name="First").click()

    beside = page.get_by_role("region", name="All flags beside this one")
    expect(beside.get_by_role("link")).to_have_text(["First", "Second"])
    expect(beside.get_by_role("link", name="First")).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="History").click()
    second = beside.get_by_role("link", name="Second")
    expect(second).to_have_attribute("href", re.compile("/second/history$"))
    second.click()
    expect(page).to_have_url(re.compile("/wide/test/flags/second/history$"))
    expect(page.get_by_role("heading", name="Second")).to_be_visible()
    expect(beside.get_by_role("link", name="Second")).to_have_attribute("aria-current", "page")

    beside.get_by_role("button", name="Show all").click()
    expect(beside.get_by_role("link")).to_have_count(3)
    assert find_violations(page, axe) == []
    beside.get_by_role("searchbox").fill("thi")
    expect(beside.get_by_role("link")).to_have_text(["Third"])

    page.set_viewport_size({"width": 1280, "height": 800})
    expect(beside).to_have_count(0)
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Flags").click()
    expect(page).to_have_url(re.compile(r"/wide/test/flags\?tag=old&sort=key$"))
