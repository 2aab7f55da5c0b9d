"""The list of flags: what each line tells, and the view that its address holds."""

import re
import time

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support import calls
from tests.support.process import Process, wait_until

FLAGS = "/flags/listing"
PLACE = "/listing/test/flags"
LONG = "a-tag-as-long-as-keys-are"


@pytest.fixture(scope="module", autouse=True)
def flags(server: Process) -> None:
    server.call("POST", "/projects", {"key": "listing", "name": "Lists"})
    for key, tags in (("free-shipping", ["pricing"]), ("kill-switch", ["ops"]), ("x" * 80, [LONG, "web"])):
        server.call("POST", FLAGS, {"key": key, "name": key.replace("-", " ").capitalize(), "tags": tags})
    everyone_false = [
        {"kind": "turnFlagOn"},
        {"kind": "updateFallthroughVariationOrRollout", "variationId": _variation(server, "kill-switch", 1)},
    ]
    body = {"environmentKey": "test", "instructions": everyone_false}
    server.call("PATCH", f"{FLAGS}/kill-switch", body, semantic=True)


def _variation(server: Process, flag: str, index: int) -> str:
    return str(server.call("GET", f"{FLAGS}/{flag}")["variations"][index]["_id"])


def test_a_line_warns_of_a_flag_that_is_on_though_all_get_false(page: Page) -> None:
    page.goto(PLACE)

    row = page.get_by_role("row").filter(has_text="Kill switch")
    expect(row.get_by_text("On, but all get false").last).to_be_visible()
    expect(row.get_by_role("img", name="Off in Production")).to_be_visible()
    other = page.get_by_role("row").filter(has_text="Free shipping")
    expect(other.get_by_text("Off, serves false").last).to_be_visible()
    lines = page.get_by_role("navigation", name="Main").first
    expect(lines.get_by_role("link", name="Flags 3", exact=True)).to_be_visible()
    expect(lines.get_by_role("link", name="Segments", exact=True)).to_be_visible()


def test_a_name_leads_to_the_flag(page: Page) -> None:
    page.goto(PLACE)
    link = page.get_by_role("link", name="Kill switch")

    expect(link).to_have_attribute("href", f"{PLACE}/kill-switch")


