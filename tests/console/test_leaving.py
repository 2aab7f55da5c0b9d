"""What is being saved while one goes on: it is told wherever one is, and nobody is taken back for it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from tests.console.holding import holding
from tests.support.process import Process

FLAG = "/flags/default/parting"
PAGE = "/default/test/flags/parting"
LOCKED = {"code": "conflict", "message": "The flag is being changed by somebody else.", "id": "4711"}


@pytest.fixture(scope="module", autouse=True)
def flag(server: Process) -> None:
    server.call("POST", "/flags/default", {"key": "parting", "name": "Parting"})


def _go_to_segments(page: Page) -> None:
    page.get_by_role("link", name="Segments").click()
    expect(page.get_by_role("heading", name="Segments", level=1)).to_be_visible()


@contextmanager
def _left_while_switching(page: Page) -> Iterator[Route]:
    """The call that turns the flag on, held on its way after one has gone to another page."""
    page.goto(PAGE)
    with holding(page, "PATCH", "**/flags/default/parting*") as take:
        page.get_by_role("switch", name="Parting in Test").click()
        route = take()
        _go_to_segments(page)
        yield route


def test_what_is_saved_after_one_has_left_is_told_and_can_be_taken_back(page: Page, server: Process) -> None:
    with _left_while_switching(page) as route:
        route.continue_()
    expect(page.get_by_text("Turned on Parting in Test")).to_be_visible()
    assert server.call("GET", FLAG)["environments"]["test"]["on"]

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Turned off Parting in Test")).to_be_visible()
    expect(page.get_by_role("heading", name="Segments", level=1)).to_be_visible()
    assert not server.call("GET", FLAG)["environments"]["test"]["on"]


def test_what_fails_after_one_has_left_is_told(page: Page, server: Process) -> None:
    with _left_while_switching(page) as route:
        route.fulfill(status=409, json=LOCKED)
    told = page.get_by_role("alert")
    expect(told).to_contain_text("A change that you left behind was not made. The flag is being changed")
    assert not server.call("GET", FLAG)["environments"]["test"]["on"]


def test_an_undo_that_cannot_be_made_is_told_on_another_page(page: Page, server: Process) -> None:
    page.goto(f"{PAGE}/settings")
    page.get_by_role("textbox", name="Name", exact=True).fill("Parting again")
    page.get_by_role("button", name="Review").click()
    page.get_by_role("button", name="Save to all environments").click()
    expect(page.get_by_text("Saved Parting")).to_be_visible()
    _go_to_segments(page)
    server.call("PATCH", FLAG, [{"op": "replace", "path": "/description", "value": "By somebody else"}])

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody has changed it since")
    assert server.call("GET", FLAG)["name"] == "Parting again"


def test_who_has_gone_on_is_not_taken_to_what_was_made(page: Page) -> None:
    page.goto("/default/test/flags/new")
    page.get_by_role("textbox", name="Name").fill("Late made")
    with holding(page, "POST", "**/api/v2/flags/default") as take:
        page.get_by_role("button", name="Create flag").click()
        route = take()
        page.get_by_role("button", name="Close").click()
        expect(page).to_have_url(re.compile("/flags$"))
        route.continue_()
    expect(page.get_by_text("Created Late made")).to_be_visible()
    expect(page).to_have_url(re.compile("/flags$"))
    page.goto("/default/test/flags/new")
    expect(page.get_by_role("textbox", name="Name")).to_have_value("")


def test_what_the_stream_tells_before_the_answer_does_not_disturb_the_form(
    page: Page, server: Process
) -> None:
    (mary,) = server.call(
        "POST", "/members", [{"email": "late@moon.example", "firstName": "Mary", "role": "reader"}]
    )["items"]
    page.goto(f"/account/members?member={mary['_id']}")
    panel = page.get_by_role("dialog", name="Mary")
    panel.get_by_role("combobox", name="Role").first.click()
    page.get_by_role("option", name="Writer").click()
    with holding(page, "PATCH", f"**/api/v2/members/{mary['_id']}") as take:
        panel.get_by_role("button", name="Save roles and teams").click()
        route = take()
        answer = route.fetch()
        expect(panel.get_by_role("definition").nth(1)).to_have_text("Writer")
        route.fulfill(response=answer)

    expect(page.get_by_text("Changed what Mary may do")).to_be_visible()
    expect(panel).to_be_hidden()
