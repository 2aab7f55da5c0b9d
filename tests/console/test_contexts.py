"""Contexts, as a person searches for them and sees what they get."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.console.accessibility import find_violations
from tests.support import calls
from tests.support.process import Process, wait_until

PLACE = "/seen/test/contexts"
SEARCH = "/projects/seen/environments/test/contexts/search"


@pytest.fixture(scope="module", autouse=True)
def contexts(server: Process) -> None:
    server.call("POST", "/projects", {"key": "seen", "name": "Seen"})
    flag = server.call("POST", "/flags/seen", {"key": "new-desk", "name": "New desk"})
    target = {"kind": "addTargets", "values": ["ada"], "variationId": flag["variations"][0]["_id"]}
    body = {"environmentKey": "test", "instructions": [{"kind": "turnFlagOn"}, target]}
    server.call("PATCH", "/flags/seen/new-desk", body, semantic=True)
    people = [
        {
            "kind": "multi",
            "user": {"key": "ada", "name": "Ada", "plan": "gold"},
            "organization": {"key": "acme"},
        },
        {"kind": "user", "key": "bob", "name": "Bob", "plan": "free"},
    ]
    now = int(time.time() * 1000)
    events = [{"kind": "index", "creationDate": now, "context": one} for one in people]
    key = server.call("GET", "/projects/seen/environments/test")["apiKey"]
    assert calls.post(f"{server.url}/bulk", json=events, headers={"Authorization": key}).status_code == 202
    wait_until(lambda: server.call("POST", SEARCH, {})["totalCount"] == 3, "the contexts are there")


def test_contexts_are_found_by_name_kind_and_attribute(page: Page) -> None:
    page.goto(PLACE)
    expect(page.get_by_text("3 contexts, seen last first")).to_be_visible()
    page.get_by_role("button", name="Kind: Any").click()
    page.get_by_role("option", name="user").click()
    page.get_by_role("button", name="Attribute: Any").click()
    page.get_by_role("option", name="plan").click()
    page.get_by_role("button", name="Value: Any").click()
    page.get_by_role("option", name='"gold"').first.click()

    expect(page.get_by_text("1 context,")).to_be_visible()
    expect(page.get_by_role("link", name="Ada")).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 context,")).to_be_visible()
    page.get_by_role("searchbox").fill("nobody")
    expect(page.get_by_text("No context fits these filters.")).to_be_visible()


def test_a_context_shows_its_attributes_and_what_it_gets_and_why(page: Page) -> None:
    page.goto(PLACE)
    page.get_by_role("link", name="Ada").click()

    expect(page).to_have_url(f"{PLACE}/user/ada")
    expect(page.get_by_role("region", name="Attributes")).to_contain_text("gold")
    row = page.get_by_role("row").filter(has_text="New desk")
    expect(row).to_contain_text("true")
    expect(row).to_contain_text("its key is targeted")
    page.get_by_role("link", name="acme").click()
    expect(page).to_have_url(f"{PLACE}/organization/acme")
    expect(page.get_by_role("row").filter(has_text="New desk")).to_contain_text("everyone else")


def test_a_context_is_given_another_variation_and_left_to_the_rules_again(
    page: Page, server: Process, axe: str
) -> None:
    page.goto(f"{PLACE}/user/bob")
    row = page.get_by_role("row").filter(has_text="New desk")
    expect(row).to_contain_text("everyone else")
    for choice, said, why in (
        ("false", "Added the user targets bob", "its key is targeted"),
        ("What the rules say", "Removed the user targets bob", "everyone else"),
    ):
        row.get_by_role("button", name="What can be done with New desk").click()
        page.get_by_role("menuitem", name="Give it another variation").click()
        dialog = page.get_by_role("dialog", name="What New desk gives Bob")
        dialog.get_by_role("combobox", name="Gets").click()
        page.get_by_role("option", name=choice).click()
        assert find_violations(page, axe) == []
        dialog.get_by_role("button", name="Review changes").click()
        expect(page.get_by_role("dialog")).to_contain_text(said)
        page.go_back()
        expect(dialog.get_by_role("combobox", name="Gets")).to_have_value(choice)
        page.go_forward()
        expect(page.get_by_role("dialog")).to_contain_text(said)
        page.get_by_role("button", name="Save to Test").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(row).to_contain_text(why)

    row.get_by_role("link", name="everyone else").click()
    expect(page.get_by_role("region", name="Result")).to_contain_text("everyone else", ignore_case=True)
    recent = page.get_by_role("region", name="Recently seen")
    expect(recent.get_by_role("button", name="bob")).to_contain_text("true")
    expect(recent.get_by_role("button", name="bob")).to_have_attribute("aria-current", "true")
    recent.get_by_role("button", name="ada").click()
    expect(page.get_by_role("region", name="Result")).to_contain_text("as an individual target")


def test_the_links_that_the_api_gives_lead_to_the_pages_of_things(page: Page, server: Process) -> None:
    flag = server.call("GET", "/flags/seen/new-desk")
    seen = server.call("POST", SEARCH, {"filter": 'key equals "ada"'})["items"][0]
    entry = server.call("GET", "/auditlog?spec=proj/seen:env/*:flag/new-desk&limit=1")["items"][0]
    named = re.search(r"\]\((/[^)]*)\)", entry["title"])
    assert named is not None
    links = {
        flag["environments"]["test"]["_site"]["href"]: "New desk",
        seen["_links"]["site"]["href"]: "Ada",
        named.group(1): "New desk",
    }
    for link, title in links.items():
        page.goto(link)
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
