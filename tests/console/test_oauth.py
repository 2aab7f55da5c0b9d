"""Programs that act for members: registering one, letting it in, ending it; and relay configurations."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.accessibility import find_violations
from tests.console.conftest import EMAIL, PASSWORD
from tests.support import calls
from tests.support.process import Process

RETURN = "https://planner.example/callback"


@pytest.fixture(scope="module")
def planner(server: Process) -> dict[str, Any]:
    made: dict[str, Any] = server.call("POST", "/oauth/clients", {"name": "Planner", "redirectUri": RETURN})
    return made


def ask(client: dict[str, Any], **changes: str) -> str:
    asked = {"response_type": "code", "client_id": client["_clientId"], "redirect_uri": RETURN}
    return "/oauth/authorize?" + urlencode(asked | {"scope": "reader", "state": "s-1"} | changes)


def be_the_program(page: Page) -> None:
    page.route("https://planner.example/**", lambda route: route.fulfill(body="Back at the planner"))


def test_a_program_is_let_in_acts_for_the_member_and_is_ended(
    page: Page, server: Process, planner: dict[str, Any], axe: str
) -> None:
    be_the_program(page)
    page.goto(ask(planner))
    expect(page.get_by_role("heading", name="Let Planner in?")).to_be_visible()
    assert find_violations(page, axe) == []
    page.get_by_role("button", name="Let Planner in").click()
    expect(page.get_by_text("Back at the planner")).to_be_visible()
    answer = parse_qs(urlsplit(page.url).query)
    assert answer["state"] == ["s-1"]
    fields = {"grant_type": "authorization_code", "code": answer["code"][0], "redirect_uri": RETURN}
    client = (planner["_clientId"], planner["_clientSecret"])
    token = calls.post(f"{server.url}/oauth/token", data=fields, auth=client).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    assert calls.get(f"{server.url}/api/v2/projects", headers=headers).status_code == 200

    page.goto("/account/oauth")
    page.get_by_role("button", name=f"End Planner for {EMAIL}").click()
    expect(page.get_by_text(f"Ended Planner for {EMAIL}")).to_be_visible()
    assert calls.get(f"{server.url}/api/v2/projects", headers=headers).status_code == 401


def test_who_signs_in_first_comes_to_the_question_and_may_refuse(
    browser: Browser, server: Process, planner: dict[str, Any]
) -> None:
    page = browser.new_context(base_url=server.url).new_page()
    be_the_program(page)
    page.goto(ask(planner))
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Refuse").click()

    expect(page.get_by_text("Back at the planner")).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["error"] == ["access_denied"]
    page.context.close()


def test_a_question_that_fits_nothing_is_refused_in_words(page: Page, planner: dict[str, Any]) -> None:
    asked = ask(planner, redirect_uri="https://evil.example/callback")
    page.goto(asked.replace("/oauth/authorize", "/oauth/consent"))

    expect(page.get_by_role("heading", name="This program cannot be let in")).to_be_visible()
    expect(page.get_by_text("redirect URI is not the one")).to_be_visible()


def test_an_application_is_registered_changed_and_deleted(page: Page, server: Process, axe: str) -> None:
    page.goto("/account/oauth")
    page.get_by_role("button", name="Register application").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Robot")
    dialog.get_by_label("Redirect URI").fill("https://robot.example/back")
    dialog.get_by_role("button", name="Register application").click()
    assert dialog.get_by_role("group", name="Client secret of Robot").get_by_role("code").inner_text()
    dialog.get_by_role("button", name="I have copied it").click()

    acts = page.get_by_role("button", name="What can be done with Robot")
    acts.click()
    page.get_by_role("menuitem", name="Change").click()
    dialog.get_by_label("Description").fill("It makes coffee")
    dialog.get_by_role("button", name="Save application").click()
    expect(page.get_by_role("list", name="Applications")).to_contain_text("It makes coffee")
    assert find_violations(page, axe) == []
    acts.click()
    page.get_by_role("menuitem", name="Delete application").click()
    dialog.get_by_role("button", name="Delete application").click()
    expect(page.get_by_text("Deleted the application Robot")).to_be_visible()
    assert "Robot" not in [one["name"] for one in server.call("GET", "/oauth/clients")["items"]]


def test_a_relay_configuration_is_made_with_a_policy_reset_and_deleted(page: Page, server: Process) -> None:
    page.goto("/account/relay")
    page.get_by_role("button", name="Create configuration").click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("Name").fill("Edge")
    panel.get_by_role("button", name="Create configuration").click()
    key = panel.get_by_role("group", name="Relay key of Edge").get_by_role("code").inner_text()
    panel.get_by_role("button", name="I have copied it").click()
    (edge,) = server.call("GET", "/account/relay-auto-configs")["items"]
    assert edge["policy"] == [{"effect": "allow", "resources": ["proj/*:env/*"], "actions": ["*"]}]

    acts = page.get_by_role("button", name="What can be done with Edge")
    acts.click()
    page.get_by_role("menuitem", name="Reset key").click()
    panel.get_by_role("button", name="Reset key").click()
    assert panel.get_by_role("code").inner_text() != key
    panel.get_by_role("button", name="I have copied it").click()
    acts.click()
    page.get_by_role("menuitem", name="Delete configuration").click()
    panel.get_by_role("button", name="Delete configuration").click()
    expect(page.get_by_text("Deleted the configuration Edge")).to_be_visible()
    assert server.call("GET", "/account/relay-auto-configs")["items"] == []
