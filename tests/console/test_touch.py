"""The console by finger, on a phone: flags are picked, rules are dragged."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect

from tests.console.conftest import EMAIL, PASSWORD, PATIENCE
from tests.console.targets import find_small_targets
from tests.support.browsing import sign_in
from tests.support.process import Process


@pytest.fixture(scope="module")
def phone(browser: Browser, server: Process) -> Iterator[Page]:
    server.call("POST", "/projects", {"key": "touch", "name": "Touch"})
    for key in ("below", "above"):
        server.call("POST", "/flags/touch", {"key": key, "name": key.capitalize()})
    variation = server.call("GET", "/flags/touch/above")["variations"][0]["_id"]
    clause = {"attribute": "key", "contextKind": "user", "op": "in", "values": ["ada"], "negate": False}
    rules = [
        {"kind": "addRule", "variationId": variation, "description": name, "clauses": [clause]}
        for name in ("Early", "Late")
    ]
    body = {"environmentKey": "test", "instructions": rules}
    server.call("PATCH", "/flags/touch/above", body, semantic=True)
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE * 1000)
    sign_in(context, server.url, EMAIL, PASSWORD)
    yield context.new_page()
    context.close()


class Finger:
    """One finger on the page."""

    def __init__(self, page: Page) -> None:
        self.session: CDPSession = page.context.new_cdp_session(page)

    def touch(self, kind: str, x: float = 0, y: float = 0) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_flags_are_picked_by_holding_one_or_by_their_boxes(phone: Page) -> None:
    phone.goto("/touch/test/flags")
    expect(phone.get_by_role("switch")).to_have_count(2)
    finger = Finger(phone)

    finger.touch("touchStart", *middle(phone.get_by_role("link", name="Above")))
    expect(phone.get_by_text("1 picked")).to_be_visible()
    finger.touch("touchEnd")

    expect(phone.get_by_text("1 picked")).to_be_visible()  # and is not opened
    phone.get_by_role("button", name="Let go").tap()
    expect(phone.get_by_text("1 picked")).to_have_count(0)
    phone.get_by_role("button", name="Pick", exact=True).tap()
    phone.get_by_role("checkbox", name="Pick Below").tap()
    expect(phone.get_by_text("1 picked")).to_be_visible()
    assert find_small_targets(phone) == []


def test_a_flag_is_turned_on_with_a_reason_in_three_taps(phone: Page, server: Process) -> None:
    asks = [{"op": "replace", "path": "/requireComments", "value": True}]
    server.call("PATCH", "/projects/touch/environments/production", asks)
    phone.goto("/touch/production/flags")

    phone.get_by_role("switch", name="Below in Production").tap()
    dialog = phone.get_by_role("dialog")
    expect(dialog.get_by_text("Turned on the flag")).to_be_visible()
    why = dialog.get_by_role("textbox", name="Why")
    expect(why).to_be_in_viewport(ratio=1)
    why.tap()
    phone.keyboard.type("Complaints")
    save = dialog.get_by_role("button", name="Save to Production")
    expect(save).to_be_enabled()
    save.tap()

    expect(phone.get_by_role("switch", name="Below in Production")).to_be_checked()
    expect(dialog).to_have_count(0)


def test_a_rule_is_dragged_by_finger(phone: Page) -> None:
    phone.goto("/touch/test/flags/above")
    first = phone.get_by_role("region", name="Rule 1")
    expect(first.get_by_role("heading", name="Early")).to_be_visible()
    handle = phone.get_by_role("button", name="Move rule 1")
    handle.scroll_into_view_if_needed()
    finger, (x, y) = Finger(phone), middle(handle)
    below = middle(phone.get_by_role("button", name="Move rule 2"))[1]

    finger.touch("touchStart", x, y)
    expect(phone.locator("[data-dragged]")).to_be_visible()
    finger.touch("touchMove", x, below + 20)
    expect(phone.locator("[data-line]")).to_be_visible()
    finger.touch("touchEnd")

    expect(first.get_by_role("heading", name="Late")).to_be_visible()
    assert find_small_targets(phone) == []
