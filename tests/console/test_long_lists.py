"""Lists of more lines than are read at once: going far in them, narrowing them, and doing so by keys."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.process import Process

LINES = 190  # from the first to the last is further than the pages next to those in sight
LIST = "/long/test/segments"
# Evaluated in a page: keeps how many lines the table has said to have, its head among them.
COUNTED = """table => {
    const said = () => Number(table.getAttribute('aria-rowcount'))
    window.counted = [said()]
    const count = () => window.counted.push(said())
    new MutationObserver(count).observe(table, {attributeFilter: ['aria-rowcount']})
}"""


@pytest.fixture(scope="module", autouse=True)
def segments(server: Process) -> None:
    server.call("POST", "/projects", {"key": "long", "name": "Long"})
    for number in range(LINES):
        server.call("POST", "/segments/long/test", {"key": f"s-{number:03}", "name": f"Part {number:03}"})


def test_the_end_of_a_long_list_is_reached_at_once_and_few_lines_are_found_from_there(page: Page) -> None:
    page.goto(LIST)
    expect(page.get_by_role("link", name="Part 189")).to_be_visible()
    scroller = page.get_by_role("table").locator("..")
    scroller.evaluate("it => it.scrollTo(0, it.scrollHeight)")
    expect(page.get_by_role("link", name="Part 000")).to_be_visible()
    page.get_by_role("searchbox").fill("173")
    expect(page.get_by_role("link", name="Part 173")).to_be_visible()
    page.get_by_role("searchbox").fill("")
    expect(page.get_by_role("link", name="Part 189")).to_be_visible()


def test_what_was_found_stays_until_the_next_letter_has_its_answer(page: Page) -> None:
    page.goto(LIST)
    expect(page.get_by_role("link", name="Part 189")).to_be_visible()
    page.get_by_role("table").evaluate(COUNTED)
    for letters, found in (("17", 13), ("173", 2)):
        page.get_by_role("searchbox").fill(letters)
        expect(page.get_by_role("table")).to_have_attribute("aria-rowcount", str(found))
    assert page.evaluate("window.counted") == [LINES + 1, 13, 2]


def test_a_key_after_another_finds_the_focus_where_the_last_one_put_it(page: Page) -> None:
    page.goto(LIST)
    expect(page.get_by_role("link", name="Part 189")).to_be_visible()
    for key in ("j", "j", "/"):
        page.keyboard.press(key)
    page.keyboard.type("173")
    expect(page.get_by_role("searchbox")).to_have_value("173")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("table")).to_have_attribute("aria-rowcount", "2")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Part 173")).to_be_focused()


def test_lines_that_could_not_be_read_are_asked_for_anew_and_the_others_stay(page: Page) -> None:
    page.goto(LIST)
    first, last = page.get_by_role("link", name="Part 189"), page.get_by_role("link", name="Part 000")
    expect(first).to_be_visible()
    scroller = page.get_by_role("table").locator("..")
    page.route("**/segments/long/test?*offset=100*", lambda route: route.abort())
    scroller.evaluate("it => it.scrollTo(0, it.scrollHeight)")
    again = page.get_by_role("status").get_by_role("button", name="Could not load all of these. Try again")
    expect(again).to_be_visible()
    expect(page.get_by_role("table")).to_have_attribute("aria-rowcount", str(LINES + 1))
    scroller.evaluate("it => it.scrollTo(0, 0)")
    expect(first).to_be_visible()
    scroller.evaluate("it => it.scrollTo(0, it.scrollHeight)")
    expect(again).to_be_visible()

    page.unroute_all()
    again.click()
    expect(last).to_be_visible()
    expect(again).to_be_hidden()

    page.route("**/segments/long/test?*", lambda route: route.abort())
    page.get_by_role("searchbox").fill("173")
    expect(page.get_by_role("heading", name="Could not load the segments")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Part"))).to_have_count(0)  # they are of another filter
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("link", name="Part 173")).to_be_visible()
