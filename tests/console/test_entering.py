"""Ways in for who has forgotten the password, or was not let in by a provider of identities."""

import time
from datetime import UTC, datetime

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.accessibility import find_violations
from tests.console.conftest import EMAIL as OWNER
from tests.console.conftest import PASSWORD as OWNERS
from tests.features.accounts.factors.codes import code_at
from tests.support.browsing import sign_in
from tests.support.process import Process

EMAIL, FORGOTTEN = "lise@meitner.example", "a sentence that went out of mind"


@pytest.fixture(scope="module")
def codes(server: Process) -> list[str]:
    """The recovery codes of a member who has a second factor."""
    server.call("POST", "/flags/default", {"key": "way-in", "name": "Way in"})  # else all begins at /welcome
    invited = server.call("POST", "/members", [{"email": EMAIL, "firstName": "Lise", "role": "reader"}])
    token = invited["items"][0]["_links"]["invitation"]["href"].rpartition("/")[2]
    with httpx.Client(base_url=f"{server.url}/auth", headers={"Origin": server.url}) as lise:
        lise.post(f"/invitations/{token}", json={"password": FORGOTTEN}).raise_for_status()
        secret = lise.post("/totp").raise_for_status().json()["secret"]
        code = code_at(int(time.time() * 1_000), secret)
        confirmed = lise.post("/totp/confirm", json={"code": code}).raise_for_status()
    found: list[str] = confirmed.json()["recoveryCodes"]
    return found


def test_a_forgotten_password_is_chosen_anew_by_a_link_and_a_code(
    browser: Browser, page: Page, server: Process, axe: str, codes: list[str]
) -> None:
    lise = browser.new_context(base_url=server.url).new_page()
    lise.goto("/login")
    lise.get_by_role("link", name="Forgot the password?").click()
    expect(lise.get_by_text("An administrator can make you a link")).to_be_visible()

    (member,) = server.call("GET", f"/members?filter=query:{EMAIL}")["items"]
    page.goto(f"/account/members?member={member['_id']}")
    panel = page.get_by_role("dialog", name="Lise")
    panel.get_by_role("button", name="Make a link to a new password").click()
    link = panel.get_by_role("group", name="Link for Lise").get_by_role("code").inner_text()

    lise.evaluate("localStorage.setItem('flagstaff-drafts-of', '\"somebody else\"')")
    lise.goto(link)
    expect(lise.get_by_text(f"For {EMAIL}. All your other sessions end.")).to_be_visible()
    assert find_violations(lise, axe) == []
    lise.get_by_label("New password", exact=True).fill("one that is not forgotten again")
    code, save = lise.get_by_label("Code", exact=True), lise.get_by_role("button", name="Save the password")
    save.click()
    expect(lise.get_by_text("Write the code.")).to_be_visible()
    code.fill(codes[0][::-1])
    save.click()
    expect(lise.get_by_text("This code is not, or no longer, the right one.")).to_be_visible()
    code.fill(codes[0])
    save.click()
    expect(lise.get_by_role("heading", name="Flags", exact=True)).to_be_visible()
    assert lise.evaluate("localStorage.getItem('flagstaff-drafts-of')") == f'"{member["_id"]}"'

    lise.goto(link)
    expect(lise.get_by_role("heading", name="This link cannot be used")).to_be_visible()
    lise.context.close()


def test_a_session_that_soon_ends_is_renewed_before_it_does(
    browser: Browser, server: Process, axe: str
) -> None:
    context = browser.new_context(base_url=server.url)
    sign_in(context, server.url, OWNER, OWNERS)
    page = context.new_page()
    page.clock.install()
    page.goto("/account/tokens?new=token")
    name = page.get_by_role("dialog").get_by_role("textbox", name="Name")
    name.fill("half typed")
    page.clock.fast_forward((14 * 24 * 3_600 - 90) * 1_000)  # of fourteen days
    asked = page.get_by_role("dialog", name="Your session ends in two minutes")
    expect(asked).to_be_visible()
    assert find_violations(page, axe) == []
    page.clock.set_system_time(
        datetime.now(UTC)
    )  # as the server has it, whose new session is for fourteen days
    asked.get_by_label("Password", exact=True).fill(OWNERS)
    asked.get_by_role("button", name="Sign in").click()
    expect(asked).to_have_count(0)
    expect(name).to_have_value("half typed")
    context.close()


def test_who_no_provider_lets_in_reads_why_and_can_sign_in_with_a_password(
    browser: Browser, server: Process, axe: str, codes: list[str]
) -> None:
    lise = browser.new_context(base_url=server.url).new_page()
    lise.goto("/auth/oidc?next=/account/profile")
    expect(lise.get_by_role("alert")).to_contain_text("This server has no provider of identities.")
    assert find_violations(lise, axe) == []
    lise.get_by_label("Email").fill(EMAIL)
    lise.get_by_label("Password", exact=True).fill("one that is not forgotten again")
    lise.get_by_role("button", name="Sign in").click()
    lise.get_by_label("Code", exact=True).fill(codes[1])
    lise.get_by_role("button", name="Sign in").click()
    expect(lise.get_by_role("heading", name="Profile")).to_be_visible()
    lise.context.close()
