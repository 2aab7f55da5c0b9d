"""What SDKs tell as it arrives, and the first steps of who begins."""

import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.support import calls
from tests.support.process import Process

LIVE = "/default/test/live"


def _send(server: Process, flag: str, count: int) -> None:
    now = int(time.time() * 1000)
    counters = [{"variation": 0, "value": True, "version": 1, "count": count}]
    feature = {"default": False, "contextKinds": ["user"], "counters": counters}
    summary = {"kind": "summary", "startDate": now, "endDate": now, "features": {flag: feature}}
    bought = {"kind": "custom", "key": "bought", "creationDate": now, "contextKeys": {"user": "ada"}}
    key = server.environment()["apiKey"]
    sent = calls.post(f"{server.url}/bulk", json=[summary, bought], headers={"Authorization": key})
    assert sent.status_code == 202


def test_events_are_seen_as_they_arrive_filtered_and_paused(page: Page, server: Process) -> None:
    with page.expect_response(lambda answer: "live=default%2Ftest" in answer.url):
        page.goto(LIVE)
    expect(page.get_by_text("Waiting for events")).to_be_visible()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    expect(page.get_by_text("0 since you came")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="since you came")).to_have_count(0)

    _send(server, "express", 30)

    expect(page.get_by_role("row").filter(has_text="express")).to_contain_text(
        "30 \N{MULTIPLICATION SIGN} variation 1"
    )
    expect(page.get_by_role("row").filter(has_text="bought")).to_contain_text("custom event")
    page.get_by_role("button", name="All of bought").click()
    expect(page.get_by_role("dialog")).to_contain_text('"kind": "custom"')
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="All of bought")).to_be_focused()
    page.get_by_role("searchbox").fill("bought")
    expect(page.get_by_role("row").filter(has_text="express")).to_have_count(0)
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name="Pause").click()
    _send(server, "later", 1)
    page.get_by_role("button", name="Resume (2 waiting)").click()
    expect(page.get_by_role("row").filter(has_text="later")).to_be_visible()


def test_the_lines_of_the_first_steps_run_as_they_are_and_light_them_up(
    page: Page, server: Process, tmp_path: Path
) -> None:
    server.call("POST", "/projects", {"key": "first", "name": "First steps"})
    page.goto("/first/test/flags")
    expect(page.get_by_role("heading", name="Flags", exact=True)).to_be_visible()
    page.goto("/welcome")
    page.get_by_role("button", name="Make the flag").click()
    expect(page.get_by_role("switch", name="Welcome banner in Test")).to_be_checked()
    expect(page.get_by_text("Waiting for a connection")).to_be_visible()
    page.get_by_role("button", name="It does not appear").click()
    checks = page.get_by_role("list", name="What was looked at").get_by_role("listitem")
    expect(checks.filter(has_text="The lines have the key that Test has now")).to_be_visible()
    expect(checks.filter(has_text="is reached from this machine only")).to_be_visible()
    expect(checks.filter(has_text="The clocks of this machine and of the server agree.")).to_be_visible()
    lines = page.get_by_role("region", name="The program").get_by_role("code").inner_text()
    program = tmp_path / "program.py"
    program.write_text(lines)

    told = subprocess.run([sys.executable, program], capture_output=True, text=True, timeout=60, check=True)

    assert told.stdout.split() == ["True"]
    expect(page.get_by_text("It works: the first evaluation has arrived")).to_be_visible()
    environment = server.call("GET", "/projects/first/environments/test")
    page.get_by_text("JavaScript").click()
    expect(page.get_by_role("region", name="The program")).to_contain_text(environment["_id"])
