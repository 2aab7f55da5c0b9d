"""The frame around the pages, in a real browser against a real server."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from tests.console.accessibility import find_faint_words, find_violations
from tests.console.targets import find_small_targets, touch
from tests.support.browsing import DRAWN
from tests.support.process import Process

PAGES = [
    "/login",
    "/reset",
    "/default/test/flags",
    "/default/test/flags/new",
    "/default/test/flags/dark-mode",
    "/default/test/flags/dark-mode/variations",
    "/default/test/flags/dark-mode/settings",
    "/default/test/flags/dark-mode/environments?pick=on",
    "/default/test/segments",
    "/default/test/connections",
    "/default/test/live",
    "/welcome?flag=dark-mode",
    "/default/audit",
    "/default/test/flags/dark-mode/evaluations",
    "/default/test/flags/dark-mode/history",
    "/default/test/flags/dark-mode/try?context=%7B%22kind%22:%22user%22,%22key%22:%22a%22%7D",
    "/account/members",
    "/account/members?invite=new",
    "/default/environments",
    "/default/environments/test",
    "/default/environments?new",
    "/account/teams",
    "/account/teams?new=team",
    "/account/teams/frame",
    "/account/teams/frame/access",
    "/account/roles",
    "/account/roles?new=role",
    "/account/roles/looker",
    "/account/webhooks",
    "/account/oauth",
    "/account/oauth?new=application",
    "/account/relay?new=relay",
    "/default/settings",
    "/default/test/segments/beta",
    "/default/test/segments?new",
    "/account/projects",
    "/default/test/contexts",
    "/default/test/contexts/user/ada",
    "/account/profile",
    "/account/tokens?new",
    "/account/tokens",
    "/account/shortcuts",
    "/nothing/at/all",
]

AT_ONCE = """async () => {
    const still = new CSSStyleSheet()
    still.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important }')
    document.adoptedStyleSheets.push(still)
}"""  # colours change without steps in between
NARROWED = """() => new Promise(done => {
    let frames = 120
    const look = () => {
        const width = document.documentElement.scrollWidth
        if (width <= innerWidth || --frames === 0) done(width)
        else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
})"""  # how wide the page is, once it fits into the window or has had its time


@pytest.fixture(scope="module", autouse=True)
def flags(server: Process) -> Iterator[None]:
    for key in ("checkout-redesign", "dark-mode"):
        body = {"key": key, "name": key.replace("-", " ").capitalize(), "tags": ["web"]}
        server.call("POST", "/flags/default", body)
    server.call("POST", "/segments/default/test", {"key": "beta", "name": "Beta merchants"})
    server.call("POST", "/teams", {"key": "frame", "name": "Frame"})
    policy = [{"effect": "deny", "resources": ["proj/*:env/*:flag/*"], "actions": ["updateOn"]}]
    server.call("POST", "/roles", {"key": "looker", "name": "Looker", "policy": policy})
    guard(server, on=True)
    yield
    guard(server, on=False)


def guard(server: Process, *, on: bool) -> None:
    """Changes of production are to be thought over, and told why."""
    patch = [{"op": "replace", "path": f"/{name}", "value": on} for name in ("critical", "requireComments")]
    server.call("PATCH", "/projects/default/environments/production", patch)


@pytest.fixture(scope="module")
def reader(signed_in: BrowserContext) -> Iterator[Page]:
    """A page for looking at many."""
    page = signed_in.new_page()
    yield page
    page.close()


@pytest.fixture(scope="module")
def finger(reader: Page) -> CDPSession:
    """What makes that page one that is touched."""
    return reader.context.new_cdp_session(reader)


def show(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
    page.evaluate(DRAWN)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_nothing_that_keeps_people_out(
    reader: Page, finger: CDPSession, axe: str, path: str
) -> None:
    touch(finger, on=False)
    reader.set_viewport_size({"width": 1280, "height": 720})
    reader.goto(path)
    expect(reader.get_by_role("heading", level=1)).to_be_visible()
    reader.wait_for_load_state("networkidle")
    reader.evaluate(AT_ONCE)

    show(reader, "light")
    violations = find_violations(reader, axe)
    show(reader, "dark")
    faint = find_faint_words(reader, axe)
    touch(finger, on=True)
    reader.set_viewport_size({"width": 320, "height": 640})

    assert (violations, faint) == ([], [])
    assert reader.evaluate(NARROWED) <= 320  # a small phone
    assert find_small_targets(reader) == []


def test_the_first_page_is_the_list_of_flags_of_an_environment(page: Page) -> None:
    page.goto("/")

    expect(page).to_have_url(re.compile("/default/(production|test)/flags$"))
    expect(page).to_have_title(re.compile("^Flags, (Production|Test), Flagstaff$"))
    page.get_by_role("link", name="Dark mode").click()
    said = page.get_by_role("status").filter(has_text=re.compile("^Dark mode, (Production|Test), Flagstaff$"))
    expect(said).to_have_count(1)


def test_the_environment_is_picked_by_keyboard_and_keeps_the_page(page: Page) -> None:
    page.goto("/default/test/flags?q=dark")
    expect(page.get_by_role("switch").first).to_be_visible()

    page.keyboard.press("e")
    page.get_by_placeholder("Find an environment").fill("prod")
    expect(page.get_by_role("listbox", name="Find an environment").get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/default/production/flags\\?q=dark$"))
    expect(page.get_by_role("button", name="Environment: Production, critical environment")).to_be_visible()


def test_a_flag_is_switched_at_once_and_switched_back(page: Page, server: Process) -> None:
    page.goto("/default/test/flags")
    switch = page.get_by_role("switch", name="Dark mode in Test")

    switch.click()
    expect(page.get_by_text("Turned on Dark mode in Test")).to_be_visible()
    assert server.call("GET", "/flags/default/dark-mode")["environments"]["test"]["on"]
    page.get_by_role("button", name="Undo").click()

    expect(switch).not_to_be_checked()
    expect(page.get_by_text("Turned off Dark mode in Test")).to_be_visible()
    assert not server.call("GET", "/flags/default/dark-mode")["environments"]["test"]["on"]


def test_an_environment_that_asks_for_a_comment_gets_it_in_a_review(
    page: Page, server: Process, axe: str
) -> None:
    page.goto("/default/production/flags")
    page.get_by_role("switch", name="Dark mode in Production").click()
    save = page.get_by_role("button", name="Save to Production")

    expect(page.get_by_role("dialog")).to_contain_text("Turned on")
    expect(save).to_be_disabled()
    assert find_violations(page, axe) == []
    page.get_by_role("textbox", name="Why").fill("OPS-7")
    save.click()

    expect(page.get_by_role("switch", name="Dark mode in Production")).to_be_checked()
    entry = server.call("GET", "/auditlog?limit=1")["items"][0]
    assert entry["comment"] == "OPS-7"


def test_a_flag_is_switched_with_a_reason_in_three_taps_on_a_phone(page: Page, server: Process) -> None:
    on = server.call("GET", "/flags/default/checkout-redesign")["environments"]["production"]["on"]
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/default/production/flags")
    page.get_by_role("switch", name="Checkout redesign in Production").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("textbox", name="Why").click()
    page.keyboard.type("INC-311")
    save = sheet.get_by_role("button", name="Save to Production")
    expect(save).to_be_enabled()
    box = sheet.bounding_box()
    assert box is not None
    assert (box["y"] > 150, round(box["y"] + box["height"])) == (True, 844)
    save.click()

    expect(page.get_by_role("switch", name="Checkout redesign in Production")).to_be_checked(checked=not on)
    assert server.call("GET", "/auditlog?limit=1")["items"][0]["comment"] == "INC-311"


def test_keys_are_text_while_one_types(page: Page) -> None:
    page.goto("/default/test/flags")
    expect(page.get_by_role("switch").first).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("ge p")

    expect(page.get_by_role("searchbox")).to_have_value("ge p")
    expect(page.get_by_text("No flag matches")).to_be_visible()


def test_choices_beside_each_other_have_a_ring_of_their_own_while_in_focus(page: Page) -> None:
    page.goto("/account/profile")
    page.get_by_role("radio", name="Comfortable").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Compact")).to_be_checked()
    rows = page.get_by_role("radiogroup", name="Rows of tables")
    expect(rows).to_have_css("outline", re.compile("solid 2px$"))
    expect(rows).to_have_css("outline-offset", "2px")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("radio", name="Comfortable")).to_be_checked()


def test_a_lost_connection_is_told_and_heals(page: Page) -> None:
    page.goto("/default/test/flags")
    expect(page.get_by_role("switch").first).to_be_visible()
    page.context.set_offline(True)
    expect(page.get_by_text("You are offline.")).to_be_visible()

    page.context.set_offline(False)

    expect(page.get_by_text("You are offline.")).to_be_hidden()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()


def test_who_comes_back_to_an_updated_server_reloads_when_it_suits(page: Page, server: Process) -> None:
    newer = '<script type="module" src="/assets/index-newer.js"></script>'
    page.goto("/default/test/flags")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    updated = page.get_by_role("status").filter(has_text="Flagstaff was updated. Reload when it suits you.")
    page.context.set_offline(True)
    expect(page.get_by_text("You are offline.")).to_be_visible()
    expect(updated).to_have_count(0)
    page.route(f"{server.url}/", lambda route: route.fulfill(body=newer, content_type="text/html"))
    page.context.set_offline(False)

    reload = updated.get_by_role("button", name="Reload")
    expect(reload).to_be_visible()
    page.unroute(f"{server.url}/")
    reload.click()

    expect(updated).to_have_count(0)
    expect(page.get_by_role("switch").first).to_be_visible()


def test_what_cannot_be_asked_is_neither_offered_nor_refused_until_it_can(
    page: Page, server: Process
) -> None:
    asked = re.compile("/flagstaff/may$")
    page.clock.install()
    page.route(asked, lambda route: route.fulfill(status=500))
    page.goto("/account/webhooks")
    create = page.get_by_role("button", name="Create webhook")
    expect(create).to_be_visible()
    page.clock.fast_forward(1_000 * 10)
    unasked = "Could not ask whether you may do this: create webhook (createWebhook). Trying again."
    expect(create).to_have_accessible_description(unasked)
    expect(create).to_be_disabled()

    page.unroute(asked)
    with page.expect_response(asked):
        page.clock.fast_forward(1_000 * 10)

    expect(create).to_be_enabled()
    expect(create).to_have_accessible_description("")


def test_who_sees_no_project_reads_what_is_missing(browser: Browser, server: Process) -> None:
    policy = [{"effect": "allow", "resources": ["proj/elsewhere"], "actions": ["viewProject"]}]
    role = {"key": "elsewhere", "name": "Elsewhere", "policy": policy, "basePermissions": "no_access"}
    server.call("POST", "/roles", role)
    invited = server.call(
        "POST", "/members", [{"email": "nemo@nobody.example", "customRoles": ["elsewhere"]}]
    )
    token = invited["items"][0]["_links"]["invitation"]["href"].rpartition("/")[2]
    context = browser.new_context(base_url=server.url)
    joined = {"password": "nobody saw that coming"}
    assert context.request.post(f"/auth/invitations/{token}", data=joined, headers={"Origin": server.url}).ok
    page = context.new_page()

    for path in ("/", "/account/projects", "/welcome"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_text("You see no project yet")).to_be_visible()
        expect(page.get_by_text("none of your roles allows viewProject")).to_be_visible()
    page.get_by_role("navigation", name="Main").first.get_by_role("link", name="Members").click()
    row = page.get_by_role("row").filter(has_text="nemo@nobody.example")
    expect(row.get_by_role("cell", name="1 custom role", exact=True)).to_be_visible()
    context.close()


def test_who_is_not_signed_in_comes_back_to_where_he_wanted_to_be(browser: Browser, server: Process) -> None:
    context: BrowserContext = browser.new_context(base_url=server.url)
    page = context.new_page()
    page.goto("/default/test/flags?q=dark")

    expect(page).to_have_url(re.compile("/login\\?next=%2Fdefault%2Ftest%2Fflags%3Fq%3Ddark$"))
    expect(page.get_by_role("heading", name="Sign in to Flagstaff")).to_be_visible()
    context.close()


@pytest.mark.parametrize("key", ["mobile", "api", "eval", "sdk"])
def test_the_pages_of_a_project_with_the_name_of_a_route_open(page: Page, server: Process, key: str) -> None:
    server.call("POST", "/projects", {"key": key, "name": f"The {key} project"})

    page.goto(f"/~{key}/production/flags")

    expect(page.get_by_role("button", name=f"Project: The {key} project")).to_be_visible()
    page.reload()
    expect(page.get_by_text("No flags yet")).to_be_visible()
