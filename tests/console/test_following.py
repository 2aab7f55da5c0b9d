"""What is changed elsewhere shows without asking, over one connection for all pages of a browser."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.console.holding import holding
from tests.support.process import Process

LIST = "/following/test/flags"
STREAM = "/api/v2/flagstaff/stream"
ROWS = "**/projects/following/environments/test/flags?*"


@pytest.fixture(scope="module", autouse=True)
def flag(server: Process) -> None:
    server.call("POST", "/projects", {"key": "following", "name": "Following"})
    server.call("POST", "/flags/following", {"key": "dark-mode", "name": "Dark mode"})


@pytest.fixture
def streams(context: BrowserContext) -> list[Page]:
    """The pages that have opened a stream."""
    opened: list[Page] = []
    context.on(
        "request", lambda request: opened.append(request.frame.page) if STREAM in request.url else None
    )
    return opened


def _open(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(LIST)
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    return page


@pytest.mark.timeout(300)  # eight pages are drawn at once
def test_pages_share_one_stream_and_a_toggle_in_one_shows_in_the_others(
    context: BrowserContext, streams: list[Page]
) -> None:
    pages = [_open(context) for _ in range(8)]
    name = "Dark mode in Test"

    for made, page in enumerate(pages):
        # A click turns about what its own page shows, so that page must have heard of the change before.
        expect(page.get_by_role("switch", name=name)).to_be_checked(checked=made % 2 == 1)
        page.get_by_role("switch", name=name).click()
        for other in (pages[made - 1], pages[made - 4]):
            expect(other.get_by_role("switch", name=name)).to_be_checked(checked=made % 2 == 0)
    assert streams == [pages[0]]

    pages[0].close()
    expect(pages[2].get_by_text("Live", exact=True)).to_be_visible()
    expect(pages[2].get_by_role("switch", name=name)).not_to_be_checked()
    pages[2].get_by_role("switch", name=name).click()

    expect(pages[1].get_by_role("switch", name=name)).to_be_checked()
    assert len(streams) == 2


def test_what_changes_while_a_list_is_first_read_shows_in_it(
    context: BrowserContext, server: Process
) -> None:
    page = context.new_page()
    with holding(page, "GET", ROWS) as take:
        page.goto(LIST)
        expect(page.get_by_text("Live", exact=True)).to_be_visible()
        route = take()
        old = route.fetch()
        server.call("POST", "/flags/following", {"key": "meanwhile", "name": "Made meanwhile"})
        route.fulfill(response=old)
        take().continue_()

    expect(page.get_by_role("link", name="Made meanwhile")).to_be_visible()


def test_what_changes_between_the_list_and_the_stream_shows_in_it(
    context: BrowserContext, server: Process
) -> None:
    page = context.new_page()
    with holding(page, "GET", f"**{STREAM}*") as take:
        page.goto(LIST)
        expect(page.get_by_role("switch", name="Dark mode in Test")).to_be_visible()
        server.call("POST", "/flags/following", {"key": "between", "name": "Made between"})
        take().continue_()

    expect(page.get_by_role("link", name="Made between")).to_be_visible()


def test_a_switch_does_not_fall_back_while_its_list_is_read_anew(context: BrowserContext) -> None:
    page = _open(context)
    switch = page.get_by_role("switch", name="Dark mode in Test")
    was_on = switch.is_checked()
    with holding(page, "GET", ROWS) as take:
        switch.click()
        route = take()
        expect(switch).to_be_checked(checked=not was_on)
        route.continue_()
    expect(page.get_by_text("Dark mode in Test").filter(has_text="Turned")).to_be_visible()
    expect(switch).to_be_checked(checked=not was_on)


def test_a_page_that_asks_nothing_tells_that_the_server_is_gone(context: BrowserContext) -> None:
    page = context.new_page()
    for gone in (f"**{STREAM}*", "**/healthz"):
        page.route(gone, lambda route: route.abort())
    page.goto(LIST)
    banner = page.get_by_role("alert").filter(has_text=re.compile(r"Reconnecting\. Shown as of \d"))
    expect(banner).to_be_visible()
    expect(page.get_by_text("Live", exact=True)).to_have_count(0)

    page.unroute_all()

    expect(banner).to_have_count(0)
    expect(page.get_by_text("Live", exact=True)).to_be_visible()


def test_a_new_flag_of_somebody_else_appears_in_the_list(context: BrowserContext, server: Process) -> None:
    page = _open(context)

    server.call("POST", "/flags/following", {"key": "made-elsewhere", "name": "Made elsewhere"})

    expect(page.get_by_role("link", name="Made elsewhere")).to_be_visible()