def test_the_way_back_leads_to_the_same_place_and_a_new_page_begins_at_its_top(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(f"{PLACE}/kill-switch/settings")
    page.get_by_role("button", name="Archive flag").scroll_into_view_if_needed()
    expect(page.locator(".mantine-Notifications-root").first).to_be_attached()  # what comes late is there
    place = page.get_by_role("main").evaluate("main => main.scrollTop")
    assert place > 0

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Settings", exact=True)).to_be_visible()
    assert page.get_by_role("main").evaluate("main => main.scrollTop") == 0
    page.go_back()
    page.wait_for_function("place => document.getElementById('main').scrollTop === place", arg=place)


def test_a_long_key_is_read_before_its_tags_and_what_is_left_out_is_counted(page: Page) -> None:
    page.goto(PLACE)
    key = page.get_by_text("x" * 80, exact=True)

    for width in (1440, 1280, 768, 390):
        page.set_viewport_size({"width": width, "height": 844})
        expect(page.get_by_role("columnheader", name="Lifecycle")).to_be_visible(visible=width >= 1280)
        assert page.get_by_role("table").evaluate("it => it.scrollWidth <= it.parentElement.clientWidth")
        box = key.bounding_box()
        assert box is not None
        assert box["width"] > 150
        expect(page.get_by_text("+2", exact=True)).to_have_accessible_name(f"+2: {LONG}, web")
        expect(page.get_by_title("pricing").get_by_text("pricing", exact=True)).to_be_visible()
        expect(page.get_by_text("+1", exact=True)).to_have_count(0)

    rest, card = (
        page.get_by_text("+2", exact=True),
        page.locator(".mantine-Popover-dropdown[aria-hidden=true]"),
    )
    rest.focus()
    expect(card.get_by_text("web", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    rest.click()
    expect(card.get_by_text("web", exact=True)).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(card).to_have_count(0)
    rest.hover()
    expect(card).to_be_visible()
    card.hover()
    expect(card).to_be_visible()


def test_a_line_shows_what_was_served(page: Page, server: Process) -> None:
    environment = server.call("GET", "/projects/listing/environments/test")
    now = int(time.time() * 1000)
    counters = [
        {"variation": index, "value": index == 0, "version": 1, "count": count}
        for index, count in enumerate((30, 10))
    ]
    summary = {
        "kind": "summary",
        "startDate": now - 1000,
        "endDate": now,
        "features": {"free-shipping": {"default": False, "contextKinds": ["user"], "counters": counters}},
    }
    sent = calls.post(f"{server.url}/bulk", json=[summary], headers={"Authorization": environment["apiKey"]})
    assert sent.status_code == 202
    traffic = "/flagstaff/projects/listing/environments/test/flag-traffic?key=free-shipping"
    wait_until(lambda: server.call("GET", traffic)["items"][0]["count"] == 40, "the evaluations are counted")

    page.route("**/flag-traffic*", lambda route: route.fulfill(status=403))
    page.goto(PLACE)
    again = page.get_by_role("button", name="Could not load what was served. Try again")
    expect(again).to_be_visible()
    with page.expect_request("**/flag-traffic*"):
        again.click()
    page.unroute("**/flag-traffic*")
    page.goto(PLACE)  # the page may ask again by itself before a second click

    row = page.get_by_role("row").filter(has_text="Free shipping")
    expect(row.get_by_title("true 75%, false 25%")).to_be_visible()
    expect(row.get_by_title("40 evaluations in the last 24 hours")).to_be_visible()
    hours = row.get_by_role("img", name=re.compile("^40 evaluations in the last 24 hours, at most 40, "))
    hours.hover(position={"x": 63, "y": 8})
    expect(page.get_by_role("tooltip", name=re.compile(r" to \d\d:\d\d: \d+$"))).to_be_visible()


def test_filters_and_order_are_in_the_address(page: Page) -> None:
    page.route("**/api/v2/tags*", lambda route: route.fulfill(status=403))
    page.goto(PLACE)
    expect(page.get_by_text("3 flags")).to_be_visible()

    page.get_by_role("button", name="Tag: Any").click()
    again = page.get_by_role("option", name="Could not load all of these. Try again")
    expect(again).to_be_visible()
    page.unroute("**/api/v2/tags*")
    again.click()
    page.get_by_role("option", name="ops").click()
    page.get_by_label("Sort by").select_option("Name")

    expect(page).to_have_url(re.compile(r"\?tag=ops&sort=name$"))
    expect(page.get_by_text("1 flag,")).to_be_visible()
    page.reload()
    expect(page.get_by_role("switch")).to_have_count(1)
    page.goto(f"{PLACE}?tag=ops&archived=true")
    expect(page.get_by_role("button", name="Archived only")).to_be_visible()
    expect(page.get_by_text("No flag matches these filters.")).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_role("switch")).to_have_count(3)


def test_columns_are_hidden_put_in_another_order_and_made_wider(page: Page) -> None:
    heads = page.get_by_role("columnheader")
    page.goto(PLACE)
    expect(heads.last).to_have_text("Changed")

    page.get_by_role("button", name="Columns").click()
    page.get_by_role("checkbox", name="Targeting").uncheck()
    page.get_by_role("button", name="Changed one place earlier").click()

    expect(heads.last).to_have_text("Lifecycle")
    expect(heads.filter(has_text="Targeting")).to_have_count(0)
    page.reload()
    expect(heads.last).to_have_text("Lifecycle")
    expect(heads.filter(has_text="Targeting")).to_have_count(0)
    come_with_another_browser(page)
    expect(heads.last).to_have_text("Lifecycle")
    expect(heads.filter(has_text="Targeting")).to_have_count(0)

    served = heads.filter(has_text="Served")
    edge = served.get_by_role("slider", name="Width of Served")
    expect(edge).to_have_attribute("aria-valuetext", "As usual")
    before = width_of(served)
    edge.press("ArrowRight")
    expect(edge).to_have_attribute("aria-valuetext", f"{before + 8} pixels")
    assert width_of(served) == before + 8
    box = edge.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 4, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 64, box["y"] + 8)
    page.mouse.up()
    expect(edge).to_have_attribute("aria-valuetext", f"{before + 68} pixels")
    page.reload()
    expect(edge).to_have_attribute("aria-valuetext", f"{before + 68} pixels")
    edge.press("Home")
    expect(edge).to_have_attribute("aria-valuetext", "As usual")
    assert width_of(served) == before

    page.get_by_role("button", name="Columns").click()
    page.get_by_role("button", name="As usual").click()
    expect(heads.last).to_have_text("Changed")


def come_with_another_browser(page: Page) -> None:
    """One that has kept nothing yet, once the server knows all that was chosen in this one."""
    sent = "Object.keys(localStorage).every((name) => !name.endsWith(':unsent'))"
    wait_until(lambda: page.evaluate(sent), "the server knows all choices")
    page.evaluate("localStorage.clear()")
    page.reload()


def width_of(head: Locator) -> int:
    box = head.bounding_box()
    assert box is not None
    return round(box["width"])


def test_a_view_is_saved_by_name_renamed_and_removed(page: Page, browser: Browser, server: Process) -> None:
    page.goto(f"{PLACE}?tag=ops")
    views = page.get_by_role("navigation", name="Views")

    views.get_by_role("button", name="Save view").click()
    page.get_by_label("Name of the view").fill("Night shift")
    page.get_by_role("dialog").get_by_role("button", name="Save view").click()

    expect(views.get_by_role("link", name="Night shift")).to_have_attribute("aria-current", "page")
    views.get_by_role("link", name="All").click()
    expect(page.get_by_role("switch")).to_have_count(3)
    views.get_by_role("link", name="Night shift").click()
    expect(page).to_have_url(re.compile(r"\?tag=ops$"))
    expect(page.get_by_role("switch")).to_have_count(1)

    views.get_by_role("button", name="What can be done with the view Night shift").click()
    page.get_by_role("menuitem", name="Rename").click()
    page.get_by_label("Name of the view").fill("Operations")
    page.get_by_role("dialog").get_by_role("button", name="Rename").click()
    expect(views.get_by_role("link", name="Operations")).to_be_visible()
    come_with_another_browser(page)
    expect(views.get_by_role("link", name="Operations")).to_be_visible()

    elsewhere = browser.new_context(base_url=server.url, storage_state=page.context.storage_state())
    open_there = elsewhere.new_page()
    open_there.goto(PLACE)
    there = open_there.get_by_role("navigation", name="Views").get_by_role("link", name="Operations")
    expect(there).to_be_visible()
    expect(open_there.get_by_text("Live", exact=True)).to_be_visible()
    views.get_by_role("button", name="What can be done with the view Operations").click()
    page.get_by_role("menuitem", name="Remove").click()
    expect(views.get_by_role("link", name="Operations")).to_have_count(0)
    expect(there).to_have_count(0)
    elsewhere.close()


def test_a_switch_that_is_refused_says_why_beside_it(page: Page) -> None:
    page.goto(PLACE)
    switch = page.get_by_role("switch", name="Free shipping in Test")
    expect(switch).to_be_visible()
    locked = {"code": "conflict", "message": "The flag is being changed by somebody else.", "id": "4711"}
    page.route("**/flags/listing/free-shipping", lambda route: route.fulfill(status=409, json=locked))

    switch.click()
    reason = page.get_by_role("alert").filter(has_text="being changed by somebody else")
    expect(reason).to_be_visible()
    expect(switch).not_to_be_checked()
    beside, there = switch.bounding_box(), reason.bounding_box()
    assert beside is not None
    assert there is not None
    assert abs(there["y"] - beside["y"]) < 60

    page.keyboard.press("Escape")
    expect(reason).to_be_hidden()
    page.unroute("**/flags/listing/free-shipping")
    switch.click()
    expect(switch).to_be_checked()
