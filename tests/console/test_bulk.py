"""Many flags changed at once: picked in the list, reviewed together, changed one by one."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.process import Process

FLAGS = "/flags/many"
LIST = "/many/{}/flags?sort=key"
FASTER_THAN_FRAMES = """keys => keys.forEach(key => document.activeElement.dispatchEvent(
    new KeyboardEvent('keydown', { key, shiftKey: true, bubbles: true, cancelable: true })))"""


@pytest.fixture(scope="module", autouse=True)
def flags(server: Process) -> None:
    server.call("POST", "/projects", {"key": "many", "name": "Many"})
    asks = [{"op": "replace", "path": "/requireComments", "value": True}]
    server.call("PATCH", "/projects/many/environments/production", asks)
    for key in ("a-base", "b-top", "c-plain", "d-plain", "e-plain"):
        server.call("POST", FLAGS, {"key": key, "name": key.capitalize(), "tags": ["old"]})
    base = server.call("GET", f"{FLAGS}/a-base")["variations"][0]["_id"]
    needs = {"kind": "addPrerequisite", "key": "a-base", "variationId": base}
    server.call("PATCH", f"{FLAGS}/b-top", {"environmentKey": "test", "instructions": [needs]}, semantic=True)


def _on(server: Process, environment: str) -> list[str]:
    found = server.call("GET", f"{FLAGS}?env={environment}&sort=key&summary=0")["items"]
    return [flag["key"] for flag in found if flag["environments"][environment]["on"]]


def test_flags_picked_by_keys_are_turned_on_and_that_is_undone(page: Page, server: Process) -> None:
    page.goto(LIST.format("test"))
    page.get_by_role("link", name="C-plain").focus()

    page.keyboard.press("x")
    page.evaluate(FASTER_THAN_FRAMES, ["J", "J", "K"])

    bar = page.get_by_role("toolbar", name="Picked flags")
    expect(bar.get_by_text("2 picked")).to_be_visible()
    page.get_by_label("Filter by name or key").fill("nothing has this")
    expect(bar.get_by_text("2 picked")).to_be_visible()
    bar.get_by_role("button", name="Turn on in Test").click()
    review = page.get_by_role("dialog")
    expect(review.get_by_text("Turn on 2 flags in Test.")).to_be_visible()
    page.go_back()
    expect(review).to_have_count(0)
    expect(bar.get_by_text("2 picked")).to_be_visible()
    bar.get_by_role("button", name="Turn on in Test").click()
    review.get_by_role("button", name="Turn on 2 flags in Test").click()
    expect(page.get_by_text("Turned on 2 flags in Test")).to_be_visible()
    assert _on(server, "test") == ["c-plain", "d-plain"]
    expect(bar).to_have_count(0)

    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_text("Took the change of 2 flags back")).to_be_visible()
    assert _on(server, "test") == []


def test_what_cannot_be_done_is_said_before_and_tried_again_after(page: Page, server: Process) -> None:
    broken: list[str] = []

    def fail_once(route: Route) -> None:
        if route.request.method == "PATCH" and not broken:
            broken.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.goto(LIST.format("test"))
    page.get_by_role("checkbox", name="Pick A-base").check()
    page.get_by_role("checkbox", name="Pick E-plain").click(modifiers=["Shift"])
    page.get_by_role("button", name="Archive").last.click()

    review = page.get_by_role("dialog")
    expect(review.get_by_text("1 flag cannot be changed")).to_be_visible()
    expect(review.get_by_text("Archive 4 flags: put away")).to_be_visible()
    review.get_by_label("Why").fill("Launched long ago")
    page.route(re.compile("/flags/many/c-plain"), fail_once)
    review.get_by_role("button", name="Archive 4 flags in every environment").click()
    expect(review.get_by_text("1 flag could not be changed")).to_be_visible()
    expect(review.get_by_role("listitem").filter(has_text="C-plain")).to_be_visible()
    expect(review.get_by_text("Saved 3 of 4")).to_be_visible()
    review.get_by_role("button", name="Try this one again").click()

    expect(page.get_by_text("Archived 4 flags")).to_be_visible()
    left = [flag["key"] for flag in server.call("GET", FLAGS)["items"]]
    assert left == ["a-base"]
    entry = server.call("GET", "/auditlog?limit=1")["items"][0]
    assert entry["comment"] == "Launched long ago"
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Took the change of 4 flags back")).to_be_visible()


def test_all_that_match_are_tagged_and_a_comment_is_asked_for(page: Page, server: Process) -> None:
    page.goto(LIST.format("production"))
    page.get_by_role("checkbox", name="Pick C-plain").check()
    page.get_by_role("button", name="Pick all 5 that match").click()
    page.get_by_role("toolbar").get_by_role("button", name="Tag").click()
    review = page.get_by_role("dialog")

    for field, tag in (("Tags to add", "fresh"), ("Tags to remove", "old")):
        review.get_by_label(field).fill(tag)
        review.get_by_label(field).press("Enter")

    save = review.get_by_role("button", name=re.compile("Change the tags of 5 flags"))
    expect(review.get_by_text("Add fresh to 5 flags.")).to_be_visible()
    expect(save).to_be_disabled()
    review.get_by_label("Why").fill("Spring cleaning")
    save.click()
    expect(page.get_by_text("Changed the tags of 5 flags")).to_be_visible()
    assert {tag for flag in server.call("GET", FLAGS)["items"] for tag in flag["tags"]} == {"fresh"}
