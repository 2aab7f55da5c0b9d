"""The audit log: what it tells of changes, how it is narrowed, and how a change is taken back from it."""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.support.process import SEMANTIC, Process

FLAGS = "/flags/audited"
CHECK = "**/audit-log/verification"
LOG = "/audited/audit"


@pytest.fixture(scope="module", autouse=True)
def changes(server: Process) -> None:
    """A project in which a flag was made, renamed and turned on, and a reader was refused."""
    server.call("POST", "/projects", {"key": "audited", "name": "Audited"})
    server.call("POST", FLAGS, {"key": "dark-mode", "name": "Dark mode"})
    body = {
        "instructions": [{"kind": "updateName", "value": "Darker mode"}],
        "comment": "OPS-7: it is darker",
    }
    server.call("PATCH", f"{FLAGS}/dark-mode", body, semantic=True)
    body = {"environmentKey": "test", "instructions": [{"kind": "turnFlagOn"}]}
    server.call("PATCH", f"{FLAGS}/dark-mode", body, semantic=True)
    reader = server.call("POST", "/tokens", {"name": "night-watch", "role": "reader", "serviceToken": True})
    refused = httpx.patch(
        f"{server.url}/api/v2{FLAGS}/dark-mode",
        json=body,
        headers={"Authorization": reader["token"], "Content-Type": SEMANTIC},
    )
    assert refused.status_code == 403


def test_the_log_tells_who_changed_what_and_marks_what_was_refused(page: Page) -> None:
    page.route(CHECK, lambda route: route.fulfill(status=500))
    page.goto(LOG)
    unread = page.get_by_role("button", name="Could not check the chain. Try again")
    expect(unread).to_be_visible()
    page.unroute(CHECK)
    unread.click()

    today = page.get_by_role("region", name=re.compile("^Today, "))
    expect(page.get_by_text(re.compile("Chain verified up to entry [0-9]+"))).to_be_visible()
    expect(today.get_by_role("button", name=re.compile("Refused.*night-watch was refused"))).to_be_visible()
    expect(
        today.get_by_role("button", name=re.compile("turned on the flag Darker mode.*Test.*v1 → v2"))
    ).to_be_visible()
    today.get_by_role("button", name=re.compile("updated the flag Darker mode")).click()

    expect(page).to_have_url(re.compile("/audited/audit/[0-9a-f]{24}$"))
    expect(page.get_by_text("OPS-7: it is darker")).to_be_visible()
    page.get_by_role("tab", name="Diff").click()
    diff = page.get_by_role("region", name="Diff")
    expect(diff).to_contain_text('removed: "name": "Dark mode"')
    expect(diff).to_contain_text('added: "name": "Darker mode"')


def test_the_history_of_a_flag_opens_at_a_version(page: Page) -> None:
    page.goto("/audited/test/flags/dark-mode/history?version=2")

    expect(page.get_by_role("link", name="History")).to_have_attribute("aria-current", "page")
    opened = page.get_by_role("button", name=re.compile("turned on the flag Darker mode"), expanded=True)
    expect(opened).to_be_visible()
    expect(page.get_by_role("button", name="Restore version 1")).to_be_visible()
    opened.click()
    expect(page.get_by_role("button", name="Restore version 1")).to_have_count(0)


def test_filters_are_in_the_address_and_can_be_cleared(page: Page) -> None:
    page.goto(LOG)
    page.get_by_role("button", name="Environment: Any").click()
    page.get_by_role("option", name="Production").click()
    page.get_by_role("button", name="Resource").click()
    page.get_by_role("textbox", name="Resource").fill("proj/*:env/production:flag/nothing")
    page.get_by_role("button", name="Apply").click()

    expect(page).to_have_url(re.compile(r"\?env=production&resource=proj.*nothing$"))
    expect(page.get_by_text("No entry matches these filters.")).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_role("button", name=re.compile("created the flag"))).to_be_visible()
    page.get_by_role("button", name="Action: Any").click()
    page.get_by_role("option", name="Refused").click()
    expect(page).to_have_url(re.compile(r"\?act=refused$"))
    expect(page.get_by_role("button", name=re.compile("created the flag"))).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("Refused.*night-watch was refused"))).to_be_visible()
    page.get_by_role("button", name="Action: Refused").click()
    page.get_by_role("option", name="Any").click()
    expect(page.get_by_role("button", name=re.compile("created the flag"))).to_be_visible()
    page.get_by_role("searchbox", name="Search by who, what or comment").fill("OPS-7")
    expect(page.get_by_role("button", name=re.compile("created the flag"))).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("updated the flag"))).to_be_visible()


def test_a_change_is_taken_back_through_review_or_it_is_said_why_not(page: Page, server: Process) -> None:
    page.goto(LOG)
    page.get_by_role("button", name=re.compile("created the flag")).click()
    expect(page.get_by_text("There was nothing before it to restore.")).to_be_visible()
    page.get_by_role("button", name=re.compile("turned on the flag")).click()
    page.get_by_role("button", name="Restore version 1").click()

    review = page.get_by_role("dialog")
    expect(review).to_contain_text("turned off the flag")
    page.go_back()
    expect(review).to_have_count(0)
    expect(page.get_by_role("button", name="Restore version 1")).to_be_visible()
    page.go_forward()
    expect(review).to_contain_text("turned off the flag")
    page.reload()
    review.get_by_role("button", name="Save to Test").click()

    expect(page.get_by_text("Darker mode is as in version 1 again")).to_be_visible()
    assert not server.call("GET", f"{FLAGS}/dark-mode")["environments"]["test"]["on"]
    expect(page.get_by_role("button", name=re.compile("turned off the flag Darker mode"))).to_be_visible()
