"""The evaluations of a flag: what it served over time, what changed meanwhile, and whether it can go."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.support import calls
from tests.support.process import Process, wait_until

FLAG = "/flags/learning/greeting"
PLACE = "/learning/test/flags/greeting/evaluations"
EVALUATIONS = "/flagstaff/projects/learning/environments/test/flags/greeting/evaluations"


@pytest.fixture(scope="module", autouse=True)
def evaluated(server: Process) -> None:
    """A flag that was turned on, and then served 30 times true and 10 times false."""
    server.call("POST", "/projects", {"key": "learning", "name": "Learning"})
    server.call("POST", "/flags/learning", {"key": "greeting", "name": "Greeting", "temporary": True})
    turn_on = {"environmentKey": "test", "instructions": [{"kind": "turnFlagOn"}]}
    server.call("PATCH", FLAG, turn_on, semantic=True)
    now = int(time.time() * 1000)
    counters = [
        {"variation": index, "value": index == 0, "version": 1, "count": count}
        for index, count in enumerate((30, 10))
    ]
    feature = {"default": False, "contextKinds": ["user"], "counters": counters}
    summary = {"kind": "summary", "startDate": now, "endDate": now, "features": {"greeting": feature}}
    key = server.call("GET", "/projects/learning/environments/test")["apiKey"]
    headers = {"Authorization": key, "X-LaunchDarkly-Tags": "application-id/shop"}
    assert calls.post(f"{server.url}/bulk", json=[summary], headers=headers).status_code == 202
    wait_until(lambda: server.call("GET", EVALUATIONS)["count"] == 40, "the evaluations are counted")


def test_evaluations_are_read_on_the_chart_and_as_a_table(page: Page) -> None:
    page.goto(PLACE)
    expect(page.get_by_role("heading", name="40 evaluations in the last 24 h")).to_be_visible()
    expect(page.get_by_text("40 evaluations are too few to read shares from.")).to_be_visible()

    chart = page.get_by_role("slider", name="Evaluations over time by variation")
    expect(chart).to_have_attribute("aria-valuetext", re.compile("false 10, true 30, Total 40$"))
    chart.focus()
    page.keyboard.press("ArrowLeft")
    expect(chart).to_have_attribute("aria-valuetext", re.compile("No SDK told anything$"))

    page.get_by_text("7 d", exact=True).click()
    page.get_by_role("button", name="Show as table").click()
    expect(page).to_have_url(re.compile(r"\?span=7d&view=table$"))
    expect(page.get_by_role("row").nth(1)).to_contain_text("301040")
    expect(page.get_by_text("shop", exact=True)).to_be_visible()
    page.get_by_role("button", name="Compare with the week before").click()
    expect(page).to_have_url(re.compile(r"&with=week-before$"))
    expect(page.get_by_role("columnheader", name="A week before")).to_be_visible()


def test_a_version_on_the_chart_leads_to_its_change(page: Page) -> None:
    page.goto(PLACE)
    page.get_by_role("link", name=re.compile("^v1.2: ")).click()

    expect(page).to_have_url(re.compile(r"/greeting/history\?entry="))
    expect(page.get_by_role("button", expanded=True)).to_contain_text("Greeting")


def test_each_environment_has_its_status_and_removal_its_reasons(page: Page) -> None:
    page.goto(PLACE)

    status = page.get_by_role("region", name="Status")
    expect(status.get_by_role("listitem").filter(has_text="Test")).to_contain_text("On, serves true")
    expect(status.get_by_role("listitem").filter(has_text="Production")).to_contain_text("never asked for")
    removal = page.get_by_role("region", name="Can it be removed?")
    expect(removal).to_contain_text("Not yet")
    expect(removal).to_contain_text("What it serves differs: Production: false; Test: true.")
    expect(removal).to_contain_text("Code still asks for it: Test")


def test_where_nothing_was_evaluated_it_says_so(page: Page) -> None:
    page.goto(PLACE.replace("/test/", "/production/"))

    expect(page.get_by_text("No evaluations in the last 24 h")).to_be_visible()
    expect(page.get_by_text("No SDK has asked for it in this environment yet.")).to_be_visible()


def test_the_targeting_shows_what_was_served_beside_it(page: Page) -> None:
    page.goto(PLACE.removesuffix("/evaluations"))

    served = page.get_by_role("region", name="Evaluations, last 24 h")
    expect(served.get_by_role("listitem").filter(has_text="true")).to_contain_text("75%")
    chart = served.get_by_role("slider", name="Evaluations over time by variation")
    chart.focus()
    expect(served.get_by_text(", still running")).to_be_visible()
    expect(served.get_by_role("listitem").filter(has_text="true")).not_to_contain_text("%")
    chart.press("Home")
    expect(chart).to_have_attribute("aria-valuenow", "1")
    served.get_by_role("link").click()
    expect(page).to_have_url(re.compile("/evaluations$"))
