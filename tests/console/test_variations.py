"""The variations of a flag, as a person changes them for all environments at once."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.process import Process

FLAG = "/flags/default/checkout-page"
PAGE = "/default/test/flags/checkout-page/variations"


@pytest.fixture(scope="module", autouse=True)
def flag(server: Process) -> None:
    values = [{"value": value, "name": value.capitalize()} for value in ("classic", "express", "single")]
    body = {"key": "checkout-page", "name": "Checkout page", "variations": values}
    server.call("POST", "/flags/default", {**body, "defaults": {"onVariation": 0, "offVariation": 0}})


def _values(server: Process) -> list[Any]:
    return [one["value"] for one in server.call("GET", FLAG)["variations"]]


def _rename_elsewhere(server: Process, place: int, name: str) -> None:
    path = f"/variations/{place}/name"
    server.call("PATCH", FLAG, [{"op": "replace", "path": path, "value": name}])


def _save(page: Page) -> None:
    before = page.locator("[id^=done-]").evaluate_all("told => told.map(({ id }) => id)")
    page.get_by_role("button", name="Review changes").click()
    page.get_by_role("dialog").get_by_role("button", name="Save to all environments").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    for told in before:  # of the save before, which is no longer to be undone
        expect(page.locator(f"#{told}")).to_have_count(0)
    expect(page.get_by_text("Saved Checkout page to all environments")).to_have_count(1)


def test_a_variation_in_use_stays_and_says_where_it_is_served(page: Page) -> None:
    page.goto(PAGE)
    expect(page.get_by_text("everyone else and the off state in Test").first).to_be_visible()

    page.get_by_role("button", name="Remove variation 1").click()

    expect(page.get_by_role("alert")).to_contain_text(
        "Classic is served by everyone else and the off state in Production"
    )
    expect(page.get_by_role("textbox", name="Value of variation 1")).to_have_value("classic")


def test_variations_are_added_named_moved_saved_and_taken_back(page: Page, server: Process) -> None:
    page.goto(PAGE)
    expect(page.get_by_role("button", name="Add variation")).to_be_visible()
    page.keyboard.press("c")
    page.get_by_role("textbox", name="Value of variation 4").fill("express")
    page.get_by_role("textbox", name="Name of variation 4").fill("One tap")
    expect(page.get_by_text("Variation 2 has the same value.")).to_be_visible()
    expect(page.get_by_role("button", name="Review changes")).to_be_disabled()
    page.get_by_role("textbox", name="Value of variation 4").fill("one-tap")
    _save(page)
    assert _values(server) == ["classic", "express", "single", "one-tap"]

    page.get_by_role("button", name="Move variation 4 up").click()
    expect(page.get_by_text("Its mark goes with its place").first).to_be_attached()
    page.get_by_role("button", name="Remove variation 2").click()
    _save(page)
    assert _values(server) == ["classic", "one-tap", "single"]
    assert server.call("GET", FLAG)["environments"]["test"]["fallthrough"] == {"variation": 0}

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("textbox", name="Value of variation 2")).to_have_value("express")
    assert _values(server) == ["classic", "express", "single", "one-tap"]

    page.get_by_role("textbox", name="Name of variation 2").fill("Two taps")
    _rename_elsewhere(server, 2, "By others")
    unsaved = page.get_by_role("region", name="1 unsaved change in all environments")
    expect(unsaved).to_contain_text(
        re.compile(r"\S saved version \d+ meanwhile. It changes nothing that you")
    )
    _rename_elsewhere(server, 1, "Three taps")
    expect(unsaved.get_by_role("alert")).to_contain_text("changed the same: Two taps. Look before you save")
    page.get_by_role("button", name="Move variation 3 down").click()
    expect(page.get_by_text("Its mark goes with its place").first).to_be_attached()
    _save(page)
    names = [one["name"] for one in server.call("GET", FLAG)["variations"]]
    assert names == ["Classic", "Two taps", "One tap", "By others"]
    server.call("PATCH", FLAG, [{"op": "replace", "path": "/description", "value": "By somebody else"}])
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody has changed it since")


def test_a_json_value_is_laid_beside_another_and_beside_what_is_saved(page: Page, server: Process) -> None:
    values = [{"name": name, "value": {"limit": limit}} for name, limit in (("Few", 10), ("Many", 20))]
    server.call("POST", "/flags/default", {"key": "results", "name": "Results", "variations": values})
    page.goto("/default/test/flags/results/variations")
    first = page.get_by_role("group", name="Variation 1")
    value = first.get_by_role("textbox", name="Value of variation 1")
    expect(value).to_contain_text('"limit": 10')
    compare = first.get_by_role("combobox", name="Compare with")
    compare.click()
    page.get_by_role("option", name="Many").click()
    beside = first.get_by_role("region", name="Compared with Many")
    expect(beside).to_contain_text('removed: "limit": 20')
    expect(beside).to_contain_text('added: "limit": 10')

    value.fill('{"limit": 15}')
    expect(beside).to_contain_text('added: "limit": 15')
    compare.click()
    page.get_by_role("option", name="As it is saved").click()
    beside = first.get_by_role("region", name="Compared with As it is saved")
    expect(beside).to_contain_text('removed: "limit": 10')
    value.fill('{"limit": ')
    expect(first).to_contain_text("Both have to be JSON to be compared.")
    value.fill('{"limit": 10}')
    expect(beside).not_to_contain_text("removed:")
