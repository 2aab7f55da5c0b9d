"""Who is connected to an environment, and what they hold."""

import re

import httpx
from playwright.sync_api import Page, expect

from tests.support import calls
from tests.support.process import Process, wait_until


def test_an_environment_without_sdks_says_so(page: Page) -> None:
    page.goto("/default/production/connections")

    expect(page.get_by_text("No SDK is connected")).to_be_visible()


def test_a_client_that_polls_is_shown_with_its_sdk(page: Page, server: Process) -> None:
    headers = {"Authorization": server.environment()["apiKey"], "User-Agent": "PythonClient/9.18.4"}
    assert calls.get(f"{server.url}/sdk/latest-all", headers=headers).status_code == 200
    asked = "/flagstaff/environments/default/test/connections"
    wait_until(lambda: server.call("GET", asked)["polling"]["connections"], "the client is counted")

    page.goto("/default/test/connections")

    row = page.get_by_role("row").filter(has_text="9.18.4")
    expect(row).to_contain_text("PythonClient")
    expect(row).to_contain_text("server, polling")
    expect(page.get_by_text("100% hold the newest version")).to_be_visible()
    counts = page.get_by_role("region", name="Open connections")
    expect(counts).to_contain_text(re.compile(r"Polling clients: (\d+ all the time|fewest \d+ at)"))
    chart = counts.get_by_role("slider", name="Connections over time")
    expect(chart).to_have_attribute("aria-valuetext", re.compile(r"still running, Streams \d+, Polling"))
    chart.focus()
    page.keyboard.press("Home")
    expect(chart).to_have_attribute("aria-valuetext", re.compile("Nothing was counted$"))
    counts.get_by_role("button", name="Show as table").click()
    expect(counts.get_by_role("columnheader", name="Polling clients, most")).to_be_visible()
    counts.get_by_text("7 d", exact=True).click()
    expect(page).to_have_url(re.compile(r"counts=table&span=7d$"))
    expect(counts).to_contain_text("Of each hour")


def test_a_stream_is_shown_with_how_long_the_last_change_took_to_it(page: Page, server: Process) -> None:
    agent = {"Authorization": server.environment()["apiKey"], "User-Agent": "GoClient/7.14.2"}
    asked = "/flagstaff/environments/default/test/connections"
    with httpx.stream("GET", f"{server.url}/all", headers=agent, timeout=60) as stream:
        told = stream.iter_lines()
        assert next(told) == "event: put"
        wait_until(lambda: server.call("GET", asked)["streams"]["connections"], "the stream is counted")
        page.goto("/default/test/connections")
        row = page.get_by_role("row").filter(has_text="7.14.2")
        expect(row).to_contain_text("server, stream")
        expect(row).not_to_contain_text(re.compile(r"\d+ ms"))

        server.call("POST", "/flags/default", {"key": "told-to-streams", "name": "Told to streams"})

        expect(row).to_contain_text(re.compile(r"\d+ ms"))
        arrived = page.get_by_role("slider", name="How the last change arrived")
        expect(arrived).to_have_attribute("aria-valuetext", re.compile(r"^\d+ ms, This change 100%"))

        page.goto("/default/test/flags/told-to-streams")
        facts = page.get_by_role("complementary", name="What is known of this flag")
        delivered = facts.get_by_role("region", name="Delivered")
        current = "hold.? the newest version"
        expect(delivered).to_contain_text(re.compile(rf"v1, just now.*{current}, the last after \d+ ms"))
        page.get_by_role("switch", name="Told to streams in Test").click()
        expect(delivered).to_contain_text(re.compile(f"v2, just now.*{current}"))
        changes = facts.get_by_role("region", name="Recent changes")
        turned_on = re.compile("turned on the flag", re.IGNORECASE)
        changes.get_by_role("link", name=turned_on).click()
        expect(page).to_have_url(re.compile(r"/told-to-streams/history\?entry="))
        expect(page.get_by_role("button", name=turned_on, expanded=True)).to_be_visible()
