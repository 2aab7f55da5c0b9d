"""The targeting of a flag, as a person reads and changes it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.process import Process, wait_until

KEPT = "() => Object.keys(localStorage).some((key) => key.includes('targeting:'))"


@pytest.fixture(scope="module", autouse=True)
def flag(server: Process) -> None:
    server.call(
        "POST", "/flags/default", {"key": "express-lane", "name": "Express lane", "tags": ["checkout"]}
    )
    clause = {
        "contextKind": "user",
        "attribute": "country",
        "op": "in",
        "negate": False,
        "values": ["fi", "se"],
    }
    ids = [one["_id"] for one in server.call("GET", "/flags/default/express-lane")["variations"]]
    server.instruct(
        "express-lane",
        {"kind": "addRule", "description": "Nordic shops", "clauses": [clause], "variationId": ids[0]},
        {"kind": "addTargets", "contextKind": "user", "values": ["ada"], "variationId": ids[1]},
    )


def test_the_steps_are_read_in_the_order_in_which_they_decide(page: Page) -> None:
    page.goto("/default/test/flags/express-lane")

    steps = page.get_by_role("main").get_by_role("listitem")
    expect(steps.nth(0)).to_contain_text("Individual targets")
    expect(steps.nth(0)).to_contain_text("ada")
    expect(steps.nth(1)).to_contain_text("Nordic shops")
    expect(steps.nth(1)).to_contain_text("Ifuser countryis one offior se")
    expect(steps.last).to_contain_text("Everyone else")
    expect(page).to_have_title("Express lane, Test, Flagstaff")
    expect(page.get_by_role("link", name="Targeting")).to_have_attribute("aria-current", "page")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Flags").click()
    expect(page).to_have_url(re.compile("/default/test/flags$"))


def test_a_rule_with_a_split_is_added_reviewed_saved_and_taken_back(page: Page, server: Process) -> None:
    page.goto("/default/test/flags/express-lane")
    expect(page.get_by_role("heading", name="Nordic shops")).to_be_visible()
    page.keyboard.press("r")
    rule = page.get_by_role("region", name="Rule 2")
    rule.get_by_role("textbox", name="Name of the rule").fill("A quarter of the rest")
    rule.get_by_role("textbox", name="Attribute").fill("plan")
    rule.get_by_label("Values").fill("gold")
    rule.get_by_label("Values").press("Enter")
    expect(page.get_by_role("button", name="Review changes")).to_be_disabled()
    rule.get_by_label("What it serves").click()
    page.get_by_role("option", name="Percentages").click()
    rule.get_by_role("textbox", name="Share of true in percent").fill("25")
    expect(rule.get_by_role("status")).to_contain_text("75% missing")
    rule.get_by_role("button", name="Give the rest to false").click()
    page.get_by_role("button", name="Review changes").click()

    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("A quarter of the rest")
    dialog.get_by_role("button", name="Save to Test").click()
    expect(page.get_by_text("Saved Express lane to Test")).to_be_visible()
    rules = server.call("GET", "/flags/default/express-lane")["environments"]["test"]["rules"]
    assert [one["weight"] for one in rules[1]["rollout"]["variations"]] == [25_000, 75_000]
    assert (rules[1]["clauses"][0]["attribute"], rules[1]["clauses"][0]["values"]) == ("plan", ["gold"])

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="A quarter of the rest")).to_have_count(0)
    rules = server.call("GET", "/flags/default/express-lane")["environments"]["test"]["rules"]
    assert [one["description"] for one in rules] == ["Nordic shops"]


def test_what_is_not_saved_outlives_a_reload_and_can_be_discarded(page: Page) -> None:
    page.goto("/default/test/flags/express-lane")
    expect(page.get_by_role("heading", name="Nordic shops")).to_be_visible()
    page.keyboard.press("a")
    keys = page.get_by_role("combobox", name="user: Keys that get true")
    keys.fill("grace")
    keys.press("Enter")
    unsaved = page.get_by_role("region", name="1 unsaved change in Test")
    expect(unsaved).to_be_visible()
    wait_until(lambda: bool(page.evaluate(KEPT)), "the draft is kept")

    page.reload()

    expect(page.get_by_role("region", name="Individual targets")).to_contain_text("grace")
    unsaved.get_by_role("button", name="Discard").click()
    expect(unsaved).to_have_count(0)
    expect(page.get_by_role("region", name="Individual targets")).not_to_contain_text("grace")


def test_rules_move_by_keyboard(page: Page, server: Process) -> None:
    page.goto("/default/test/flags/express-lane")
    expect(page.get_by_role("heading", name="Nordic shops")).to_be_visible()
    page.keyboard.press("r")
    page.get_by_role("button", name="Edit Nordic shops").press("Alt+ArrowDown")

    expect(page.get_by_role("region", name="Rule 2")).to_contain_text("Nordic shops")
    expect(page.get_by_text("Rule 1 is now rule 2 of 2")).to_be_attached()
    page.get_by_role("button", name="Discard").click()


def test_a_requirement_is_added_and_a_circle_is_refused(page: Page, server: Process) -> None:
    server.call("POST", "/flags/default", {"key": "basket", "name": "Basket"})
    for flag, required in (("basket", "Express lane"), ("express-lane", "Basket")):
        page.goto(f"/default/test/flags/{flag}")
        page.get_by_role("button", name="Add requirement").click()
        new = page.get_by_role("region", name="New requirement")
        new.get_by_role("combobox", name="Flag").fill(required)
        page.get_by_role("option", name=required).click()
        new.get_by_role("combobox", name="Variation").click()
        page.get_by_role("option", name="true").click()
        page.get_by_role("button", name="Review changes").click()
        if flag == "basket":
            page.get_by_role("dialog").get_by_role("button", name="Save to Test").click()
            expect(page.get_by_text("Saved Basket to Test")).to_be_visible()

    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_text(
        "This would make a circle: express-lane → basket → express-lane."
    )
    held = server.call("GET", "/flags/default/basket")["environments"]["test"]["prerequisites"]
    assert held == [{"key": "express-lane", "variation": 0}]
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Discard").click()
