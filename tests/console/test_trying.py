"""Trying a context on a flag: what it gets, and why, step by step."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.process import Process

PLACE = "/default/test/flags/tried-flag"


@pytest.fixture(scope="module", autouse=True)
def flag(server: Process) -> None:
    for key in ("tried-base", "tried-flag"):
        server.call("POST", "/flags/default", {"key": key, "name": key.replace("-", " ").capitalize()})
    server.call("POST", "/segments/default/test", {"key": "tried-staff", "name": "Staff"})
    server.instruct("tried-base", {"kind": "turnFlagOn"})
    base, ids = (
        [one["_id"] for one in server.call("GET", f"/flags/default/{key}")["variations"]]
        for key in ("tried-base", "tried-flag")
    )
    member = {"contextKind": "user", "attribute": "", "op": "segmentMatch", "values": ["tried-staff"]}
    country = {"contextKind": "user", "attribute": "country", "op": "in", "values": ["DE", "CH"]}
    server.instruct(
        "tried-flag",
        {"kind": "turnFlagOn"},
        {"kind": "addPrerequisite", "key": "tried-base", "variationId": base[0]},
        {"kind": "addRule", "clauses": [member], "variationId": ids[0]},
        {"kind": "addRule", "clauses": [country], "rolloutWeights": {ids[0]: 30_000, ids[1]: 70_000}},
    )


def test_a_context_is_explained_step_by_step_and_its_address_shows_it_again(page: Page) -> None:
    page.goto(f"{PLACE}/try")
    form = page.get_by_role("form", name="Context")
    form.get_by_role("textbox", name="Key").fill("ann")
    form.get_by_role("textbox", name="Attributes").fill('{"country": "CH"}')
    form.get_by_role("textbox", name="Attributes").press("Control+Enter")

    result = page.get_by_role("region", name="Result")
    expect(result.get_by_role("status")).to_contain_text(
        re.compile("This context gets (true|false).*by the split in rule 2")
    )
    steps = result.get_by_role("listitem")
    expect(steps.filter(has_text="Requires tried-base").first).to_contain_text("met")
    expect(steps.filter(has_text="Rule 1").first).to_contain_text("tried-staff")
    expect(steps.filter(has_text="Rule 1").first).to_contain_text("not met")
    expect(steps.filter(has_text="Rule 2").first).to_contain_text(re.compile(r"falls at \d+(\.\d+)?%"))
    result.get_by_role("button", name="Explain tried-base").click()
    expect(result.get_by_role("button", name="Close tried-base")).to_be_visible()
    expect(result.get_by_role("link", name=re.compile("^Production"))).to_be_visible()

    page.reload()
    expect(result.get_by_role("status")).to_contain_text("by the split in rule 2")
    form.get_by_text("JSON").click()
    form.get_by_role("textbox", name="JSON").fill('{"kind": "user", ')
    form.get_by_role("button", name="Evaluate").click()
    expect(form.get_by_text("This is no JSON")).to_be_visible()


def test_what_is_not_saved_yet_can_be_tried(page: Page) -> None:
    page.goto(PLACE)
    page.get_by_role("button", name="Edit Everyone else").click()
    page.get_by_role("region", name="Everyone else").get_by_label("What it serves").click()
    page.get_by_role("option", name="false", exact=True).click()
    expect(page.get_by_role("region", name="1 unsaved change in Test")).to_be_visible()
    page.get_by_role("link", name="Try a context").click()
    page.get_by_role("textbox", name="Key").fill("bob")
    page.get_by_role("button", name="Evaluate").click()

    result = page.get_by_role("region", name="Result")
    expect(result.get_by_role("status")).to_contain_text("This context gets true")
    expect(result.get_by_text(re.compile("With your 1 unsaved change: *false"))).to_be_visible()


def test_a_context_is_tried_at_a_version_of_the_past(page: Page, server: Process) -> None:
    server.instruct("tried-flag", {"kind": "turnFlagOff"})
    page.goto(f"{PLACE}/history")
    page.get_by_role("button", name=re.compile("v1 → v2")).click()
    page.get_by_role("link", name="Try at version 2").click()
    expect(page).to_have_url(re.compile(r"/try\?at=v2$"))
    page.get_by_role("textbox", name="Key").fill("ann")
    page.get_by_role("textbox", name="Attributes").fill('{"country": "CH"}')
    page.get_by_role("button", name="Evaluate").click()

    result = page.get_by_role("region", name="Result")
    expect(result.get_by_role("status")).to_contain_text(
        re.compile("This context got .*by the split in rule 2")
    )
    expect(result.get_by_text("This is the past: version 2 in Test")).to_be_visible()
    expect(result.get_by_text(re.compile("Today this context gets"))).to_contain_text("false")
    result.get_by_role("button", name="As of: v2").click()
    page.get_by_role("option", name="now, v3").click()
    expect(result.get_by_role("status")).to_contain_text("since the flag is off")
    expect(result.get_by_text("This is the past")).to_have_count(0)
