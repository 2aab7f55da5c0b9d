"""Making a flag, from the key of the list to its targeting."""

import re

from playwright.sync_api import Page, expect

from tests.support.browsing import DRAWN
from tests.support.process import Process, wait_until

KEPT = "() => Object.values(localStorage).some((kept) => kept.includes(': 90}'))"


def test_a_flag_is_made_with_a_name_and_the_keyboard(page: Page, server: Process) -> None:
    page.goto("/default/test/flags?sort=name")
    expect(page.get_by_role("button", name="Tag: Any")).to_be_visible()
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog", name="New flag")
    dialog.get_by_role("textbox", name="Name").fill("Gift cards")
    expect(dialog.get_by_role("textbox", name="Key")).to_have_value("gift-cards")
    dialog.get_by_role("combobox", name="Tags").press_sequentially("vouchers")
    page.keyboard.press("Control+Enter")

    expect(page).to_have_url(re.compile("/default/test/flags/gift-cards$"))
    expect(page.get_by_role("switch", name="Gift cards in Test")).not_to_be_checked()
    made = server.call("GET", "/flags/default/gift-cards")
    assert [one["value"] for one in made["variations"]] == [True, False]
    assert made["tags"] == ["vouchers"]
    assert not any(one["on"] for one in made["environments"].values())


def test_a_flag_of_json_is_checked_while_one_types_and_is_kept_until_it_is_made(
    page: Page, server: Process
) -> None:
    server.call("POST", "/flags/default", {"key": "taken", "name": "Taken"})
    page.goto("/default/test/flags/new")
    dialog = page.get_by_role("dialog", name="New flag")
    dialog.get_by_role("textbox", name="Name").fill("Taken")
    with page.expect_response(re.compile("/flags/default/taken")) as found:
        dialog.get_by_role("combobox", name="Kind of values").hover()
        page.mouse.down()
    found.value.finished()
    page.evaluate(DRAWN)
    page.mouse.up()  # what is found is told now, and not while it would have moved this field away
    expect(dialog.get_by_text("taken is already a flag in this project.")).to_be_visible()
    expect(dialog.get_by_role("link", name="Open it")).to_have_attribute("href", re.compile("/flags/taken$"))
    page.get_by_role("option", name="JSON").click()
    second = dialog.get_by_role("textbox", name="Value of variation 2")
    second.fill('{"cutoff" 90}')
    expect(dialog.get_by_text("Line 1, column 11: a colon is missing before 90.").first).to_be_visible()
    second.fill('{"cutoff": 90}')
    expect(dialog.get_by_text("a colon is missing")).to_have_count(0)
    wait_until(lambda: bool(page.evaluate(KEPT)), "the draft is kept")

    page.reload()
    expect(dialog.get_by_text("Restored what you typed")).to_be_visible()
    dialog.get_by_role("button", name="Create flag").click()
    expect(dialog.get_by_text("taken is already a flag in this project.")).to_be_visible()
    dialog.get_by_role("textbox", name="Key").fill("not-taken")
    dialog.get_by_role("button", name="Create flag").click()

    expect(page).to_have_url(re.compile("/flags/not-taken$"))
    made = server.call("GET", "/flags/default/not-taken")
    assert [one["value"] for one in made["variations"]] == [{}, {"cutoff": 90}]


def test_the_stages_of_a_migration_are_explained(page: Page, server: Process) -> None:
    page.goto("/default/test/flags/new")
    dialog = page.get_by_role("dialog", name="New flag")
    dialog.get_by_role("textbox", name="Name").fill("Order store")
    dialog.get_by_role("combobox", name="Kind of values").click()
    page.get_by_role("option", name="Migration").click()
    expect(dialog.get_by_role("listitem").filter(has_text="rampdown")).to_contain_text(
        "Read from the new one."
    )
    dialog.get_by_role("button", name="Create flag").click()

    expect(page).to_have_url(re.compile("/flags/order-store$"))
    made = server.call("GET", "/flags/default/order-store")
    stages = ["off", "dualwrite", "shadow", "live", "rampdown", "complete"]
    assert [one["value"] for one in made["variations"]] == stages

    page.get_by_role("textbox", name="Compare one read in").fill("20")
    expect(page.get_by_role("button", name="Review check ratio")).to_be_visible()
    page.reload()
    expect(page.get_by_role("textbox", name="Compare one read in")).to_have_value("20")
    page.get_by_role("button", name="Review check ratio").click()
    review = page.get_by_role("dialog")
    expect(review.get_by_role("tabpanel", name="Changes")).to_contain_text("one read in 20")
    review.get_by_role("tab", name="JSON").click()
    expect(review.get_by_role("region", name="JSON")).to_contain_text('added: "checkRatio": 20')
    review.get_by_role("button", name="Save to Test").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Review check ratio")).to_have_count(0)
    saved = server.call("GET", "/flags/default/order-store?expand=migrationSettings")
    ratios = {key: one["migrationSettings"].get("checkRatio") for key, one in saved["environments"].items()}
    assert ratios == {"test": 20, "production": None}

    page.route("**/order-store?expand=*", lambda route: route.abort())
    page.reload()
    failed = page.get_by_role("alert")
    expect(failed).to_contain_text("Could not load the check ratio")
    expect(page.get_by_role("button", name="Add rule")).to_be_enabled()
    page.unroute("**/order-store?expand=*")
    failed.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("textbox", name="Compare one read in")).to_have_value("20")
    expect(page.get_by_role("button", name="Review check ratio")).to_have_count(0)
    expect(failed).to_have_count(0)
